"""A person says what a document is: only supplier invoices are judged as such, and what follows, follows at once."""

import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.invoices.einvoice import render_einvoice
from tests.invoices.render import Layout
from tests.paperwork import LICENCE, upload
from tests.shop import Shop
from vault.db.entities.accounts import Supplier
from vault.db.entities.documents import Document, DocumentLine, Judgement, UploadItemState
from vault.db.entities.further import PaperPurpose
from vault.db.entities.work import Task, TaskState
from vault.db.queries.dashboard import proven_products
from vault.domain.errors import Conflict, Forbidden, NotFound, Unavailable
from vault.domain.findings import Outcome, Verdict
from vault.domain.message import N_
from vault.domain.papers import PaperKind, kept_until
from vault.domain.readings import DocumentKind
from vault.domain.roles import Role
from vault.domain.security import Control, StepState
from vault.domain.values import Sha256
from vault.journal.rows import verify_rows
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.documents import corrections, intake, paper_kinds, retention
from vault.services.documents.intake import open_batch
from vault.services.documents.readings import current_reading
from vault.services.further import contents, further
from vault.services.further.further import Plan
from vault.services.jobs.upkeep import begin_day
from vault.services.journal.guarded import guarded_tables
from vault.services.security import control_records, emergencies
from vault.services.security.control_statements import Statement
from vault.services.tasks.attachments import attach
from vault.services.vault import Vault


def choose(shop: Shop, document_id: str, kind: PaperKind) -> None:
    paper_kinds.choose_kind(shop.vault, shop.actor, document_id, kind)


def kind_of(shop: Shop, document_id: str) -> PaperKind | None:
    kind = shop.document(document_id).paper_kind
    return PaperKind(kind) if kind else None


def details_of(shop: Shop, action: str) -> list[dict[str, str]]:
    with shop.vault.database.reading() as session:
        rows = session.scalars(select(entries.c.details).where(entries.c.action == action).order_by(entries.c.seq))
        return [{key: value for key, value in json.loads(row).items() if key != "rows"} for row in rows]


def proven(shop: Shop) -> int:
    """How many products an invoice proves, as readiness counts them."""
    with shop.vault.database.reading() as session:
        return proven_products(session, [shop.account_id])[shop.account_id].good


def assert_sealed(shop: Shop) -> None:
    with shop.vault.database.reading() as session:
        assert list(verify_rows(session.connection(), guarded_tables())) == []


def test_a_document_of_which_nobody_says_anything_is_judged_as_a_supplier_invoice(shop: Shop) -> None:
    document_id = upload(shop)
    assert kind_of(shop, document_id) is None
    assert "invoice.kind" in shop.tasks(document_id)


def test_a_licence_raises_no_task_of_an_invoice(shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.LICENCE_CONTRACT)
    assert set(shop.findings(document_id)) == {"paper.legible", "paper.expiry"}
    assert set(shop.tasks(document_id)) == {"paper.expiry"}
    document = shop.document(document_id)
    assert (document.supplier_id, document.number, document.total, document.issue_date) == (None, "", "", None)
    assert shop.count(Supplier) == 0
    assert "Nordwind" in _text(shop, document_id)


def _text(shop: Shop, document_id: str) -> str:
    with shop.vault.database.reading() as session:
        reading = current_reading(session, document_id)
    assert reading
    return reading.text


def test_saying_what_it_is_judges_again_at_once_and_taking_it_back_does_too(shop: Shop) -> None:
    document_id = upload(shop)
    assert set(shop.tasks(document_id)) >= {"invoice.kind"}
    as_invoice = shop.findings(document_id)

    choose(shop, document_id, PaperKind.TEST_REPORT)

    assert shop.tasks(document_id) == {}
    assert set(shop.tasks(document_id, TaskState.DONE)) >= {"invoice.kind"}
    assert shop.document(document_id).verdict == Verdict.PASS
    assert shop.findings(document_id)["paper.expiry"].outcome is Outcome.NOT_APPLICABLE

    choose(shop, document_id, PaperKind.SUPPLIER_INVOICE)

    assert shop.findings(document_id) == as_invoice
    assert "invoice.kind" in shop.tasks(document_id)
    assert details_of(shop, "document.kind_chosen") == [
        {"before": "supplier_invoice", "after": "test_report"},
        {"before": "test_report", "after": "supplier_invoice"},
    ]
    assert_sealed(shop)


def test_an_invoice_that_is_said_to_be_none_proves_no_purchase_until_it_is_one_again(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice(line_count=2))
    before = shop.document(document_id)
    assert (before.verdict, shop.count(DocumentLine), shop.count(Supplier)) == (Verdict.PASS, 2, 1)

    assert proven(shop) == 2

    choose(shop, document_id, PaperKind.CORRESPONDENCE)

    assert proven(shop) == 0
    document = shop.document(document_id)
    assert (document.kind, document.supplier_id, document.number) == (DocumentKind.INVOICE, None, "")
    assert (shop.count(DocumentLine), shop.count(Supplier)) == (0, 0)
    with pytest.raises(Conflict, match="Only supplier invoices"):
        corrections.correct(shop.vault, shop.actor, document_id, "number", "B-2")

    choose(shop, document_id, PaperKind.SUPPLIER_INVOICE)

    after = shop.document(document_id)
    assert (after.number, after.total, after.issue_date) == (before.number, before.total, before.issue_date)
    assert (after.verdict, shop.count(DocumentLine), shop.count(Supplier)) == (Verdict.PASS, 2, 1)
    assert_sealed(shop)


def test_a_twin_is_no_twin_of_a_paper(shop: Shop) -> None:
    invoice = shop.invoice()
    first = shop.keep_invoice(invoice)
    second = shop.keep_invoice(invoice, Layout.SIMPLE)
    assert any(name.startswith("invoice.duplicate") for name in shop.tasks(second))
    choose(shop, first, PaperKind.PROOF_OF_PAYMENT)
    assert not any(name.startswith("invoice.duplicate") for name in shop.tasks(second))


def test_saying_the_same_again_changes_nothing(shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.PHOTO)
    before = shop.journal()
    choose(shop, document_id, PaperKind.PHOTO)
    assert shop.journal() == before


def test_between_two_kinds_of_papers_the_expiry_is_what_changes(shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.TEST_REPORT)
    choose(shop, document_id, PaperKind.CERTIFICATE_OF_CONFORMITY)
    assert set(shop.tasks(document_id)) == {"paper.expiry"}
    with shop.vault.database.reading() as session:
        profiles = session.scalars(select(Judgement.profile).where(Judgement.document_id == document_id)).all()
    assert profiles == ["papers"]


def test_all_files_of_a_drop_are_what_its_maker_says(shop: Shop) -> None:
    batch = open_batch(shop.vault, shop.actor, shop.account_id, 1, PaperKind.AMAZON_NOTICE)
    kept = shop.keep(LICENCE, "notice.pdf", batch.id, "1")
    assert kind_of(shop, kept.document_id) is PaperKind.AMAZON_NOTICE
    assert shop.keep(LICENCE, "notice.pdf", batch.id, "2").state is UploadItemState.DUPLICATE


def test_the_same_bytes_again_stay_what_they_are(shop: Shop) -> None:
    first = upload(shop, kind=PaperKind.IDENTITY_PAPER)
    assert upload(shop, kind=PaperKind.PHOTO) == first
    assert kind_of(shop, first) is PaperKind.IDENTITY_PAPER


def test_a_kind_that_is_said_before_the_reading_counts_for_it(shop: Shop) -> None:
    content = render_einvoice(shop.invoice(), Layout.SIMPLE)
    kept = intake.keep(shop.vault, shop.actor, shop.account_id, io.BytesIO(content), "proof.pdf")
    choose(shop, kept.document_id, PaperKind.DELIVERY_PROOF)
    shop.work()
    assert shop.document(kept.document_id).kind == DocumentKind.INVOICE
    assert set(shop.findings(kept.document_id)) == {"paper.legible", "paper.expiry"}
    assert shop.count(DocumentLine) == 0


def test_an_unreadable_paper_is_asked_for_its_last_day_all_the_same(shop: Shop) -> None:
    document_id = upload(shop, b"%PDF-1.7\nthis is no PDF at all", PaperKind.IDENTITY_PAPER)
    assert set(shop.tasks(document_id)) == {"document.readable", "paper.expiry"}
    choose(shop, document_id, PaperKind.SUPPLIER_INVOICE)
    assert set(shop.tasks(document_id)) == {"document.readable"}


def test_a_picture_needs_no_words(shop: Shop) -> None:
    content = b"%PDF-1.7\nthis is no PDF at all"
    assert upload(shop, content, PaperKind.PHOTO)
    document_id = upload(shop, kind=PaperKind.PHOTO)
    assert shop.findings(document_id)["paper.legible"].outcome is Outcome.PASS


def test_who_may_not_correct_says_nothing(shop: Shop) -> None:
    document_id = upload(shop)
    auditor = Actor("someone", "Someone", {shop.account_id: Role.AUDITOR})
    with pytest.raises(Forbidden):
        paper_kinds.choose_kind(shop.vault, auditor, document_id, PaperKind.PHOTO)
    with pytest.raises(NotFound):
        paper_kinds.choose_kind(shop.vault, replace(auditor, roles={}), document_id, PaperKind.PHOTO)
    assert kind_of(shop, document_id) is None


def test_a_proof_of_an_identity_is_the_paper_that_is_named_there(shop: Shop) -> None:
    document_id = upload(shop)
    details = {"kind": "identity", "holder": "Ada Marchand", "expires_on": "2027-05-01"}
    said = Statement(Control.PAPER, date(2026, 10, 31), details=details, document_id=document_id)
    control_records.attest(shop.vault, shop.actor, shop.account_id, said)

    assert kind_of(shop, document_id) is PaperKind.IDENTITY_PAPER
    # The security duty warns of its last day: nobody is asked for it twice.
    assert shop.tasks(document_id) == {}
    assert details_of(shop, "document.kind_implied") == [{"before": "supplier_invoice", "after": "identity_paper"}]
    assert_sealed(shop)


def test_when_the_duty_no_longer_looks_after_the_last_day_the_paper_is_asked_for_it(shop: Shop) -> None:
    document_id = upload(shop)
    details = {"kind": "company", "holder": "Lavandine SARL", "expires_on": "2027-05-01"}
    said = Statement(Control.PAPER, date(2026, 10, 31), details=details, document_id=document_id)
    row = control_records.attest(shop.vault, shop.actor, shop.account_id, said)
    control_records.take_back(shop.vault, shop.actor, shop.account_id, row.id)
    assert kind_of(shop, document_id) is PaperKind.COMPANY_PAPER
    assert set(shop.tasks(document_id)) == {"paper.expiry"}


def test_what_shows_another_duty_is_a_screenshot(shop: Shop) -> None:
    document_id = upload(shop)
    said = Statement(Control.CONTACT, date(2026, 10, 31), document_id=document_id)
    control_records.attest(shop.vault, shop.actor, shop.account_id, said)
    assert kind_of(shop, document_id) is PaperKind.SCREENSHOT


def test_what_the_machine_reads_as_an_invoice_stays_one_wherever_it_serves_as_a_proof(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    said = Statement(Control.CONTACT, date(2026, 10, 31), document_id=document_id)
    control_records.attest(shop.vault, shop.actor, shop.account_id, said)
    assert kind_of(shop, document_id) is None
    assert shop.document(document_id).verdict == Verdict.PASS


def test_what_a_person_said_is_not_overruled_by_where_it_serves(shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.CORRESPONDENCE)
    said = Statement(Control.CONTACT, date(2026, 10, 31), document_id=document_id)
    control_records.attest(shop.vault, shop.actor, shop.account_id, said)
    assert kind_of(shop, document_id) is PaperKind.CORRESPONDENCE


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        (PaperPurpose.BRANDS, PaperKind.BRAND_REGISTRATION),
        (PaperPurpose.APPROVAL, PaperKind.AMAZON_NOTICE),
        (PaperPurpose.PLAN, PaperKind.OTHER),
    ],
)
def test_a_paper_of_a_further_account_is_what_it_proves_there(
    shop: Shop, purpose: PaperPurpose, kind: PaperKind
) -> None:
    document_id = upload(shop)
    file = further.open_file(shop.vault, shop.actor, shop.account_id, Plan("Garden tools"))
    contents.add_paper(shop.vault, shop.actor, shop.account_id, file.id, purpose, document_id)
    assert kind_of(shop, document_id) is kind
    assert not any(name.startswith("invoice.") for name in shop.tasks(document_id))


def test_what_answers_a_step_of_an_emergency_is_no_invoice(shop: Shop) -> None:
    document_id = upload(shop)
    where = (shop.vault, shop.actor, shop.account_id)
    emergency_id = emergencies.open_(*where, "Odd orders").id
    emergencies.answer(*where, emergency_id, "password", StepState.DONE, "", document_id)
    assert kind_of(shop, document_id) is PaperKind.OTHER


def test_what_is_attached_to_a_task_of_the_account_is_no_invoice(shop: Shop) -> None:
    document_id, invoice_id = upload(shop), upload(shop, LICENCE + b"\n%", filename="second.pdf")
    begin_day(shop.vault)
    shop.work()
    with shop.vault.database.reading() as session:
        of_account = session.scalars(select(Task.id).where(Task.subject_type == "security")).first()
        of_document = session.scalars(select(Task.id).where(Task.subject_id == invoice_id)).first()
    assert of_account
    assert of_document
    attach(shop.vault, shop.actor, of_account, document_id)
    attach(shop.vault, shop.actor, of_document, invoice_id)
    assert kind_of(shop, document_id) is PaperKind.OTHER
    assert kind_of(shop, invoice_id) is None


def test_proofs_from_before_are_named_when_the_day_begins(shop: Shop, clock: Clock) -> None:
    document_id = upload(shop)
    said = Statement(Control.CONTACT, date(2026, 10, 31), document_id=document_id)
    control_records.attest(shop.vault, shop.actor, shop.account_id, said)
    with shop.vault.database.transaction() as session:  # as an earlier version left it
        session.get_one(Document, document_id).paper_kind = None
    begin_day(shop.vault)
    shop.work()
    assert kind_of(shop, document_id) is PaperKind.SCREENSHOT
    assert shop.tasks(document_id) == {}
    assert_sealed(shop)


def test_a_proof_is_held_as_long_as_its_kind_asks_for_and_waits_for_a_store_that_does_not_answer(
    shop: Shop, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = [False, True], []

    def hold(vault: Vault, sha256: Sha256, uploaded_at: datetime, kind: PaperKind) -> None:
        asked.append((sha256, kind))
        if not answers.pop(0):
            raise Unavailable(N_("The store does not answer."))
        retention.hold(vault, sha256, uploaded_at, kind)

    monkeypatch.setattr(paper_kinds, "hold", hold)
    document_id = upload(shop)
    details = {"kind": "identity", "holder": "Ada Marchand", "expires_on": "2027-05-01"}
    said = Statement(Control.PAPER, date(2026, 10, 31), details=details, document_id=document_id)
    control_records.attest(shop.vault, shop.actor, shop.account_id, said)  # what was attested stands
    assert kind_of(shop, document_id) is None
    clock.advance(timedelta(days=1))
    begin_day(shop.vault)
    shop.work()
    assert kind_of(shop, document_id) is PaperKind.IDENTITY_PAPER
    assert asked == [(Sha256(shop.document(document_id).sha256), PaperKind.IDENTITY_PAPER)] * 2
    assert_sealed(shop)


def test_the_original_is_held_as_long_as_its_kind_asks_for() -> None:
    now = Clock().now
    assert kept_until(now, 0).date() == date(2027, 1, 1)
    assert kept_until(now, 10).date() == date(2037, 1, 1)
