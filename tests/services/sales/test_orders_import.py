"""Importing all-orders reports: exact, as often as one likes, and without a trace of the buyers."""

import gzip
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.orders import BUYER, Order, iso, orders_report
from tests.seller import bring_orders, ledger, standing
from tests.shop import CATALOGUE, Shop
from vault.checks.coverage.facts import Days
from vault.db.entities.accounts import ReportImport
from vault.db.entities.sales import SalesReport, SoldItem
from vault.db.entities.work import Job, JobState
from vault.domain.errors import Forbidden, Invalid, NotFound, Unreadable
from vault.domain.roles import Role
from vault.domain.values import Sha256
from vault.services.access import Actor
from vault.services.catalogue.imports import import_file
from vault.services.coverage.facts import known_stretches, units_sold
from vault.services.days import today
from vault.services.sales import imports
from vault.services.sales.extract import read_extract

LAMP, VASE = CATALOGUE[0], CATALOGUE[1]
MARCH = [
    Order(date(2026, 3, 4), LAMP.asin, 2, number="302-1"),
    Order(date(2026, 3, 5), LAMP.asin, 1, number="302-2", status="Cancelled"),
    Order(date(2026, 3, 5), VASE.asin, 4, number="302-2", sku="SKU-2"),
]


def known(shop: Shop) -> tuple[Days, ...]:
    with shop.vault.database.reading() as session:
        return known_stretches(session, shop.account_id)


def test_units_are_counted_by_product_and_day(shop: Shop) -> None:
    done = bring_orders(shop, MARCH)
    assert (done.report.kind, done.report.rows, done.report.problems) == ("all-orders", 3, [])
    assert ledger(shop) == {(LAMP.asin, date(2026, 3, 4)): 2, (VASE.asin, date(2026, 3, 5)): 4}


def test_twice_is_once(shop: Shop) -> None:
    bring_orders(shop, MARCH)
    journal, items = shop.journal(), shop.count(SoldItem)
    assert not bring_orders(shop, MARCH).is_new
    assert (shop.journal(), shop.count(SoldItem)) == (journal, items)


def test_overlapping_reports_replace_and_never_double(shop: Shop) -> None:
    first = bring_orders(shop, MARCH)
    later = [*MARCH[1:], Order(date(2026, 3, 6), LAMP.asin, 7, number="302-3")]
    second = bring_orders(shop, later)
    assert [(each.report.added, each.report.changed) for each in _again(shop, first, second)] == [(3, 0), (1, 0)]
    assert sum(ledger(shop).values()) == 2 + 4 + 7


def _again(shop: Shop, *done: imports.Imported) -> list[imports.Imported]:
    with shop.vault.database.reading() as session:
        return [imports.Imported(session.get_one(ReportImport, each.report.id), True) for each in done]


def test_an_order_cancelled_since_counts_no_more_whichever_report_comes_first(shop: Shop) -> None:
    pending = Order(date(2026, 3, 4), LAMP.asin, 5, number="302-9", status="Pending", updated=date(2026, 3, 4))
    cancelled = Order(date(2026, 3, 4), LAMP.asin, 5, number="302-9", status="Cancelled", updated=date(2026, 3, 7))
    bring_orders(shop, [pending])
    assert sum(ledger(shop).values()) == 5
    bring_orders(shop, [cancelled])
    assert ledger(shop) == {}
    bring_orders(shop, [pending, Order(date(2026, 3, 4), VASE.asin, 1, number="302-8")])
    assert ledger(shop) == {(VASE.asin, date(2026, 3, 4)): 1}


def test_the_same_order_and_sku_on_two_lines_are_added_up_and_a_pasted_report_is_not(shop: Shop) -> None:
    twice = [MARCH[0], MARCH[0]]
    bring_orders(shop, orders_report(twice) + orders_report(MARCH[:1]))
    assert ledger(shop) == {(LAMP.asin, date(2026, 3, 4)): 2}
    bring_orders(shop, orders_report(twice))
    assert ledger(shop) == {(LAMP.asin, date(2026, 3, 4)): 4}


def test_a_sku_without_asin_is_resolved_by_the_catalogue_now_or_later(shop: Shop) -> None:
    known_sku = Order(date(2026, 3, 4), "", 3, sku=LAMP.sku, number="302-1")
    unknown_sku = Order(date(2026, 3, 4), "", 5, sku="LATER-1", number="302-2")
    bring_orders(shop, [known_sku, unknown_sku])
    assert ledger(shop) == {(LAMP.asin, date(2026, 3, 4)): 3, ("", date(2026, 3, 4)): 5}
    listings = f"seller-sku\titem-name\tasin1\r\nLATER-1\tNew lamp\t{VASE.asin}\r\n".encode()
    import_file(shop.vault, shop.actor, shop.account_id, io.BytesIO(listings), "listings.txt")
    shop.work()
    assert ledger(shop)[VASE.asin, date(2026, 3, 4)] == 5
    assert standing(shop, VASE.asin).sold == 5


def test_an_asin_that_no_catalogue_knows_is_kept_by_its_asin(shop: Shop) -> None:
    bring_orders(shop, [Order(date(2026, 3, 4), "B0NOTKNOWN", 3)])
    assert (standing(shop, "B0NOTKNOWN").sold, standing(shop, "B0NOTKNOWN").product_id) == (3, None)


@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_packed_reports_are_read_as_they_come(shop: Shop, pack: str) -> None:
    data, packed = orders_report(MARCH), io.BytesIO()
    if pack == "gzip":
        packed.write(gzip.compress(data))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("orders.txt", data)
    bring_orders(shop, packed.getvalue())
    assert sum(ledger(shop).values()) == 6


def test_the_day_is_that_of_the_business_and_not_that_of_utc(shop: Shop) -> None:
    assert shop.vault.settings.time_zone == "UTC"
    data = orders_report([MARCH[0]], day=lambda day: f"{day:%Y-%m-%d}T23:30:00-05:00")
    bring_orders(shop, data)
    assert ledger(shop) == {(LAMP.asin, date(2026, 3, 5)): 2}


def test_days_are_known_from_the_first_order_to_the_last_that_was_over(shop: Shop) -> None:
    bring_orders(shop, MARCH)
    assert known(shop) == (Days(date(2026, 3, 4), date(2026, 3, 4)),), "the last day may have gone on"
    over = Order(date(2026, 3, 9), LAMP.asin, 1, number="302-5", updated=date(2026, 3, 11))
    bring_orders(shop, [over])
    assert known(shop) == (Days(date(2026, 3, 4), date(2026, 3, 4)), Days(date(2026, 3, 9), date(2026, 3, 9)))


def test_a_person_can_say_which_days_a_report_covers(shop: Shop) -> None:
    bring_orders(shop, MARCH, Days(date(2026, 3, 1), date(2026, 3, 31)))
    bring_orders(shop, [], Days(date(2026, 4, 1), date(2026, 4, 30)))
    assert known(shop) == (Days(date(2026, 3, 1), date(2026, 4, 30)),)
    yesterday = today(shop.vault) - timedelta(days=1)
    bring_orders(shop, orders_report([], extra=("x",)), Days(date(2026, 5, 1), yesterday + timedelta(days=3)))
    assert known(shop)[-1].last == yesterday


def test_days_between_two_exports_in_one_file_are_not_known(shop: Shop) -> None:
    later = [
        Order(date(2026, 7, 1), LAMP.asin, 1, number="302-20"),
        Order(date(2026, 7, 9), LAMP.asin, 1, number="302-21"),
    ]
    bring_orders(shop, orders_report(MARCH) + orders_report(later))
    assert known(shop) == (Days(date(2026, 7, 1), date(2026, 7, 8)),), "the longer one of the two stretches"
    assert sum(ledger(shop).values()) == 8, "everything counts as sold"


def test_two_exports_in_one_file_that_meet_are_one_stretch(shop: Shop) -> None:
    later = [
        Order(date(2026, 3, 5), LAMP.asin, 1, number="302-20"),
        Order(date(2026, 3, 9), LAMP.asin, 1, number="302-21"),
    ]
    bring_orders(shop, orders_report(MARCH) + orders_report(later))
    assert known(shop) == (Days(date(2026, 3, 4), date(2026, 3, 8)),)


def test_days_between_the_orders_and_what_a_person_says_are_not_known(shop: Shop) -> None:
    said = Days(date(2026, 6, 1), date(2026, 6, 30))
    bring_orders(shop, MARCH, said)
    assert known(shop) == (said,)


@pytest.mark.parametrize(
    "printed",
    [
        "1970-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_what_programs_write_where_they_know_no_date_makes_no_day_known(shop: Shop, printed: str) -> None:
    days = {date(2026, 3, 1): printed}
    report = orders_report(
        [*MARCH, Order(date(2026, 3, 1), LAMP.asin, 9, number="302-9")], day=lambda day: days.get(day) or iso(day)
    )
    done = bring_orders(shop, report)
    assert [each["line"] for each in done.report.problems] == [5]
    assert known(shop) == ()
    assert sum(ledger(shop).values()) == 6


def test_an_order_without_a_real_date_of_its_last_change_is_taken_all_the_same(shop: Shop) -> None:
    unchanged = date(2026, 3, 31)
    orders = [Order(each.day, each.asin, each.units, each.sku, each.number, each.status, unchanged) for each in MARCH]
    day = {unchanged: "0001-01-01T00:00:00+14:00"}
    done = bring_orders(shop, orders_report(orders, day=lambda each: day.get(each) or iso(each)))
    assert done.report.problems == []
    assert sum(ledger(shop).values()) == 6


@pytest.mark.parametrize("days", [Days(date(2026, 3, 2), date(2026, 3, 1)), Days(date(2031, 1, 1), date(2031, 1, 2))])
def test_days_that_cannot_be_are_refused(shop: Shop, days: Days) -> None:
    with pytest.raises(Invalid):
        bring_orders(shop, MARCH, days)


def test_a_report_without_orders_says_what_to_do(shop: Shop) -> None:
    with pytest.raises(Unreadable):
        bring_orders(shop, [])


def test_lines_that_cannot_be_read_are_kept_with_their_number(shop: Shop) -> None:
    data = orders_report(MARCH) + b"302-7\t\tsoon\r\n"
    done = bring_orders(shop, data)
    assert [problem["line"] for problem in done.report.problems] == [5]
    assert done.report.rows == 3


def test_nothing_of_a_buyer_and_no_order_number_is_kept_anywhere(shop: Shop, tmp_path: Path) -> None:
    done = bring_orders(shop, [Order(date(2026, 3, 4), LAMP.asin, 2, number="302-7654321-0000017")])
    with shop.vault.database.reading() as session:
        extract = session.get_one(SalesReport, done.report.id).extract_sha256
    kept = repr(list(read_extract(shop.vault, Sha256(extract)))).encode()
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for secret in (*BUYER, "302-7654321-0000017", iso(date(2026, 3, 4))):
        assert all(secret.encode() not in each for each in (*files, kept))


def test_a_large_report_is_taken_over_by_a_worker_who_may_be_killed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_AT_ONCE", 0)
    done = bring_orders(shop, MARCH)
    assert ledger(shop) == {}
    with shop.vault.database.reading() as session:
        job = session.scalars(select(Job).where(Job.subject_id == done.report.id)).one()
        assert job.state == JobState.WAITING
    assert shop.work() == 1
    assert sum(ledger(shop).values()) == 6


def test_a_report_that_was_given_up_goes_on_when_it_is_imported_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_AT_ONCE", 0)
    done = bring_orders(shop, MARCH)
    with shop.vault.database.transaction() as session:
        session.execute(update(Job).where(Job.subject_id == done.report.id).values(state=JobState.FAILED))
    assert shop.work() == 0
    assert not bring_orders(shop, MARCH).is_new
    assert not bring_orders(shop, MARCH).is_new, "it waits already"
    assert shop.work() == 1
    assert sum(ledger(shop).values()) == 6


def test_units_sold_are_told_by_product_and_days(shop: Shop) -> None:
    bring_orders(shop, MARCH)
    with shop.vault.database.reading() as session:
        ids = [row.product_id or "" for row in (standing(shop, LAMP.asin), standing(shop, VASE.asin))]
        sold = units_sold(session, shop.account_id, ids, date(2026, 3, 1), date(2026, 3, 4))
    assert sold == {ids[0]: 2, ids[1]: 0}


def test_who_may_not_import_learns_nothing(shop: Shop) -> None:
    stream = io.BytesIO(orders_report(MARCH))
    for actor, error in (
        (Actor("x", "x", {shop.account_id: Role.AUDITOR}), Forbidden),
        (Actor("x", "x"), NotFound),
    ):
        with pytest.raises(error):
            import_file(shop.vault, actor, shop.account_id, stream, "orders.txt")


def test_what_is_dated_on_a_day_to_come_makes_no_day_known(shop: Shop) -> None:
    tomorrow = today(shop.vault) + timedelta(days=1)
    done = bring_orders(shop, [*MARCH, Order(tomorrow, LAMP.asin, 1, number="302-9")])
    assert [(each["line"], "still to come" in each["message"]["text"]) for each in done.report.problems] == [(5, True)]
    assert known(shop) == ()
    assert sum(ledger(shop).values()) == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", "This is a PDF"),
        (b"PK\x03\x04" + bytes(60), "Excel workbook"),
        (b"\n<!DOCTYPE html><title>Sign in</title>", "signed you out"),
        (b'{"reportId": 1}', "JSON"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
    ],
)
def test_files_that_are_taken_for_reports_are_named(shop: Shop, content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        import_file(shop.vault, shop.actor, shop.account_id, io.BytesIO(content), "report.txt")


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_a_small_file_that_unpacks_to_a_flood_is_refused(shop: Shop, pack: str) -> None:
    flood = orders_report(MARCH) + (b"x" * 1023 + b"\n") * (9 * 1024)
    packed = io.BytesIO(gzip.compress(flood, compresslevel=1))
    if pack == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("orders.txt", flood)
        packed.seek(0)
    with pytest.raises(Unreadable, match="far more than a report"):
        import_file(shop.vault, shop.actor, shop.account_id, packed, "orders.txt.gz")
