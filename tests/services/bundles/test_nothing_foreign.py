"""Nothing of other accounts, people, products or documents is in a bundle: canaries are set out, and looked for."""

from dataclasses import replace
from datetime import timedelta

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.seller import sell
from tests.services.audits.test_evidence import OTHER, PRODUCT, audit_of, keep
from tests.services.bundles.bundle_things import content, make, opened, payload, text_of
from tests.services.bundles.test_channels import with_channel
from tests.shop import Shop
from vault.db.entities.audits import Audit, EventKind
from vault.rules.channels import Takes
from vault.services.audits import timeline
from vault.services.audits.choosing import decide
from vault.services.bundles.contents import Enclosed
from vault.services.bundles.extracts import extract
from vault.services.days import today
from vault.services.journal.notes import Note, record

CANARIES = ("Kanarienvogel", "kanarienvogel-plan.pdf", "KANARIE-REASON", "KANARIE-NOTE", "Kanarie Colleague")


def set_out(shop: Shop, document_id: str, audit: Audit) -> set[str]:
    """Everything of which nothing may be found."""
    colleague = make_owner(shop.vault, "Kanarie Colleague", "kanarie@colleague.example")
    stranger, other_account = open_account(shop.vault, colleague, replace(make_buyer(2, "de"), name="Kanarienvogel KG"))
    foreign = shop.invoice(6, line_count=1, products=[OTHER])
    shop.keep_invoice(replace(foreign, issue_date=today(shop.vault) - timedelta(days=9)))
    shop.keep(b"%PDF-1.4 of nobody", "kanarienvogel-plan.pdf")
    shop.work()
    decide(
        shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, document_id, True, "KANARIE-REASON"
    )
    timeline.note_event(shop.vault, shop.actor, shop.account_id, audit.id, EventKind.NOTE, "KANARIE-NOTE")
    told = {"filename": "kanarienvogel-plan.pdf", "kind": "Kanarie Colleague", "sha256": "f" * 64, "size": 1}
    with shop.vault.database.transaction() as session:
        record(session, shop.vault, [Note("document.compared", document_id, shop.actor.id, shop.account_id, told)])
    return {*CANARIES, OTHER.asin, OTHER.model, shop.actor.id, shop.actor.name, other_account, stranger.id, "f" * 64}


def test_no_canary_is_found_in_any_file_as_bytes_or_as_text(shop: Shop) -> None:
    document_id = keep(shop)
    sell(shop, OTHER.asin, 7)
    audit = audit_of(shop)
    canaries = set_out(shop, document_id, audit)
    made = make(with_channel(shop, Takes.PDF, 10_000_000), audit, channel="narrow")
    files = payload(opened(shop, made)) | {"book.pdf": content(shop, made.files[1])}
    names = "\n".join(opened(shop, made).namelist())
    texts = {name: text_of(data) for name, data in files.items() if name.endswith(".pdf")}
    for canary in sorted(canaries):
        assert canary not in names
        assert [name for name, data in files.items() if canary.encode() in data] == []
        assert [name for name, text in texts.items() if canary in text] == []


def test_the_journal_tells_codes_and_what_the_reader_holds_in_hand(shop: Shop) -> None:
    document = shop.document(keep(shop))
    enclosed = Enclosed(
        document.id,
        "001-a.pdf",
        document.filename,
        document.sha256,
        document.size,
        True,
        False,
        "",
        None,
        "",
        None,
        None,
        {},
    )
    with shop.vault.database.reading() as session:
        told = extract(session, [enclosed], 10**9).decode()
    assert f'"filename":"{document.filename}"' in told
    assert document.sha256 in told
    assert '"by":"a person"' in told
    with shop.vault.database.reading() as session:
        assert extract(session, [enclosed], 0) == b""
