"""The all-listings report: which SKU is offered under which ASIN, with title, barcode, price, stock and status.

Columns and the meaning of product-id-type: Seller Central help, "Active Listings Report" (1 ASIN, 2 ISBN, 3 UPC, 4 EAN).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from stdnum import ean, isbn

from vault.domain.errors import Unreadable
from vault.domain.message import N_, Message
from vault.domain.products import Product
from vault.domain.values import Asin
from vault.reading.amazon.columns import LISTING_COLUMNS
from vault.reading.amazon.delimited import Row, RowProblem, read_rows
from vault.reading.amazon.numbers import decimal_of, integer_of

_REQUIRED = ("seller-sku", "item-name")
_DAMAGED_BY_SPREADSHEET = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """One offer: a SKU of the seller account. Empty strings and None stand for what the report leaves empty."""

    line: int
    sku: str
    title: str
    asin: str = ""
    gtin: str = ""
    price: Decimal | None = None
    quantity: int | None = None
    status: str = ""
    fulfilment: str = ""
    condition: str = ""
    opened: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ListingsReport:
    """What an all-listings report holds. Every line is either in `rows` or named in `problems` (some in both)."""

    rows: tuple[Listing, ...]
    problems: tuple[RowProblem, ...]

    def products(self) -> tuple[Product, ...]:
        """One product for each ASIN; a listing without one stands for itself."""
        return products_of(self.rows)


def read_listings(data: bytes) -> ListingsReport:
    """Reads the report exactly as downloaded. Raises Unreadable when it is empty or another kind of file."""
    rows: list[Listing] = []
    problems: list[RowProblem] = []
    seen: set[str] = set()
    for item in iter_listings(data):
        if isinstance(item, RowProblem):
            problems.append(item)
        elif item.sku in seen:
            problems.append(
                RowProblem(item.line, Message(N_("The SKU %(sku)s stands on an earlier line."), {"sku": item.sku}))
            )
        else:
            seen.add(item.sku)
            rows.append(item)
    if not rows and not problems:
        raise Unreadable(
            "empty", N_("The report has a header and no listings. Choose “All Listings” and download it again.")
        )
    return ListingsReport(tuple(rows), tuple(problems))


def iter_listings(data: bytes) -> Iterator[Listing | RowProblem]:
    """The listings and problems one by one, in the order of the file."""
    for item in read_rows(data, LISTING_COLUMNS, _REQUIRED):
        if isinstance(item, RowProblem):
            yield item
        else:
            yield from _listing(item)


def products_of(listings: Iterable[Listing]) -> tuple[Product, ...]:
    """One product for each ASIN, in the order of first appearance, with all its SKUs and barcodes.

    The title is that of the first listing that has one.
    """
    groups: dict[str, _Group] = {}
    for listing in listings:
        groups.setdefault(listing.asin or listing.sku, _Group()).listings.append(listing)
    return tuple(group.product(key) for key, group in groups.items())


@dataclass(slots=True)
class _Group:
    listings: list[Listing] = field(default_factory=list)

    def product(self, key: str) -> Product:
        first = self.listings[0]
        price = next((item.price for item in self.listings if item.price is not None), None)
        return Product(
            id=key,
            title=next((item.title for item in self.listings if item.title), ""),
            asin=first.asin,
            skus=tuple(dict.fromkeys(item.sku for item in self.listings)),
            gtins=tuple(dict.fromkeys(item.gtin for item in self.listings if item.gtin)),
            attributes={"price": str(price)} if price is not None else {},
        )


def _listing(row: Row) -> Iterator[Listing | RowProblem]:
    sku = row.get("seller-sku")
    if not sku:
        yield RowProblem(row.line, Message(N_("The line has no SKU.")))
        return
    price, quantity = decimal_of(row.get("price")), integer_of(row.get("quantity"))
    asin, gtin = _asin(row), _gtin(row)
    yield from _doubts(row, asin, gtin)
    yield Listing(
        line=row.line,
        sku=sku,
        title=row.get("item-name"),
        asin=asin,
        gtin=gtin,
        price=price,
        quantity=quantity,
        status=row.get("status"),
        fulfilment=row.get("fulfillment-channel"),
        condition=row.get("item-condition"),
        opened=row.get("open-date"),
        description=row.get("item-description"),
    )


def _doubts(row: Row, asin: str, gtin: str) -> Iterator[RowProblem]:
    for column, read in (("price", decimal_of(row.get("price"))), ("quantity", integer_of(row.get("quantity")))):
        if row.get(column) and read is None:
            reason = Message(N_("“%(value)s” is not a %(column)s."), {"value": row.get(column), "column": column})
            yield RowProblem(row.line, reason, kept=True)
    printed = row.get("asin1")
    if printed and not asin:
        yield RowProblem(row.line, Message(N_("“%(value)s” is not an ASIN."), {"value": printed}), kept=True)
    if _DAMAGED_BY_SPREADSHEET.search(row.get("product-id")):
        reason = Message(
            N_("A spreadsheet turned the barcode into “%(value)s”: it cannot be recovered."),
            {"value": row.get("product-id")},
        )
        yield RowProblem(row.line, reason, kept=True)


def _asin(row: Row) -> str:
    """asin1; reports without that column give the ASIN as product-id of type 1."""
    candidates = [row.get("asin1"), row.get("product-id") if _id_kind(row) in ("1", "asin", "") else ""]
    return next((text for text in map(str.upper, candidates) if Asin.is_one(text)), "")


def _gtin(row: Row) -> str:
    """The barcode when its check digit is right, leading zeros restored (spreadsheets drop them)."""
    number = re.sub(r"[\s-]", "", row.get("product-id")).upper()
    if _id_kind(row) in ("1", "asin") or not number:
        return ""
    if len(number) in (9, 10) and isbn.is_valid(number.zfill(10)):
        return isbn.to_isbn13(number.zfill(10)) if _id_kind(row) in ("2", "isbn") else ""
    padded = next((number.zfill(size) for size in (8, 12, 13, 14) if len(number) <= size), number)
    return padded if len(number) >= 7 and ean.is_valid(padded) else ""


def _id_kind(row: Row) -> str:
    return row.get("product-id-type").casefold()
