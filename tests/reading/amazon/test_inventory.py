"""The FBA inventory report, as it is downloaded and as people send it; and telling reports apart."""

import pytest

from vault.domain.errors import Unreadable
from vault.reading.amazon.inventory import StockLabel, read_inventory
from vault.reading.amazon.kinds import ReportKind, recognise

HEADER = (
    "sku", "fnsku", "asin", "product-name", "condition", "your-price", "mfn-listing-exists", "afn-warehouse-quantity",
    "afn-fulfillable-quantity", "per-unit-volume",
)  # fmt: skip
FULFILLED = (
    "seller-sku", "fulfillment-channel-sku", "asin", "condition-type", "Warehouse-Condition-code", "Quantity Available",
)  # fmt: skip
RETURNS = ("return-date", "order-id", "sku", "asin", "fnsku", "product-name", "quantity", "reason", "status")


@pytest.fixture
def stock() -> dict[str, str]:
    return {
        "sku": "LMP-1",
        "fnsku": "X0012AB34C",
        "asin": "B0LAMPBLK1",
        "product-name": "Lumora Lampe de chevet – édition spéciale €",
        "afn-fulfillable-quantity": "7",
    }


def test_a_label_is_read_with_the_offer_that_it_stands_for(report, stock) -> None:
    assert read_inventory(report(stock, header=HEADER)).rows == (
        StockLabel(2, "LMP-1", "X0012AB34C", "B0LAMPBLK1", "Lumora Lampe de chevet – édition spéciale €"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", ["\t", ","])
def test_every_encoding_and_separator_reads_the_same(report, stock, encoding, separator) -> None:
    data = report(stock, header=HEADER, encoding=encoding, separator=separator)
    assert read_inventory(data) == read_inventory(report(stock, header=HEADER))
    assert recognise(data) is ReportKind.INVENTORY


def test_columns_may_be_missing_added_or_have_other_names(report, stock) -> None:
    row = {"SKU": "LMP-1", "FNSKU": "X0012AB34C"}
    bare = read_inventory(report(row, header=("brand-new-column", "FNSKU", "SKU")))
    assert bare.rows == (StockLabel(2, "LMP-1", "X0012AB34C"),)
    row = {"seller-sku": "LMP-1", "fulfillment-channel-sku": "x0012ab34c", "asin": "B0LAMPBLK1"}
    assert read_inventory(report(row, header=FULFILLED)).rows == (StockLabel(2, "LMP-1", "X0012AB34C", "B0LAMPBLK1"),)


def test_a_chinese_report_in_its_own_encoding_is_read(report) -> None:
    row = {"SKU": "LMP-1", "FNSKU": "X0012AB34C", "ASIN": "B0LAMPBLK1", "商品名称": "台灯", "亚马逊物流可售数量": "3"}
    data = report(row, header=list(row), encoding="gb18030")
    assert recognise(data) is ReportKind.INVENTORY
    assert read_inventory(data).rows[0].title == "台灯"


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_imported(report, stock) -> None:
    rows = (
        stock,
        {**stock, "sku": ""},
        {**stock, "sku": "LMP-2", "fnsku": ""},
        {**stock, "sku": "LMP-3", "fnsku": "7 pieces"},
        {**stock, "sku": "LMP-4"},
    )
    read = read_inventory(report(*rows, header=HEADER))
    assert [label.sku for label in read.rows] == ["LMP-1", "LMP-4"]
    assert [problem.line for problem in read.problems] == [3, 4, 5]


def test_a_sku_has_a_line_for_each_condition_of_its_goods_but_one_label(report, stock) -> None:
    other = {**stock, "fnsku": "X0099ZZ99Z"}
    read = read_inventory(report(stock, stock, other, header=HEADER))
    assert ([label.line for label in read.rows], [problem.line for problem in read.problems]) == ([2], [4])


def test_what_is_no_inventory_is_refused(report, stock) -> None:
    for data in (b"", b"a,b\n1,2\n", report(header=HEADER)):
        with pytest.raises(Unreadable):
            read_inventory(data)


def test_reports_are_told_apart_by_their_headers(report, lamp, stock) -> None:
    assert recognise(report(lamp)) is ReportKind.LISTINGS
    assert recognise(report(stock, header=HEADER)) is ReportKind.INVENTORY
    assert recognise(report(header=FULFILLED)) is ReportKind.INVENTORY
    assert recognise(report(lamp, header=(*lamp, "fnsku"))) is ReportKind.LISTINGS


def test_a_report_of_another_kind_is_none_of_these(report) -> None:
    for data in (b"", b" \r\n", b"%PDF-1.7", report(header=RETURNS)):
        with pytest.raises(Unreadable):
            recognise(data)
