"""The bundle of an audit: originals byte for byte, marked copies, one combined PDF, and nothing that does not belong."""

import io
import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.seller import sell
from tests.services.audits.test_evidence import OTHER, PRODUCT, audit_of, keep
from tests.services.bundles.bundle_things import make, opened, payload, text_of
from tests.shop import Shop
from vault.db.entities.audits import Audit, AuditEvent
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Forbidden, Invalid
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.domain.values import Sha256
from vault.letters.facts import LetterKind
from vault.services.access import Actor
from vault.services.audits.choosing import decide
from vault.services.bundles.bundles import ask_for_bundle, note_sent
from vault.services.bundles.options import BundleOptions
from vault.services.days import today
from vault.services.documents.paper_kinds import choose_kind
from vault.services.letters.editing import edit_letter
from vault.services.verification.bundle import verify_bundle


def test_the_bundle_holds_the_originals_copies_one_pdf_sales_suppliers_and_the_trail(
    shop: Shop, tmp_path: Path
) -> None:
    document = shop.document(keep(shop))
    sell(shop, PRODUCT.asin, 3)
    files = payload(opened(shop, make(shop, audit_of(shop))))
    original = next(content for name, content in files.items() if name.startswith("originals/"))
    with shop.vault.store.open(Sha256(document.sha256)) as stream:
        assert original == stream.read()
    copy = next(name for name in files if name.startswith(f"copies/{PRODUCT.asin}/"))
    assert document.sha256 in text_of(files[copy])
    assert {"README.pdf", "combined.pdf", "suppliers.pdf", "journal.jsonl", f"sales/{PRODUCT.asin}.csv"} < set(files)
    combined = PdfReader(io.BytesIO(files["combined.pdf"]))
    assert len(combined.outline) > 0
    assert PRODUCT.asin in text_of(files["combined.pdf"])
    trail = [json.loads(each) for each in files["journal.jsonl"].splitlines()]
    assert {each["about"] for each in trail} == {document.id}
    assert "document.kept" in {each["action"] for each in trail}
    assert shop.actor.id not in files["journal.jsonl"].decode()


def test_it_verifies_with_sha256sum_and_with_the_vaults_own_verifier(shop: Shop, tmp_path: Path) -> None:
    keep(shop)
    made = make(shop, audit_of(shop))
    opened(shop, made).extractall(tmp_path / "unpacked")
    (folder,) = (tmp_path / "unpacked").iterdir()
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    assert list(verify_bundle(folder)) == []


def test_the_same_evidence_on_the_same_day_gives_the_same_bytes(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    assert make(shop, audit).bundle.contents == make(shop, audit).bundle.contents


def test_the_letter_is_in_it_as_text_and_stands_before_everything_else_in_the_pdf(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    text = "Subject: Origin of the goods\n\nDear Amazon team,\n\nhere are the invoices.\n"
    edit_letter(shop.vault, shop.actor, shop.account_id, audit.id, LetterKind.ANSWER, "en", text)
    files = payload(opened(shop, make(shop, audit)))
    assert files["letter.txt"].decode() == text
    combined = PdfReader(io.BytesIO(files["combined.pdf"]))
    first = combined.outline[0]
    assert not isinstance(first, list)
    assert first.title == "Our answer"
    assert "Dear Amazon team," in text_of(files["combined.pdf"])


def test_a_letter_in_which_something_is_missing_does_not_go_in_by_itself(shop: Shop) -> None:
    keep(shop)
    assert "letter.txt" not in payload(opened(shop, make(shop, audit_of(shop))))


def test_nothing_of_other_products_is_in_it(shop: Shop) -> None:
    keep(shop)
    other = shop.invoice(5, line_count=1, products=[OTHER])
    shop.keep_invoice(replace(other, issue_date=today(shop.vault) - timedelta(days=9)))
    content = b"".join(payload(opened(shop, make(shop, audit_of(shop)))).values())
    assert OTHER.asin.encode() not in content


def test_without_prices_there_are_no_originals_and_no_amounts(shop: Shop) -> None:
    invoice = shop.document(keep(shop))
    files = payload(opened(shop, make(shop, audit_of(shop), without_prices=True)))
    assert not [name for name in files if name.startswith("originals/")]
    copies = [content for name, content in files.items() if name.startswith("copies/")]
    assert copies
    total = invoice.total
    for shown in (total, total.replace(".", ",")):
        assert all(shown not in text_of(content) for content in (*copies, files["combined.pdf"]))


def test_what_was_sent_is_kept_as_a_document_and_said_once(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    made = make(shop, audit)
    with pytest.raises(Invalid):
        note_sent(shop.vault, shop.actor, shop.account_id, audit.id, made.bundle.id, " ")
    note_sent(shop.vault, shop.actor, shop.account_id, audit.id, made.bundle.id, "Reply in the case")
    with pytest.raises(Conflict):
        note_sent(shop.vault, shop.actor, shop.account_id, audit.id, made.bundle.id, "Again")
    with shop.vault.database.reading() as session:
        assert session.get_one(Audit, audit.id).state == AuditState.SENT
        sent = [event for event in session.query(AuditEvent) if event.kind == "sent"]
    assert [event.document_id for event in sent] == [made.files[0].id]
    assert shop.document(made.files[0].id).paper_kind == "audit_bundle"


def test_an_empty_audit_makes_no_bundle_and_who_may_only_look_none_either(shop: Shop) -> None:
    audit = audit_of(shop)
    options = BundleOptions(today(shop.vault))
    with pytest.raises(Conflict):
        ask_for_bundle(shop.vault, shop.actor, shop.account_id, audit.id, options)
    looker = Actor(shop.actor.id, "Auditor", {shop.account_id: Role.AUDITOR})
    with pytest.raises(Forbidden):
        ask_for_bundle(shop.vault, looker, shop.account_id, audit.id, options)


def test_without_prices_a_proof_of_payment_shows_none_either(shop: Shop) -> None:
    keep(shop)
    proof = shop.document(keep(shop, seed=3))
    choose_kind(shop.vault, shop.actor, proof.id, PaperKind.PROOF_OF_PAYMENT)
    audit = audit_of(shop)
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "payment", "", proof.id, is_in=True)
    files = payload(opened(shop, make(shop, audit, without_prices=True)))
    copies = [content for name, content in files.items() if name.startswith("copies/further/")]
    assert len(copies) == 1
    assert all(shown not in text_of(copies[0]) for shown in (proof.total, proof.total.replace(".", ",")))
