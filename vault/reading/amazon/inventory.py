"""The FBA inventory report: under which label (FNSKU) Amazon keeps the goods of which SKU.

Columns: Seller Central help, "Manage FBA Inventory report" and "Amazon Fulfilled Inventory report".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vault.domain.errors import Unreadable
from vault.domain.message import N_, Message
from vault.domain.values import Asin
from vault.reading.amazon.columns import INVENTORY_COLUMNS
from vault.reading.amazon.delimited import Row, RowProblem, read_rows

_REQUIRED = ("sku", "fnsku")
# What Amazon prints on a label: ten letters and digits; the ASIN itself where the maker's barcode is the label.
_FNSKU = re.compile(r"[0-9A-Z]{10}")


@dataclass(frozen=True, slots=True)
class StockLabel:
    """The label of one SKU in Amazon's warehouses. `asin` and `title` are empty where the report does not say."""

    line: int
    sku: str
    fnsku: str
    asin: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class InventoryReport:
    """What an inventory report holds, one label for each SKU. Lines that say nothing new stand nowhere."""

    rows: tuple[StockLabel, ...]
    problems: tuple[RowProblem, ...]


def read_inventory(data: bytes) -> InventoryReport:
    """Reads the report exactly as downloaded. Raises Unreadable when it is empty or another kind of file."""
    labels: dict[str, StockLabel] = {}
    problems: list[RowProblem] = []
    for item in _items(data):
        if isinstance(item, RowProblem):
            problems.append(item)
        elif labels.setdefault(item.sku, item).fnsku != item.fnsku:  # a SKU has a line for each condition of its goods
            reason = Message(N_("The SKU %(sku)s has another FNSKU on an earlier line."), {"sku": item.sku})
            problems.append(RowProblem(item.line, reason))
    if not labels and not problems:
        raise Unreadable(
            "empty", N_("The report has a header and no goods. Choose “Manage FBA Inventory” and download it again.")
        )
    return InventoryReport(tuple(labels.values()), tuple(problems))


def _items(data: bytes) -> Iterator[StockLabel | RowProblem]:
    for item in read_rows(data, INVENTORY_COLUMNS, _REQUIRED):
        yield item if isinstance(item, RowProblem) else _label(item)


def _label(row: Row) -> StockLabel | RowProblem:
    sku, fnsku, asin = row.get("sku"), row.get("fnsku").upper(), row.get("asin").upper()
    if not sku:
        return RowProblem(row.line, Message(N_("The line has no SKU.")))
    if not fnsku:
        return RowProblem(row.line, Message(N_("The line has no FNSKU.")))
    if not _FNSKU.fullmatch(fnsku):
        return RowProblem(row.line, Message(N_("“%(value)s” is not an FNSKU."), {"value": row.get("fnsku")}))
    return StockLabel(row.line, sku, fnsku, asin if Asin.is_one(asin) else "", row.get("product-name"))
