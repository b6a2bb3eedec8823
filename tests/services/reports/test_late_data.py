"""Data that comes in late makes a revision by itself, which says what changed; time that passes makes none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.invoices.einvoice import render_einvoice
from tests.invoices.faults import Fault, with_fault
from tests.invoices.render import Layout, render
from tests.orders import Order
from tests.seller import bring_orders
from tests.shop import CATALOGUE, Shop
from vault.checks.coverage.facts import Days
from vault.db.entities.documents import Document
from vault.db.entities.notices import Notification
from vault.db.entities.reports import Report
from vault.domain.cadence import Weekly
from vault.services.documents import corrections
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.reports import readers, reports, signing
from vault.services.reports.comparing import compare
from vault.services.reports.monthly import begin_reports
from vault.services.routines import attestations, routines
from vault.services.routines.routines import RoutineDetails

OCTOBER = date(2026, 10, 1)
Work = Callable[[], int]


def keep(shop: Shop, work: Work, issued: date, fault: Fault | None = None) -> str:
    """An invoice that bears this date comes in now. Returns the document's id."""
    invoice = replace(shop.invoice(seed=5), issue_date=issued, due_date=None, delivery_date=None)
    data = (
        render(with_fault(invoice, fault, issued), Layout.LETTERHEAD)
        if fault
        else render_einvoice(invoice, Layout.LETTERHEAD)
    )
    document_id = shop.keep(data).document_id
    work()
    return document_id


def revisions(shop: Shop) -> list[Report]:
    wanted = select(Report).where(Report.month == OCTOBER).order_by(Report.revision)
    with shop.vault.database.reading() as session:
        return list(session.scalars(wanted))


def changed(shop: Shop) -> dict[str, tuple[int | None, int | None]]:
    """What the second revision says is different."""
    first, second = revisions(shop)
    return {each.name: (each.before, each.now) for each in compare(first.figures, second.figures).changed}


@pytest.fixture
def next_day(shop: Shop, clock: Clock, work: Work) -> Callable[[], None]:
    """The schedule and the workers of the next morning."""

    def pass_night() -> None:
        clock.advance(timedelta(days=1))
        begin_reports(shop.vault)
        work()

    return pass_night


def test_an_invoice_of_the_month_that_comes_in_late_makes_a_revision(
    shop: Shop, work: Work, next_day: Callable[[], None]
) -> None:
    next_day()
    keep(shop, work, date(2026, 10, 20))
    next_day()
    assert [each.revision for each in revisions(shop)] == [1, 2]
    assert changed(shop) == {"happened.invoices.dated": (0, 1)}


def test_a_reading_that_is_corrected_late_makes_a_revision(
    shop: Shop, work: Work, next_day: Callable[[], None]
) -> None:
    document_id = keep(shop, work, date(2026, 10, 20), Fault.MISSING_DATE)
    next_day()
    corrections.correct(shop.vault, shop.actor, document_id, "issue_date", "2026-10-20")
    next_day()
    assert changed(shop)["happened.invoices.verdicts.pass"] == (0, 1)


def test_orders_that_are_imported_late_make_a_revision(shop: Shop, work: Work, next_day: Callable[[], None]) -> None:
    next_day()
    days = Days(date(2026, 10, 1), date(2026, 10, 10))
    bring_orders(shop, [Order(date(2026, 10, 5), CATALOGUE[0].asin, 4)], days)
    work()
    next_day()
    assert changed(shop) == {"happened.sales.units": (0, 4), "happened.sales.known": (0, 10)}


def test_a_routine_that_is_attested_late_makes_a_revision(shop: Shop, work: Work, next_day: Callable[[], None]) -> None:
    details = RoutineDetails("Look", Weekly(frozenset({6})), 5, begins_on=date(2026, 10, 31))
    routine = routines.add(shop.vault, shop.actor, shop.account_id, details)
    next_day()
    attestations.attest(shop.vault, shop.actor, shop.account_id, routine.id, date(2026, 10, 31))
    next_day()
    assert changed(shop) == {"happened.routines.done": (0, 1)}


def test_days_that_pass_make_no_revision(shop: Shop, work: Work, next_day: Callable[[], None]) -> None:
    keep(shop, work, date(2026, 10, 20))
    for _ in range(5):
        next_day()
    assert [each.revision for each in revisions(shop)] == [1]


def test_a_verdict_that_changes_because_time_passes_is_no_late_data(
    shop: Shop, work: Work, next_day: Callable[[], None]
) -> None:
    document_id = keep(shop, work, date(2026, 10, 20))
    next_day()
    with shop.vault.database.transaction() as session:
        session.get_one(Document, document_id).verdict = "fail"
        session.flush()
        record(session, shop.vault, [Note("document.judged", document_id, MACHINE, shop.account_id)])
    details = RoutineDetails("Look", Weekly(frozenset({6})), 5)
    routines.add(shop.vault, shop.actor, shop.account_id, details)
    next_day()
    assert [each.revision for each in revisions(shop)] == [1]


def test_however_much_comes_in_there_is_one_revision_a_day(
    shop: Shop, work: Work, clock: Clock, next_day: Callable[[], None]
) -> None:
    next_day()
    keep(shop, work, date(2026, 10, 20))
    next_day()
    bring_orders(shop, [Order(date(2026, 10, 5), CATALOGUE[0].asin, 4)], Days(OCTOBER, date(2026, 10, 10)))
    work()
    clock.advance(timedelta(hours=2))
    assert begin_reports(shop.vault) == 0
    next_day()
    assert [each.revision for each in revisions(shop)] == [1, 2, 3]


def test_months_that_are_long_over_are_changed_when_somebody_asks_and_not_by_themselves(
    shop: Shop, work: Work, clock: Clock, next_day: Callable[[], None]
) -> None:
    next_day()
    clock.advance(timedelta(days=40))
    keep(shop, work, date(2026, 10, 20))
    next_day()
    assert [each.revision for each in revisions(shop)] == [1]
    assert reports.make(shop.vault, shop.actor, shop.account_id, OCTOBER).report.revision == 2


def test_who_signed_is_told_that_a_later_revision_says_something_else(
    shop: Shop, work: Work, next_day: Callable[[], None]
) -> None:
    next_day()
    signing.sign(shop.vault, shop.actor, shop.account_id, revisions(shop)[0].id)
    keep(shop, work, date(2026, 10, 20))
    next_day()
    with shop.vault.database.reading() as session:
        told = session.scalars(select(Notification).where(Notification.kind == "report")).one()
    assert told.user_id == shop.actor.id
    assert told.body["text"].startswith("You signed revision %(signed)s.")
    assert told.body["params"] == {"signed": "1", "revision": "2"}
    assert revisions(shop)[0].signed_at is not None
    assert revisions(shop)[1].signed_at is None


def test_who_wants_reports_is_told_of_the_revision_too(shop: Shop, work: Work, next_day: Callable[[], None]) -> None:
    readers.want_by_mail(shop.vault, shop.actor, shop.account_id, wanted=True)
    next_day()
    keep(shop, work, date(2026, 10, 20))
    next_day()
    with shop.vault.database.reading() as session:
        titles = [each.title for each in session.scalars(select(Notification).order_by(Notification.id))]
    assert [each["params"] for each in titles if "report" in each["text"]] == [
        {"month": "2026-10"},
        {"month": "2026-10", "revision": "2"},
    ]
