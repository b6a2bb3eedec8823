"""What waits besides tasks, as the dashboard tells it: audits to answer, coverage that lacks, reports to sign."""

from dataclasses import replace
from datetime import timedelta

from tests.clock import Clock
from tests.orders import Order
from tests.registers import second_shop
from tests.seller import bring_orders, last_year, sell
from tests.shop import CATALOGUE, Shop
from vault.db.entities.reports import Report
from vault.db.entities.sales import CoverageState, ProductCoverage
from vault.domain.audits import AuditKind, AuditState
from vault.domain.readiness import ReadinessPart, Share
from vault.domain.roles import Role
from vault.services import dashboard, figures
from vault.services.access import Actor
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.coverage import pages
from vault.services.days import today
from vault.services.reports import reports
from vault.services.reports.months import month_before, running_month


def board(shop: Shop, actor: Actor | None = None, account_id: str | None = None) -> dashboard.Dashboard:
    return dashboard.read(shop.vault, actor or shop.actor, account_id)


def audit(shop: Shop, days: int | None = None) -> str:
    """A notice that came; confirmed, with a deadline in so many days, where it has one."""
    where = (shop.vault, shop.actor, shop.account_id)
    opened = audits.open_audit(*where, "Dear seller, send us your invoices.").id
    if days is not None:
        deadline = shop.vault.clock() + timedelta(days=days)
        said = Confirmed(
            AuditKind.AUTHENTICITY, today(shop.vault), deadline, "7", "FR", "en", frozenset(), (CATALOGUE[0].asin,)
        )
        confirm(*where, opened, said)
    return opened


def cover(shop: Shop, asin: str, state: str, sold: int, bought: int, lapses_in: int | None = None) -> None:
    """A product as judging writes it."""
    lapses_on = None if lapses_in is None else today(shop.vault) + timedelta(days=lapses_in)
    with shop.vault.database.transaction() as session:
        row = session.get(ProductCoverage, (shop.account_id, asin)) or ProductCoverage(
            account_id=shop.account_id, asin=asin
        )
        row.state, row.rank, row.sold, row.bought = state, 1, sold, bought
        row.difference, row.lapses_on, row.ages_on = bought - sold, lapses_on, None
        session.add(row)


def units_covered(shop: Shop) -> Share:
    figures.count_day(shop.vault)
    (standing,) = board(shop).accounts
    assert standing.figures is not None
    return standing.figures.share(ReadinessPart.COVERAGE)


def test_the_notice_that_nobody_confirmed_comes_first_then_the_nearest_deadline(shop: Shop) -> None:
    late, soon, unread = audit(shop, 9), audit(shop, 2), audit(shop)
    assert [each.id for each in board(shop).audits] == [unread, soon, late]
    assert board(shop).audits[0].deadline is None


def test_what_was_answered_waits_no_longer(shop: Shop) -> None:
    audits.move(shop.vault, shop.actor, shop.account_id, audit(shop, 2), AuditState.SENT)
    assert board(shop).audits == []


def test_nobody_learns_of_what_another_account_has_to_answer_lacks_or_signs(shop: Shop) -> None:
    audit(shop, 2)
    sell(shop, CATALOGUE[0].asin, 3)
    reports.make(shop.vault, shop.actor, shop.account_id, month_before(running_month(shop.vault)))
    other = second_shop(shop).account_id
    found = board(shop, replace(shop.actor, roles={other: Role.OWNER}))
    assert (found.audits, found.reports) == ([], [])
    assert [bool(each.coverage) for each in found.accounts] == [False]


def test_the_figures_of_coverage_are_those_of_its_lists(shop: Shop) -> None:
    day = today(shop.vault) - timedelta(days=9)
    bring_orders(shop, [Order(day, product.asin, 3) for product in CATALOGUE[:3]], last_year(shop))
    (standing,) = board(shop, account_id=shop.account_id).accounts
    where = (shop.vault, shop.actor, shop.account_id)
    assert standing.coverage.missing == 3
    assert len(pages.list_products(*where, CoverageState.MISSING).page.rows) == 3
    assert standing.coverage.is_known


def test_what_lapses_within_a_week_is_told_apart_and_is_a_list(shop: Shop) -> None:
    sell(shop, CATALOGUE[0].asin, 3)
    for number, days in enumerate((1, 7, 8, 30)):
        cover(shop, CATALOGUE[number].asin, CoverageState.LAPSING, 3, 3, days)
    (standing,) = board(shop).accounts
    where = (shop.vault, shop.actor, shop.account_id)
    soon = pages.list_products(*where, CoverageState.LAPSING, is_soon=True).page.rows
    assert standing.coverage.soon == len(soon) == 2
    assert {row.asin for row in soon} == {CATALOGUE[0].asin, CATALOGUE[1].asin}


def test_an_account_that_never_said_what_it_sold_is_not_called_covered(shop: Shop) -> None:
    (standing,) = board(shop).accounts
    assert not standing.coverage.is_known
    assert not units_covered(shop).is_known


def test_units_on_invoices_beyond_those_sold_cover_nothing_else(shop: Shop) -> None:
    rows = {"covered": (10, 40), "short": (8, 6), "missing": (5, 0), "lapsing": (3, 3), "unknown": (4, 4)}
    sell(shop, CATALOGUE[0].asin, 1)
    for product, (state, (sold, bought)) in zip(CATALOGUE, rows.items(), strict=False):
        cover(shop, product.asin, state, sold, bought)
    assert units_covered(shop) == Share(10 + 6 + 0 + 3, 10 + 8 + 5 + 3 + 4)


def test_more_credited_than_bought_covers_nothing(shop: Shop) -> None:
    sell(shop, CATALOGUE[0].asin, 1)
    cover(shop, CATALOGUE[0].asin, CoverageState.MISSING, 5, -2)
    assert units_covered(shop) == Share(0, 5)


def test_a_report_waits_until_its_latest_revision_is_signed(shop: Shop, clock: Clock) -> None:
    where = (shop.vault, shop.actor, shop.account_id)
    month = month_before(running_month(shop.vault))
    first = reports.make(*where, month).report
    assert [each.id for each in board(shop).reports] == [first.id]
    sell(shop, CATALOGUE[0].asin, 2)
    clock.advance(timedelta(hours=1))
    second = reports.make(*where, month).report
    assert [(each.id, each.revision) for each in board(shop).reports] == [(second.id, 2)]
    with shop.vault.database.transaction() as session:
        session.get_one(Report, second.id).signed_at = shop.vault.clock()
    assert board(shop).reports == []


def test_of_one_account_older_reports_are_asked_for_too(shop: Shop) -> None:
    where = (shop.vault, shop.actor, shop.account_id)
    last = month_before(running_month(shop.vault))
    for month in (month_before(last), last, running_month(shop.vault)):
        reports.make(*where, month)
    assert [each.month for each in board(shop, account_id=shop.account_id).reports] == [last, month_before(last)]
    assert [each.month for each in board(shop).reports] == [last]
