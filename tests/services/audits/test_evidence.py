"""Evidence: invoices are judged as of the day of the notice, counted against sales, proposed, and decided on by people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.invoices.render import Layout
from tests.services.audits.test_audits import judge_again
from tests.shop import CATALOGUE, Shop
from vault.checks.coverage.counting import Excluded
from vault.db.entities.audits import Audit, AuditBundleFile
from vault.db.entities.sales import SoldItem
from vault.db.entities.work import Task, TaskState
from vault.db.queries.documents import DocumentFilter
from vault.domain.audits import AuditKind, AuditState
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.services.audits import audits, proposals
from vault.services.audits.choosing import decide
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.audits.evidence import Section, sections_of
from vault.services.audits.gathering import gather
from vault.services.browsing import list_documents
from vault.services.bundles.bundles import ask_for_bundle
from vault.services.bundles.options import BundleOptions
from vault.services.days import today
from vault.services.jobs import jobs

PRODUCT = CATALOGUE[0]
OTHER = CATALOGUE[1]


def keep(shop: Shop, seed: int = 1, issued: date | None = None) -> str:
    """An invoice for PRODUCT alone. Returns the document's id."""
    invoice = shop.invoice(seed, line_count=1, products=[PRODUCT])
    issued = issued or today(shop.vault) - timedelta(days=20)
    return shop.keep_invoice(replace(invoice, issue_date=issued, due_date=issued + timedelta(days=30)))


def audit_of(shop: Shop, asins: Sequence[str] = (PRODUCT.asin,), kind: AuditKind = AuditKind.AUTHENTICITY) -> Audit:
    audit = audits.open_audit(shop.vault, shop.actor, shop.account_id, "A notice")
    day = today(shop.vault)
    said = Confirmed(kind=kind, noticed_on=day, deadline=shop.vault.clock() + timedelta(days=9), asins=tuple(asins))
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, said)
    shop.work()
    return audit


def section(shop: Shop, audit: Audit, part: str = "invoices", asin: str = PRODUCT.asin) -> Section:
    with shop.vault.database.reading() as session:
        found = sections_of(session, shop.vault, session.get_one(Audit, audit.id))
    return next(each for each in found if (each.part.name, each.asin) == (part, asin))


def open_tasks(shop: Shop, audit: Audit) -> dict[str, Task]:
    with shop.vault.database.reading() as session:
        found = session.scalars(select(Task).where(Task.subject_id == audit.id, Task.state == TaskState.OPEN)).all()
    return {f"{task.check_id} {task.item}".strip(): task for task in found}


def sell(shop: Shop, units: int, asin: str = PRODUCT.asin) -> None:
    day = today(shop.vault) - timedelta(days=5)
    with shop.vault.database.transaction() as session:
        session.add(
            SoldItem(account_id=shop.account_id, order_key=f"{units}", sku="s", asin=asin, day=day, units=units)
        )


def test_an_invoice_that_counts_is_proposed_and_one_from_before_the_window_is_not(shop: Shop) -> None:
    good = keep(shop)
    old = keep(shop, seed=2, issued=today(shop.vault) - timedelta(days=366))
    found = section(shop, audit_of(shop))
    assert {each.document.id: each.is_in for each in found.candidates} == {good: True, old: False}
    assert [each.document.id for each in found.candidates] == [good, old]


def test_what_is_missing_is_a_task_that_names_the_product_and_what_to_ask_for(shop: Shop) -> None:
    tasks = open_tasks(shop, audit_of(shop, [PRODUCT.asin, OTHER.asin]))
    for product in (PRODUCT, OTHER):
        task = tasks[f"audit.evidence invoices {product.asin}"]
        assert task.title["params"]["asin"] == product.asin
        assert task.severity == "critical"


def test_a_new_invoice_closes_the_task_by_itself(shop: Shop) -> None:
    audit = audit_of(shop)
    assert f"audit.evidence invoices {PRODUCT.asin}" in open_tasks(shop, audit)
    keep(shop)
    shop.work()
    assert f"audit.evidence invoices {PRODUCT.asin}" not in open_tasks(shop, audit)


def test_units_sold_are_what_the_invoices_have_to_cover(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    need = section(shop, audit).need
    assert need is not None
    assert (need.sold, need.wanted, need.short) == (0, 1, 0)
    assert open_tasks(shop, audit)[f"audit.units {PRODUCT.asin}"].outcome == "unknown"  # no sales were ever imported
    sell(shop, need.bought + 7)
    judge_again(shop)
    need = section(shop, audit).need
    assert need is not None
    assert need.short == 7
    task = open_tasks(shop, audit)[f"audit.units {PRODUCT.asin}"]
    assert (task.outcome, task.advice["params"]["short"]) == ("fail", "7")


def test_an_application_needs_ten_units_of_the_last_half_year(shop: Shop) -> None:
    keep(shop, issued=today(shop.vault) - timedelta(days=200))
    found = section(shop, audit_of(shop, kind=AuditKind.UNGATING))
    assert found.chosen == ()
    keep(shop, seed=2)
    need = section(shop, audit_of(shop, kind=AuditKind.UNGATING)).need
    assert need is not None
    assert need.wanted == 10


def test_a_person_decides_and_can_take_it_back(shop: Shop) -> None:
    good = keep(shop)
    audit = audit_of(shop)

    def say(is_in: bool | None) -> Section:
        place = ("invoices", PRODUCT.asin, good)
        decide(shop.vault, shop.actor, shop.account_id, audit.id, *place, is_in=is_in, reason="Wrong company")
        return section(shop, audit)

    assert say(False).chosen == ()
    assert say(False).need.bought == 0  # type: ignore[union-attr]
    assert f"audit.evidence invoices {PRODUCT.asin}" in open_tasks(shop, audit)
    assert [each.document.id for each in say(None).chosen] == [good]
    assert f"audit.evidence invoices {PRODUCT.asin}" not in open_tasks(shop, audit)


def test_what_fails_can_be_put_in_by_a_person_but_shows_no_units_and_is_warned_about(shop: Shop) -> None:
    old = keep(shop, issued=today(shop.vault) - timedelta(days=500))
    audit = audit_of(shop)
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, old, is_in=True)
    found = section(shop, audit)
    assert [each.document.id for each in found.chosen] == [old]
    assert found.need is not None
    assert found.need.bought == 0
    assert "audit.refusal date" in open_tasks(shop, audit)


def test_an_invoice_without_a_line_of_the_product_is_judged_too_and_shows_no_units(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    other = replace(shop.invoice(2, line_count=1, products=[OTHER]), issue_date=today(shop.vault) - timedelta(days=500))
    stranger = shop.keep_invoice(other)
    units = section(shop, audit).need
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, stranger, is_in=True)
    for _ in range(2):  # at once, and when the invoices are looked through again
        picked = next(each for each in section(shop, audit).chosen if each.document.id == stranger)
        assert picked.proposal.weighed is not None
        assert (picked.proposal.weighed.units, picked.proposal.weighed.excluded) == (0, Excluded.NO_LINE)
        assert "invoice.issue_date" in {gap.check for gap in picked.proposal.gaps}
        assert section(shop, audit).need == units
        assert "audit.refusal date" in open_tasks(shop, audit)
        with shop.vault.database.transaction() as session:
            audits.gather_again(session, shop.vault, session.get_one(Audit, audit.id))
        shop.work()


def test_an_invoice_that_nobody_could_judge_is_a_question_and_no_evidence(shop: Shop) -> None:
    audit = audit_of(shop)
    unread = shop.keep(b"%PDF-1.4 a bill").document_id
    shop.work()
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, unread, is_in=True)
    assert "audit.refusal unreadable" in open_tasks(shop, audit)
    assert open_tasks(shop, audit)[f"audit.units {PRODUCT.asin}"].outcome == "fail"


def test_a_decision_on_ready_evidence_makes_it_unready(shop: Shop) -> None:
    good = keep(shop)
    audit = audit_of(shop)
    audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.READY)
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, good, is_in=False)
    with shop.vault.database.reading() as session:
        assert session.get_one(Audit, audit.id).state == AuditState.GATHERING


def test_another_reading_of_the_notice_makes_ready_evidence_unready(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.READY)
    said = Confirmed(AuditKind.AUTHENTICITY, today(shop.vault), asins=(PRODUCT.asin, OTHER.asin))
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, said)
    shop.work()
    assert f"audit.evidence invoices {OTHER.asin}" in open_tasks(shop, audit)
    with shop.vault.database.reading() as session:
        assert session.get_one(Audit, audit.id).state == AuditState.GATHERING


def test_of_the_same_invoice_kept_twice_the_one_that_goes_in_counts(shop: Shop) -> None:
    invoice = replace(shop.invoice(1, line_count=1, products=[PRODUCT]), issue_date=today(shop.vault))
    first = shop.keep_invoice(invoice)
    second = shop.keep_invoice(invoice, Layout.SIDEBAR)
    audit = audit_of(shop)
    units = section(shop, audit).need
    for document_id in (first, second):
        is_in = document_id == second
        decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, document_id, is_in=is_in)
    assert [each.document.id for each in section(shop, audit).chosen] == [second]
    assert section(shop, audit).need == units


def test_more_documents_than_are_proposed_at_once_can_be_picked(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "_MOST", 1)
    audit, picked = audit_of(shop), [shop.keep(b"%PDF-1.4 paper " + bytes([65 + at])).document_id for at in range(3)]
    shop.work()
    for document_id in picked:
        decide(shop.vault, shop.actor, shop.account_id, audit.id, "payment", "", document_id, is_in=True)
    assert {each.document.id for each in section(shop, audit, "payment", "").chosen} == set(picked)


def test_a_bundle_is_no_evidence(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    bundle = ask_for_bundle(shop.vault, shop.actor, shop.account_id, audit.id, BundleOptions(today(shop.vault)))
    shop.work()
    with shop.vault.database.reading() as session:
        made = session.scalars(select(AuditBundleFile).where(AuditBundleFile.bundle_id == bundle.id)).one()
    with pytest.raises(Invalid):
        decide(shop.vault, shop.actor, shop.account_id, audit.id, "payment", "", made.document_id, is_in=True)
    offered, everything = (
        {row.id for row in list_documents(shop.vault, shop.actor, shop.account_id, wanted).page.rows}
        for wanted in (DocumentFilter(from_outside=True), DocumentFilter())
    )
    assert everything - offered == {made.document_id}


def test_a_run_that_was_overtaken_does_not_say_that_everything_was_looked_through(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    with shop.vault.database.transaction() as session:
        first = audits.gather_again(session, shop.vault, session.get_one(Audit, audit.id))
    lease = jobs.claim(shop.vault, first.id)
    assert lease is not None
    with shop.vault.database.transaction() as session:
        audits.gather_again(session, shop.vault, session.get_one(Audit, audit.id))
    gather(shop.vault, lease)
    with shop.vault.database.reading() as session:
        assert session.get_one(Audit, audit.id).gathered_at is None
    shop.work()
    with shop.vault.database.reading() as session:
        assert session.get_one(Audit, audit.id).gathered_at is not None


def test_places_that_are_not_there_and_foreign_documents_are_refused(shop: Shop) -> None:
    good = keep(shop)
    audit = audit_of(shop)
    for part, asin, document_id, error in (
        ("horoscope", PRODUCT.asin, good, NotFound),
        ("invoices", "", good, NotFound),
        ("invoices", OTHER.asin, good, NotFound),
        ("payment", PRODUCT.asin, good, NotFound),
        ("invoices", PRODUCT.asin, "01FOREIGN", Invalid),
    ):
        with pytest.raises(error):
            decide(shop.vault, shop.actor, shop.account_id, audit.id, part, asin, document_id, is_in=True)
    draft = audits.open_audit(shop.vault, shop.actor, shop.account_id, "Another")
    with pytest.raises(Conflict):
        decide(shop.vault, shop.actor, shop.account_id, draft.id, "invoices", PRODUCT.asin, good, is_in=True)


def test_a_notice_that_names_linked_accounts_needs_papers_of_the_business(shop: Shop) -> None:
    tasks = open_tasks(shop, audit_of(shop, (), AuditKind.LINKED_ACCOUNTS))
    assert {"audit.evidence company", "audit.evidence identity"} <= set(tasks)


def test_a_notice_about_products_that_nobody_named_is_a_question_and_no_pass(shop: Shop) -> None:
    audit = audit_of(shop, ())
    assert open_tasks(shop, audit)["audit.evidence products"].outcome == "unknown"
