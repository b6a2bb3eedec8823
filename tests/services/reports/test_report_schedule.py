"""Reports make themselves on the first of the month, once, and those of missed months later."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.shop import Shop
from vault.config import Settings
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.reports import Report
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.work import HANDLERS
from vault.services.journal.notes import Note, record
from vault.services.reports import months, reports
from vault.services.reports.monthly import begin_reports

BERLIN = "Europe/Berlin"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A business in Berlin, whose clocks go back on 25 October 2026."""
    return Settings(
        home=settings.home, database_url=settings.database_url, queue_url=settings.queue_url, time_zone=BERLIN
    )


def made(shop: Shop) -> list[tuple[date, int]]:
    with shop.vault.database.reading() as session:
        return [(each.month, each.revision) for each in session.scalars(select(Report).order_by(Report.id))]


def open_since(shop: Shop, day: datetime) -> None:
    with shop.vault.database.transaction() as session:
        session.get_one(SellerAccount, shop.account_id).created_at = day
        session.flush()
        record(session, shop.vault, [Note("account.opened", shop.account_id, "x", shop.account_id)])


def test_the_report_is_made_at_the_first_midnight_of_the_business(shop: Shop, clock: Clock) -> None:
    clock.now = datetime(2026, 10, 31, 22, 59, tzinfo=UTC)  # 23:59 in Berlin, where the clocks were changed meanwhile
    assert begin_reports(shop.vault) == 0
    clock.now = datetime(2026, 10, 31, 23, 0, tzinfo=UTC)
    assert begin_reports(shop.vault) == 1
    shop.work()
    assert made(shop) == [(date(2026, 10, 1), 1)]


def test_a_month_over_the_change_of_clocks_is_an_hour_longer(shop: Shop) -> None:
    first, end = months.moments_of(shop.vault, date(2026, 10, 1))
    assert end - first == timedelta(days=31, hours=1)


def test_it_is_made_once_however_often_the_schedule_runs(shop: Shop, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert [begin_reports(shop.vault) for _ in range(3)] == [1, 0, 0]
    shop.work()
    clock.advance(timedelta(days=5))
    assert begin_reports(shop.vault) == 0
    assert made(shop) == [(date(2026, 10, 1), 1)]


def test_a_job_that_was_lost_is_made_the_next_day(shop: Shop, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    begin_reports(shop.vault)
    clock.advance(timedelta(days=1))
    assert begin_reports(shop.vault) == 1
    shop.work()
    assert made(shop) == [(date(2026, 10, 1), 1)]


def test_months_that_were_missed_are_made_when_the_service_is_there_again(shop: Shop, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    begin_reports(shop.vault)
    shop.work()
    clock.now = datetime(2027, 2, 14, 9, tzinfo=UTC)
    assert begin_reports(shop.vault) == 3
    shop.work()
    assert sorted(made(shop)) == [(date(2026, month, 1), 1) for month in (10, 11, 12)] + [(date(2027, 1, 1), 1)]


def test_an_account_that_was_opened_this_month_waits_for_its_first_one(shop: Shop, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    open_since(shop, datetime(2026, 11, 3, tzinfo=UTC))
    assert begin_reports(shop.vault) == 0


def test_a_report_made_by_hand_before_the_end_does_not_stand_for_the_month(shop: Shop, clock: Clock) -> None:
    reports.make(shop.vault, shop.actor, shop.account_id, date(2026, 10, 1))
    clock.now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert begin_reports(shop.vault) == 1
    shop.work()
    assert sorted(made(shop)) == [(date(2026, 10, 1), 1), (date(2026, 10, 1), 2)]


def test_workers_know_the_kind_of_job(shop: Shop) -> None:
    assert JobKind.MAKE_REPORT in HANDLERS
