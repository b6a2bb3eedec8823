"""The all-orders report, in the dialects in which sellers download it."""

import io
from collections.abc import Callable
from datetime import date

import pytest

from tests.orders import GERMAN, HEADER, Order, iso, orders_report
from vault.domain.errors import Unreadable
from vault.reading.amazon.delimited import RowProblem
from vault.reading.amazon.kinds import ReportKind, recognise
from vault.reading.amazon.orders import OrderLine, read_orders

ASIN = "B0ABCDEFG1"
ORDERS = [Order(date(2026, 3, 4), ASIN, 2), Order(date(2026, 3, 25), ASIN, 1, status="Cancelled")]


def german(day: date) -> str:
    return f"{day:%d.%m.%Y} 10:15:00 MESZ"


def american(day: date) -> str:
    return f"{day:%m/%d/%Y} 10:15:00 PDT"


def japanese(day: date) -> str:
    return f"{day:%Y/%m/%d} 10:15:00 JST"


def spelled(day: date) -> str:
    return f"{day.day} mai {day.year} 10:15"


def lines_of(data: bytes) -> list[OrderLine]:
    return [item for item in read_orders(io.BytesIO(data)) if isinstance(item, OrderLine)]


def problems_of(data: bytes) -> list[RowProblem]:
    return [item for item in read_orders(io.BytesIO(data)) if isinstance(item, RowProblem)]


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("day", [iso, german, japanese])
def test_every_dialect_says_the_same(separator: str, encoding: str, day: Callable[[date], str]) -> None:
    data = orders_report(ORDERS, separator=separator, encoding=encoding, day=day, names=GERMAN, extra=("neu", "neuer"))
    assert [(each.purchased.date(), each.asin, each.units, each.channel) for each in lines_of(data)] == [
        (date(2026, 3, 4), ASIN, 2, "Amazon.de"),
        (date(2026, 3, 25), ASIN, 0, "Amazon.de"),
    ]
    assert problems_of(data) == []


def test_a_date_that_can_be_read_in_one_way_only_tells_how_the_others_are_written() -> None:
    lines = lines_of(orders_report(ORDERS, day=american))
    assert [each.purchased.date() for each in lines] == [date(2026, 3, 4), date(2026, 3, 25)]


def test_where_no_date_tells_the_store_does() -> None:
    order = Order(date(2026, 3, 4), ASIN, channel="Amazon.com")
    assert lines_of(orders_report([order], day=american))[0].purchased.date() == date(2026, 3, 4)
    order = Order(date(2026, 3, 4), ASIN, channel="Amazon.co.uk")
    assert lines_of(orders_report([order], day=lambda day: f"{day:%d/%m/%Y}"))[0].purchased.date() == date(2026, 3, 4)


def test_where_nothing_tells_the_line_is_named_and_not_guessed() -> None:
    data = orders_report([Order(date(2026, 3, 4), ASIN, channel="")], day=american)
    assert lines_of(data) == []
    assert "day or the month" in str(problems_of(data)[0].reason)


def test_months_may_be_spelled_out() -> None:
    assert lines_of(orders_report([Order(date(2026, 5, 4), ASIN)], day=spelled))[0].purchased.date() == date(2026, 5, 4)


@pytest.mark.parametrize("status", ["Cancelled", "Canceled", "Storniert", "Annulée", "Cancelado", "キャンセル済み"])
def test_what_was_cancelled_does_not_count(status: str) -> None:
    assert [each.units for each in lines_of(orders_report([Order(date(2026, 3, 4), ASIN, 5, status=status)]))] == [0]


def test_what_is_pending_counts_as_the_report_says() -> None:
    assert [each.units for each in lines_of(orders_report([Order(date(2026, 3, 4), ASIN, 5, status="Pending")]))] == [5]


def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_taken() -> None:
    good = orders_report(ORDERS).decode().splitlines()
    cells = good[1].split("\t")
    broken = [
        ("\t".join([*cells[:10], "many", *cells[11:]]), "“many” is not a number of units."),
        ("\t".join([*cells[:2], "soon", *cells[3:]]), "“soon” is not a date."),
        ("\t".join(["", *cells[1:]]), "The line has no order number."),
        ("\t".join([*cells[:7], "", "", *cells[9:]]), "The line has neither a SKU nor an ASIN."),
        ("\t".join([*cells, "more"]), "The line has 18 cells, the header 17."),
    ]
    data = "\r\n".join([*good, *(line for line, _ in broken)]).encode()
    assert len(lines_of(data)) == 2
    assert [(each.line, str(each.reason)) for each in problems_of(data)] == [
        (number, reason) for number, (_, reason) in enumerate(broken, start=4)
    ]


def test_a_header_line_in_the_middle_begins_another_part() -> None:
    once = orders_report(ORDERS)
    assert [each.part for each in lines_of(once + once)] == [0, 0, 1, 1]
    assert problems_of(once + once) == []


def test_columns_may_be_missing_but_for_those_that_say_what_was_sold() -> None:
    data = b"amazon-order-id\tpurchase-date\tsku\tquantity\n302-1\t2026-03-04\tA\t2\n"
    assert [(each.sku, each.asin, each.units, each.updated) for each in lines_of(data)] == [("A", "", 2, None)]
    with pytest.raises(Unreadable):
        list(read_orders(io.BytesIO(b"amazon-order-id\tsku\tquantity\n302-1\tA\t2\n")))


def test_its_header_tells_it_from_other_reports() -> None:
    assert recognise(orders_report([])) is ReportKind.ORDERS
    assert recognise(orders_report([], separator=",", names=GERMAN)) is ReportKind.ORDERS


def test_only_what_was_sold_leaves_the_parser() -> None:
    (line,) = lines_of(orders_report([Order(date(2026, 3, 4), ASIN)]))
    said = repr(line)
    row = dict(
        zip(HEADER, orders_report([Order(date(2026, 3, 4), ASIN)]).decode().splitlines()[1].split("\t"), strict=True)
    )
    for column in ("product-name", "item-price", "ship-city", "ship-postal-code", "buyer-name", "buyer-phone-number"):
        assert row[column] not in said
