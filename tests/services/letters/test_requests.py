"""Asking suppliers: the mail names what they need to find the product, and a task follows it up until the invoice is there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.invoices.render import Layout
from tests.services.audits.test_audits import judge_again
from tests.services.audits.test_evidence import PRODUCT, keep, open_tasks, sell
from tests.services.letters.test_letters import case_of, read
from tests.shop import Shop
from vault.db.entities.audits import Audit, AuditEvent
from vault.db.entities.documents import Document
from vault.db.entities.letters import AuditRequest
from vault.db.entities.sales import SoldItem
from vault.db.entities.work import Task
from vault.domain.errors import Forbidden, NotFound
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.letters.facts import LetterKind
from vault.services.access import Actor
from vault.services.audits import timeline
from vault.services.days import today
from vault.services.documents.paper_kinds import choose_kind
from vault.services.letters.asking import note_asked, take_back_asked
from vault.services.letters.pages import read_askings

FOLLOW_UP = f"audit.supplier_reply {PRODUCT.asin}"


@pytest.fixture
def case(shop: Shop) -> tuple[Audit, str]:
    """An audit that needs more units than the one invoice of a supplier shows; the supplier's id."""
    shown = keep(shop)
    sell(shop, 100_000)
    return case_of(shop), str(shop.document(shown).supplier_id)


def ask(shop: Shop, case: tuple[Audit, str], text: str = "") -> str:
    audit, supplier_id = case
    return note_asked(shop.vault, shop.actor, shop.account_id, audit.id, supplier_id, "fr", text)


def tasks(shop: Shop, audit: Audit) -> dict[str, Task]:
    return open_tasks(shop, audit)


def test_the_mail_names_the_suppliers_own_number_and_its_earlier_invoices(shop: Shop) -> None:
    invoice = replace(shop.invoice(1, line_count=1, products=[PRODUCT]), issue_date=today(shop.vault))
    document_id = shop.keep_invoice(invoice, Layout.LETTERHEAD)
    sell(shop, 100_000)
    document, audit = shop.document(document_id), case_of(shop)
    letter = read(shop, audit, LetterKind.SUPPLIER_REQUEST, "en", str(document.supplier_id))
    assert f"earlier invoices: {document.number} of" in letter.text
    assert PRODUCT.asin in letter.text
    assert "units" in letter.text
    assert letter.can_be_sent


def test_what_was_sent_is_on_the_timeline_and_a_task_follows_it_up(shop: Shop, case: tuple[Audit, str]) -> None:
    audit, _ = case
    assert FOLLOW_UP not in tasks(shop, audit)
    ask(shop, case, "Bonjour,\r\nune facture, s'il vous plaît.")
    task = tasks(shop, audit)[FOLLOW_UP]
    assert "was asked on" in task.title["text"]
    assert "Call" in str(task.advice)
    with shop.vault.database.reading() as session:
        texts = session.scalars(select(AuditEvent.text).where(AuditEvent.audit_id == audit.id)).all()
    assert any(text.endswith("Bonjour,\nune facture, s'il vous plaît.") for text in texts)
    asked = read_askings(shop.vault, shop.actor, shop.account_id, audit.id)
    assert [(each.asins, each.asked_at) for each in asked] == [((PRODUCT.asin,), shop.vault.clock())]


def test_without_an_answer_for_two_days_somebody_is_to_call(shop: Shop, case: tuple[Audit, str], clock: Clock) -> None:
    audit, _ = case
    ask(shop, case)
    before = tasks(shop, audit)[FOLLOW_UP].advice
    clock.advance(timedelta(days=2))
    judge_again(shop)
    assert tasks(shop, audit)[FOLLOW_UP].advice != before


def test_the_task_closes_when_the_invoice_is_there(shop: Shop, case: tuple[Audit, str]) -> None:
    audit, _ = case
    ask(shop, case)
    with shop.vault.database.transaction() as session:
        for sold in session.scalars(select(SoldItem)):
            sold.units = 1
    judge_again(shop)
    assert FOLLOW_UP not in tasks(shop, audit)


def test_a_mail_that_was_not_sent_after_all_is_taken_back_once(shop: Shop, case: tuple[Audit, str]) -> None:
    audit, _ = case
    request_id = ask(shop, case)
    for _ in range(2):
        take_back_asked(shop.vault, shop.actor, shop.account_id, audit.id, request_id)
    assert FOLLOW_UP not in tasks(shop, audit)
    assert read_askings(shop.vault, shop.actor, shop.account_id, audit.id) == ()
    assert [action for action, _ in shop.journal()].count("audit.supplier_not_asked") == 1
    assert shop.count(AuditRequest) == 1, "that it was noted is kept"


def test_who_may_not_work_here_asks_nobody(shop: Shop, case: tuple[Audit, str]) -> None:
    audit, supplier_id = case
    for role, refusal in ((Role.AUDITOR, Forbidden), (None, NotFound)):
        actor = Actor("a", "A", {shop.account_id: role} if role else {})
        with pytest.raises(refusal):
            note_asked(shop.vault, actor, shop.account_id, audit.id, supplier_id, "en")
    with pytest.raises(NotFound):
        take_back_asked(shop.vault, shop.actor, shop.account_id, audit.id, "0" * 26)


def test_an_acknowledgement_that_was_not_sent_after_all_is_due_again(shop: Shop) -> None:
    audit = case_of(shop)
    place = shop.vault, shop.actor, shop.account_id, audit.id
    timeline.acknowledge(*place, "We have received your notice.")
    assert "audit.acknowledged" not in tasks(shop, audit)
    for _ in range(2):
        timeline.take_back_acknowledgement(*place)
    assert "audit.acknowledged" in tasks(shop, audit)
    with shop.vault.database.reading() as session:
        written = select(AuditEvent).where(AuditEvent.audit_id == audit.id, AuditEvent.kind == "written")
        assert session.scalars(written).one().taken_back_at == shop.vault.clock()
    timeline.acknowledge(*place, "Now.")
    assert "audit.acknowledged" not in tasks(shop, audit)


def test_a_supplier_who_was_asked_stays_known_when_its_only_invoice_turns_out_to_be_none(
    shop: Shop, case: tuple[Audit, str]
) -> None:
    audit, supplier_id = case
    ask(shop, case)
    with shop.vault.database.reading() as session:
        shown = session.scalars(select(Document.id).where(Document.supplier_id == supplier_id)).one()
    choose_kind(shop.vault, shop.actor, shown, PaperKind.CORRESPONDENCE)
    asked = read_askings(shop.vault, shop.actor, shop.account_id, audit.id)
    assert [each.supplier_id for each in asked] == [supplier_id]
