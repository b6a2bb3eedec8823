"""Which of Seller Central's reports a file is: people download several, and their names tell little."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from vault.domain.errors import Unreadable
from vault.domain.message import N_
from vault.reading.amazon.columns import INVENTORY_COLUMNS, LISTING_COLUMNS, ORDER_COLUMNS
from vault.reading.amazon.delimited import Aliases, known_columns


class ReportKind(StrEnum):
    """The reports that can be imported, as kept with each import."""

    LISTINGS = "all-listings"
    INVENTORY = "fba-inventory"
    ORDERS = "all-orders"


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of one kind of report, and those without which a file is not of that kind."""

    columns: Aliases
    telling: tuple[str, ...]


# Kinds that share columns stand with the one that needs more of them first: where as many are known, it is that.
HEADERS: Mapping[ReportKind, Header] = MappingProxyType(
    {
        ReportKind.ORDERS: Header(
            ORDER_COLUMNS, ("amazon-order-id", "purchase-date", "order-status", "sku", "quantity")
        ),
        ReportKind.INVENTORY: Header(INVENTORY_COLUMNS, ("sku", "fnsku", "fulfillable")),
        ReportKind.LISTINGS: Header(LISTING_COLUMNS, ("seller-sku", "item-name")),
    }
)


# How files begin that people take for reports, and what to do then.
_OTHER_FILES: Mapping[bytes, str] = MappingProxyType(
    {
        b"%pdf": N_(
            "This is a PDF. Reports come as text: choose the text file in Seller Central. Invoices go to Upload."
        ),
        b"pk\x03\x04": N_(
            "This is a packed file or an Excel workbook. Unpack it, or save it as CSV or text, and import that."
        ),
        b"\xd0\xcf\x11\xe0": N_("This is an Excel workbook. Save it as CSV or text, and import that."),
        b"<": N_(
            "This is a web page and no report: Seller Central may have signed you out. Sign in, and download again."
        ),
        b"{": N_("This is JSON and no report. Choose the report as a text file in Seller Central."),
        b"\x89png": N_("This is a picture. Reports come as text: choose the text file in Seller Central."),
        b"\xff\xd8\xff": N_("This is a picture. Reports come as text: choose the text file in Seller Central."),
    }
)


def recognise(data: bytes) -> ReportKind:
    """The kind of which most columns stand in the header line.

    Raises Unreadable ("empty", "unknown_report") for everything else.
    """
    if not data.strip():
        raise Unreadable("empty", N_("The file is empty. Download the report again and send it as it is."))
    for start, problem in _OTHER_FILES.items():
        if data.lstrip()[: len(start)].lower() == start:
            raise Unreadable("unknown_report", problem)
    known = {kind: known_columns(data, header.columns) for kind, header in HEADERS.items()}
    possible = [kind for kind, header in HEADERS.items() if known[kind].issuperset(header.telling)]
    if not possible:
        raise Unreadable(
            "unknown_report",
            N_(
                "This is none of the reports that can be imported here, or its first line is missing. Send the report as"
                " Seller Central gave it, header included."
            ),
        )
    return max(possible, key=lambda kind: len(known[kind]))
