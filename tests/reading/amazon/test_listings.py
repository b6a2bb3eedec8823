"""The all-listings report, as it is downloaded and as people send it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.domain.errors import Unreadable
from vault.reading.amazon.listings import Listing, read_listings

FRENCH = {
    "item-name": "nom-produit", "seller-sku": "sku-vendeur", "price": "prix", "quantity": "quantité",
    "product-id-type": "type-id-produit", "product-id": "id-produit", "status": "état",
}  # fmt: skip


def test_a_listing_is_read_with_all_it_says(report, lamp) -> None:
    assert read_listings(report(lamp)).rows == (
        Listing(
            line=2,
            sku="LMP-1",
            title="Lumora Lampe de chevet – édition spéciale €",
            asin="B0LAMPBLK1",
            gtin="4006381333931",
            price=Decimal("19.99"),
            quantity=7,
            status="Active",
            fulfilment="DEFAULT",
            condition="11",
            opened="28/02/2026 15:20:20 MET",
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_and_separator_reads_the_same(report, lamp, encoding, separator, newline) -> None:
    data = report(lamp, encoding=encoding, separator=separator, newline=newline)
    assert read_listings(data) == read_listings(report(lamp))


def test_a_file_that_changes_its_encoding_half_way_is_read_line_by_line(report, lamp) -> None:
    other = report({**lamp, "seller-sku": "LMP-2"}, encoding="cp1252").split(b"\r\n", 1)[1]
    titles = {listing.title for listing in read_listings(report(lamp) + other).rows}
    assert titles == {lamp["item-name"]}


def test_column_names_of_another_country_are_understood(report, lamp) -> None:
    row = {FRENCH.get(name, name): value for name, value in lamp.items()}
    data = report(row, header=[*FRENCH.values(), "asin1"], encoding="cp1252")
    (listing,) = read_listings(data).rows
    assert (listing.title, listing.quantity, listing.status) == (lamp["item-name"], 7, "Active")


def test_a_japanese_report_in_its_own_encoding_is_read(report) -> None:
    row = {"商品名": "電気スタンド", "出品者SKU": "LMP-JP", "価格": "1,299", "数量": "3", "asin1": "B0LAMPBLK1"}
    (listing,) = read_listings(report(row, header=list(row), encoding="cp932")).rows
    assert (listing.title, listing.price, listing.quantity) == ("電気スタンド", Decimal(1299), 3)


def test_a_translation_in_brackets_is_ignored(report, lamp) -> None:
    header = {"item-name": "item-name (ürün adı)", "seller-sku": "seller-sku (satıcı sku)"}
    data = report({header[name]: lamp[name] for name in header}, header=list(header.values()))
    assert read_listings(data).rows[0].sku == "LMP-1"


def test_columns_may_be_missing_added_or_in_another_order(report, lamp) -> None:
    data = report({**lamp, "brand-new-column": "?"}, header=["brand-new-column", "asin1", "seller-sku", "item-name"])
    (listing,) = read_listings(data).rows
    assert (listing.asin, listing.sku, listing.price) == ("B0LAMPBLK1", "LMP-1", None)


def test_without_an_asin_column_the_product_id_gives_it(report, lamp) -> None:
    row = {**lamp, "product-id": "B0LAMPBLK1", "product-id-type": "1"}
    (listing,) = read_listings(report(row, header=["item-name", "seller-sku", "product-id", "product-id-type"])).rows
    assert (listing.asin, listing.gtin) == ("B0LAMPBLK1", "")


@pytest.mark.parametrize(
    ("printed", "kind", "gtin"),
    [
        ("036000291452", "3", "036000291452"),
        ("36000291452", "3", "036000291452"),
        ("0306406152", "2", "9780306406157"),
        ("306406152", "2", "9780306406157"),
        ("4006381333932", "4", ""),
        ("", "", ""),
        ("hello", "4", ""),
    ],
)
def test_a_barcode_counts_only_with_a_right_check_digit(report, lamp, printed, kind, gtin) -> None:
    (listing,) = read_listings(report({**lamp, "product-id": printed, "product-id-type": kind})).rows
    assert listing.gtin == gtin


def test_an_inch_mark_is_no_quotation_mark_in_a_tab_separated_report(report, lamp) -> None:
    rows = [{**lamp, "item-name": '"Retro" TV 15" black', "seller-sku": f"TV-{number}"} for number in range(3)]
    report_read = read_listings(report(*rows))
    assert [listing.title for listing in report_read.rows] == ['"Retro" TV 15" black'] * 3


def test_a_spreadsheet_s_quotation_marks_are_taken_off(report, lamp) -> None:
    (listing,) = read_listings(report({**lamp, "item-name": '"TV 15"" black, new"'})).rows
    assert listing.title == 'TV 15" black, new'


def test_a_quoted_cell_may_run_over_lines_in_a_comma_separated_report(report, lamp) -> None:
    rows = [{**lamp, "item-name": '"Lamp,\nwith cable"'}, {**lamp, "seller-sku": "LMP-2"}]
    read = read_listings(report(*rows, separator=",", newline="\n"))
    assert [(listing.line, listing.title.split()[0]) for listing in read.rows] == [(2, "Lamp,"), (4, "Lumora")]


def test_an_open_quotation_mark_costs_one_line_and_not_the_rest(report, lamp) -> None:
    rows = [{**lamp, "item-name": '"Lamp', "seller-sku": "BAD"}]
    rows += [{**lamp, "seller-sku": f"GOOD-{number}"} for number in range(60)]
    read = read_listings(report(*rows, separator=","))
    assert len(read.rows) == 60
    assert [(problem.line, problem.kept) for problem in read.problems] == [(2, False)]


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_imported(report, lamp) -> None:
    good, no_sku, nul = lamp, {**lamp, "seller-sku": ""}, {**lamp, "seller-sku": "N\0L"}
    data = report(good, no_sku, nul) + "\t".join(["x"] * 20).encode() + b"\r\n\r\n"
    read = read_listings(data)
    assert [listing.line for listing in read.rows] == [2]
    assert [problem.line for problem in read.problems] == [3, 4, 5]
    assert str(read.problems[0].reason) == "The line has no SKU."
    assert "20 cells" in str(read.problems[2].reason)


def test_a_cell_that_cannot_be_read_is_named_and_the_listing_kept(report, lamp) -> None:
    row = {**lamp, "price": "ask", "quantity": "many", "asin1": "B0", "product-id": "4,00638E+12"}
    read = read_listings(report(row))
    assert (read.rows[0].price, read.rows[0].quantity, read.rows[0].asin) == (None, None, "")
    assert [problem.kept for problem in read.problems] == [True] * 4
    assert "4,00638E+12" in str(read.problems[3].reason)


def test_a_sku_that_comes_twice_is_named(report, lamp) -> None:
    read = read_listings(report(lamp, lamp))
    assert len(read.rows) == 1
    assert "LMP-1" in str(read.problems[0].reason)


def test_an_asin_with_several_skus_is_one_product(report, lamp) -> None:
    second = {**lamp, "seller-sku": "LMP-1-FBA", "product-id": "036000291452", "item-name": ""}
    alone = {**lamp, "seller-sku": "NO-ASIN", "asin1": "", "product-id": ""}
    products = read_listings(report(lamp, second, alone)).products()
    assert [(product.id, product.skus) for product in products] == [
        ("B0LAMPBLK1", ("LMP-1", "LMP-1-FBA")),
        ("NO-ASIN", ("NO-ASIN",)),
    ]
    assert products[0].gtins == ("4006381333931", "036000291452")
    assert products[0].title == lamp["item-name"]
    assert products[0].attributes == {"price": "19.99"}


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\xef\xbb\xbf", b"hello world\n1\t2\n", b"%PDF-1.7\n\x00\x01", b"sku\tasin\nA\tB\n"]
)
def test_another_kind_of_file_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_listings(data)
    assert refused.value.reason in ("empty", "unknown_columns")


def test_a_report_without_listings_is_refused(report) -> None:
    with pytest.raises(Unreadable, match="no listings"):
        read_listings(report())


@given(st.binary(max_size=300))
def test_no_bytes_after_the_header_can_break_it(tail: bytes) -> None:
    header = b"item-name\tseller-sku\tprice\tquantity\tasin1\tproduct-id\n"
    read = read_listings(header + b"Lamp\tLMP-1\t1\t1\t\t\n" + tail)
    assert read.rows[0].sku == "LMP-1"
    lines = (header + tail).splitlines()
    assert all(2 <= item.line <= len(lines) + 1 for item in (*read.rows, *read.problems))


@given(
    st.lists(
        st.tuples(st.from_regex(r"[A-Z0-9-]{1,12}", fullmatch=True), st.text("abc é\"'ß,;", max_size=20)), max_size=20
    )
)
def test_every_line_is_a_listing_or_a_problem(rows: list[tuple[str, str]]) -> None:
    data = "\n".join(["item-name\tseller-sku\tprice", "Lamp\tFIRST\t1", *(f"{title}\t{sku}\t1" for sku, title in rows)])
    read = read_listings(data.encode())
    assert len(read.rows) + len(read.problems) == len(rows) + 1
