"""What invoices cover, judged again with every change, and the tasks that follow."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.orders import Order
from tests.registers import second_shop
from tests.seller import bring_orders, coverage_tasks, last_year, product_id, sell, standing
from tests.shop import CATALOGUE, Shop
from vault.db.entities.accounts import Listing
from vault.db.entities.sales import CoverageStanding, ProductCoverage
from vault.db.entities.work import Task, TaskState
from vault.db.queries.sales import UnnamedSales, unnamed_sales
from vault.services.coverage import judging
from vault.services.coverage.facts import invoices_for
from vault.services.days import today
from vault.services.documents import corrections
from vault.services.jobs import upkeep
from vault.services.journal.notes import record


@pytest.fixture
def invoiced(shop: Shop) -> Shop:
    """A shop with one invoice that passes, of one line: 'LAMP' of the test."""
    shop.keep_invoice(shop.invoice(line_count=1))
    return shop


def lamp(shop: Shop) -> tuple[str, int, str]:
    """The ASIN on the only invoice, its units, and the id of the document."""
    with shop.vault.database.reading() as session:
        ((found, (weighed,)),) = invoices_for(session, shop.account_id).items()
        row = session.scalars(select(ProductCoverage).where(ProductCoverage.product_id == found)).one()
    assert weighed.excluded is None
    return row.asin, weighed.units, weighed.invoice.document_id


def sales_tasks(shop: Shop) -> list[str]:
    wanted = select(Task.check_id).where(Task.subject_type == "sales", Task.state == TaskState.OPEN)
    with shop.vault.database.reading() as session:
        return sorted(session.scalars(wanted))


def test_a_product_that_sells_without_any_invoice_is_a_task(shop: Shop) -> None:
    sell(shop, CATALOGUE[0].asin, 3)
    task = coverage_tasks(shop)[CATALOGUE[0].asin]
    assert (task.check_id, task.severity) == ("coverage.missing", "high")
    assert "sold 3 units" in task.title["text"] % task.title["params"]
    assert standing(shop, CATALOGUE[0].asin).state == "missing"


def test_what_was_sold_under_skus_that_nobody_knows_is_a_question_until_the_catalogue_knows_them(shop: Shop) -> None:
    day = today(shop.vault) - timedelta(days=9)
    lamp = CATALOGUE[0]
    bring_orders(shop, [Order(day, lamp.asin, 1, sku="A"), Order(day, "", 4, sku="OLD-1")], last_year(shop))
    assert sales_tasks(shop) == ["sales.named"]
    with shop.vault.database.reading() as session:
        task = session.scalars(select(Task).where(Task.check_id == "sales.named")).one()
        assert (task.outcome, task.title["params"]) == ("unknown", {"units": "4", "skus": "1"})
        assert unnamed_sales(session, shop.account_id, day, day) == UnnamedSales(4, 1, 1, ("OLD-1",))
        assert unnamed_sales(session, shop.account_id, day + timedelta(days=1), today(shop.vault)) is None
    with shop.vault.database.transaction() as session:  # as the import of listings does
        listing = Listing(account_id=shop.account_id, product_id=product_id(shop, lamp.asin), sku="OLD-1")
        listing.updated_at = shop.vault.clock()
        session.add(listing)
        session.flush()
        record(session, shop.vault, judging.judge(session, shop.vault, shop.account_id))
    assert sales_tasks(shop) == []
    assert standing(shop, lamp.asin).sold == 5


def test_an_invoice_closes_the_task_and_says_what_is_left(invoiced: Shop) -> None:
    asin, units, _ = lamp(invoiced)
    sell(invoiced, asin, units)
    assert coverage_tasks(invoiced) == {}
    row = standing(invoiced, asin)
    assert (row.state, row.sold, row.bought, row.difference) == ("covered", units, units, 0)


def test_units_short_are_counted_and_the_supplier_is_named(invoiced: Shop) -> None:
    asin, units, document_id = lamp(invoiced)
    sell(invoiced, asin, units + 7)
    task = coverage_tasks(invoiced)[asin]
    assert task.check_id == "coverage.short"
    assert task.advice["params"]["short"] == "7"
    assert task.advice["params"]["supplier"] == invoiced.document(document_id).supplier_name


def test_a_corrected_quantity_counts_at_once(invoiced: Shop) -> None:
    asin, units, document_id = lamp(invoiced)
    sell(invoiced, asin, units + 7)
    corrections.correct(invoiced.vault, invoiced.actor, document_id, "lines.0.quantity", str(units + 7))
    # Its arithmetic is wrong now, so the invoice as a whole fails: nothing is left that counts.
    assert standing(invoiced, asin).state == "missing"
    corrections.withdraw(invoiced.vault, invoiced.actor, document_id, "lines.0.quantity")
    assert standing(invoiced, asin).state == "short"


def test_a_line_picked_for_another_product_changes_both(invoiced: Shop) -> None:
    asin, units, document_id = lamp(invoiced)
    other = next(each.asin for each in CATALOGUE if each.asin != asin)
    sell(invoiced, asin, 1)
    corrections.pick_product(invoiced.vault, invoiced.actor, document_id, 0, product_id(invoiced, other))
    assert standing(invoiced, asin).state == "missing"
    assert standing(invoiced, other).bought == units


def test_the_same_invoice_twice_counts_once(invoiced: Shop) -> None:
    asin, units, _ = lamp(invoiced)
    invoiced.keep_invoice(replace(invoiced.invoice(line_count=1), issue_date=invoiced.invoice().issue_date))
    sell(invoiced, asin, 1)
    assert standing(invoiced, asin).bought == units


def with_setting(shop: Shop, name: str, check: str, **settings: int) -> Shop:
    """The shop under a rule book that says something else for one check of the profile `name`."""
    profile = shop.vault.rules.profiles[name]
    rules = tuple(
        replace(rule, settings={**rule.settings, **settings}) if rule.check == check else rule for rule in profile.rules
    )
    profiles = {**shop.vault.rules.profiles, name: replace(profile, rules=rules)}
    return replace(shop, vault=replace(shop.vault, rules=replace(shop.vault.rules, profiles=profiles)))


def test_an_invoice_that_fails_for_its_age_alone_counts_for_the_days_when_it_was_young(
    shop: Shop, clock: Clock
) -> None:
    """An audit asks for the window before its notice, which may have come weeks ago."""
    strict = with_setting(shop, "guide", "invoice.issue_date", window_days=365)
    document_id = strict.keep_invoice(strict.invoice(line_count=1))
    _, units, _ = lamp(strict)
    clock.advance(timedelta(days=400))
    upkeep.begin_day(strict.vault)
    strict.work()
    assert strict.document(document_id).verdict == "fail"
    assert lamp(strict)[1] == units


def test_coverage_that_will_lapse_warns_and_grows_graver(invoiced: Shop, clock: Clock) -> None:
    asin, units, document_id = lamp(invoiced)
    sell(invoiced, asin, units, today(invoiced.vault) - timedelta(days=1))
    issued = invoiced.document(document_id).issue_date
    assert issued
    lapses = standing(invoiced, asin).lapses_on
    assert lapses == today(invoiced.vault) + timedelta(days=1), "one more sale, and it is not covered"
    assert coverage_tasks(invoiced)[asin].severity == "high"
    assert standing(invoiced, asin).ages_on == issued + timedelta(days=366)


def test_an_invoice_about_to_leave_the_window_is_told_a_month_before(invoiced: Shop, clock: Clock) -> None:
    asin, units, document_id = lamp(invoiced)
    issued = invoiced.document(document_id).issue_date
    assert issued
    sell(invoiced, asin, units, today(invoiced.vault) - timedelta(days=35))
    assert coverage_tasks(invoiced) == {}
    for left, severity in ((30, "normal"), (7, "high")):
        clock.now = clock.now + (issued + timedelta(days=366 - left) - today(invoiced.vault))
        upkeep.begin_day(invoiced.vault)
        invoiced.work()
        task = coverage_tasks(invoiced)[asin]
        assert (task.check_id.startswith("coverage.lapses"), task.severity) == (True, severity)
        assert task.title["params"]["day"] == (issued + timedelta(days=366)).isoformat()


def test_sales_that_nobody_imported_are_unknown_and_never_a_pass(invoiced: Shop, clock: Clock) -> None:
    asin, units, _ = lamp(invoiced)
    assert sales_tasks(invoiced) == ["sales.known"]
    bring_orders(invoiced, [Order(today(invoiced.vault) - timedelta(days=3), asin, 1)])
    assert standing(invoiced, asin).state == "unknown"
    assert sales_tasks(invoiced) == ["sales.known"]
    sell(invoiced, asin, 1)
    assert (standing(invoiced, asin).state, sales_tasks(invoiced)) == ("covered", [])
    clock.advance(timedelta(days=40))
    upkeep.begin_day(invoiced.vault)
    invoiced.work()
    assert (standing(invoiced, asin).state, sales_tasks(invoiced)) == ("unknown", ["sales.known"])


def test_a_product_without_sales_is_shown_and_no_task(shop: Shop) -> None:
    sell(shop, CATALOGUE[0].asin, 3)
    assert standing(shop, CATALOGUE[1].asin).state == "unsold"
    assert list(coverage_tasks(shop)) == [CATALOGUE[0].asin]


def test_thousands_of_gaps_are_a_few_tasks_the_gravest_first_and_one_for_the_rest(shop: Shop) -> None:
    shop = with_setting(shop, "coverage", "coverage.missing", most_tasks=2)
    day = today(shop.vault) - timedelta(days=40)
    orders = [Order(day, each.asin, at + 1, each.sku, f"302-{at}") for at, each in enumerate(CATALOGUE[:6])]
    bring_orders(shop, orders, last_year(shop))
    assert set(coverage_tasks(shop)) == {CATALOGUE[5].asin, CATALOGUE[4].asin}
    assert sales_tasks(shop) == ["sales.untold"]
    # What has a task keeps it, although another product lacks more by now.
    bring_orders(shop, [Order(day, CATALOGUE[0].asin, 50, number="302-more")])
    assert set(coverage_tasks(shop)) == {CATALOGUE[5].asin, CATALOGUE[4].asin}
    # A gap that is closed makes room for the next one.
    bring_orders(shop, [replace(orders[5], status="Cancelled", updated=day + timedelta(days=2))])
    assert set(coverage_tasks(shop)) == {CATALOGUE[4].asin, CATALOGUE[0].asin}


def test_what_the_catalogue_does_not_have_leaves_with_its_last_sale(shop: Shop, clock: Clock) -> None:
    shop = with_setting(shop, "coverage", "coverage.missing", most_tasks=1)
    day = today(shop.vault) - timedelta(days=300)
    orders = [Order(day, asin, units, asin, f"302-{asin}") for asin, units in (("B00GONE001", 5), ("B00GONE002", 3))]
    bring_orders(shop, orders, last_year(shop))
    assert set(coverage_tasks(shop)) == {"B00GONE001"}
    clock.advance(timedelta(days=66))
    shop = with_setting(shop, "coverage", "coverage.missing", most_tasks=5)  # there is room for what has no task yet
    shop.keep_invoice(shop.invoice(line_count=1))  # judged before the day begins
    upkeep.begin_day(shop.vault)
    shop.work()
    assert coverage_tasks(shop) == {}
    with shop.vault.database.reading() as session:
        asins = set(session.scalars(select(ProductCoverage.asin)))
        counts = session.get_one(CoverageStanding, shop.account_id).counts
    assert asins == {each.asin for each in CATALOGUE}
    assert "missing" not in counts


def test_judging_again_writes_nothing(invoiced: Shop) -> None:
    sell(invoiced, CATALOGUE[3].asin, 3)
    journal = invoiced.journal()
    with invoiced.vault.database.transaction() as session:
        notes = judging.judge(session, invoiced.vault, invoiced.account_id)
        assert notes == []
        assert not session.dirty
        record(session, invoiced.vault, notes)
    assert invoiced.journal() == journal


def test_two_accounts_that_sell_the_same_product_stand_for_themselves(shop: Shop) -> None:
    other = second_shop(shop)
    sell(shop, CATALOGUE[0].asin, 3)
    sell(other, CATALOGUE[0].asin, 8)
    assert (standing(shop, CATALOGUE[0].asin).sold, standing(other, CATALOGUE[0].asin).sold) == (3, 8)
    assert len(coverage_tasks(shop)) == len(coverage_tasks(other)) == 1


def test_the_counts_of_the_account_follow(shop: Shop) -> None:
    sell(shop, CATALOGUE[0].asin, 3)
    with shop.vault.database.reading() as session:
        counts = session.get_one(CoverageStanding, shop.account_id).counts
    assert counts == {"missing": 1, "unsold": len(CATALOGUE) - 1}
