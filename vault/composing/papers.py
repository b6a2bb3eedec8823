"""What stands on the pages that the vault writes itself. Plain data; how it looks is in templates/bundles.

Text comes as a person or a stranger wrote it and is escaped where it is shown; days are written the reader's way.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sheet(StrEnum):
    """The paper that all pages of a combined PDF have."""

    A4 = "A4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return (595.276, 841.89) if self is Sheet.A4 else (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. `part` of `parts`: where a channel's limits made several files of one bundle.

    `reference` is Amazon's own number of the case, `subject` says in a few words what is answered. `has_originals`:
    they are sent, too.
    """

    subject: str
    legal_entity: str
    store_name: str
    marketplace: str
    reference: str
    prepared_on: date
    notice_on: date | None = None
    asins: tuple[str, ...] = ()
    documents: int = 0
    part: int = 1
    parts: int = 1
    has_originals: bool = True


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice as the index and the section's page name it. `units`: of the section's ASIN."""

    number: str
    supplier: str
    issued_on: date | None = None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """What the page before an ASIN's papers says. The period is the one that the demand asks for.

    `days_unknown`: days of the period on which nobody knows what was sold.
    """

    asin: str
    product: str
    brand: str = ""
    since: date | None = None
    until: date | None = None
    units_invoiced: int | None = None
    units_sold: int | None = None
    days_unknown: int = 0


@dataclass(frozen=True, slots=True)
class MonthSales:
    """`month` is its first day. `partial`: the period begins or ends within it."""

    month: date
    units: int
    partial: bool = False


@dataclass(frozen=True, slots=True)
class SalesRecord:
    """Units sold of one ASIN, month by month, and the reports that say so, by file name.

    `days_unknown`: days of the period of which nothing is known; more may have been sold on them.
    """

    asin: str
    product: str
    since: date
    until: date
    months: tuple[MonthSales, ...]
    sources: tuple[str, ...] = ()
    units_invoiced: int | None = None
    days_unknown: int = 0

    @property
    def units(self) -> int:
        return sum(month.units for month in self.months)


@dataclass(frozen=True, slots=True)
class SupplierContact:
    """How Amazon can verify a supplier. `address` is its lines without the name."""

    name: str
    address: tuple[str, ...]
    phone: str = ""
    email: str = ""
    website: str = ""
    tax_number: str = ""
    contact_person: str = ""
    asins: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SupplierSheet:
    suppliers: tuple[SupplierContact, ...]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file or folder of the bundle, and what it is."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class ReaderNote:
    """The one page that tells the reader at Amazon what was sent and how its completeness can be checked.

    `left_out`: documents of which there is no copy, each with why, and where its original is.
    """

    cover: Cover
    enclosures: tuple[Enclosure, ...]
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    redacted: bool = False
    left_out: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """The page that stands in for a document of which no copy could be made: `name` of the document, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter as plain text, its lines as they were written."""

    text: str


Paper = Cover | SalesRecord | SupplierSheet | ReaderNote | Slip | LetterPage
"""What can be printed by itself. The index and the sections' pages need page numbers: the combined PDF makes them."""
