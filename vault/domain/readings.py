"""A reading: what was read from a document, each value with where it came from.

Boxes are fractions of the page (0 … 1), origin top left. Confidences are 0 … 1. Pages count from 1.
"""

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Source(StrEnum):
    """Who said so. `PERSON` is a correction; it stands beside what the machine read, never in its place."""

    XML = "xml"
    TEXT = "text"
    OCR = "ocr"
    PERSON = "person"


class PageSource(StrEnum):
    """How a page was read. `UNREAD`: not read at all (the reason is in `Reading.problems`)."""

    TEXT = "text"
    OCR = "ocr"
    UNREAD = "unread"


class DocumentKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    PRO_FORMA = "pro_forma"
    ORDER_CONFIRMATION = "order_confirmation"
    QUOTE = "quote"
    DELIVERY_NOTE = "delivery_note"
    PACKING_LIST = "packing_list"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: "Box") -> "Box":
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands on the page."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """`width` and `height` are points (1/72 inch) as displayed, rotation applied.

    `words` are in reading order. `dpi` is the resolution of the scan behind the page, None for born-digital pages.
    `language` is ISO 639-1, empty when unknown.
    """

    number: int
    source: PageSource
    words: tuple[Word, ...] = ()
    width: float = 595.0
    height: float = 842.0
    language: str = ""
    confidence: float = 0.0
    dpi: float | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Extracted(Generic[T]):
    """A value with its provenance. `page` and `box` are None where the source is XML or a person."""

    value: T
    confidence: float
    source: Source
    raw: str = ""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """The head of an invoice. None: not found.

    Addresses are the printed lines joined by ``\\n``, without the name. Countries ISO 3166-1 alpha-2, currency ISO 4217.
    Amounts are negative on credit notes.
    """

    supplier_name: Extracted[str] | None = None
    supplier_address: Extracted[str] | None = None
    supplier_country: Extracted[str] | None = None
    supplier_vat: Extracted[str] | None = None
    supplier_phone: Extracted[str] | None = None
    supplier_email: Extracted[str] | None = None
    supplier_website: Extracted[str] | None = None
    buyer_name: Extracted[str] | None = None
    buyer_address: Extracted[str] | None = None
    number: Extracted[str] | None = None
    issue_date: Extracted[date] | None = None
    due_date: Extracted[date] | None = None
    currency: Extracted[str] | None = None
    net: Extracted[Decimal] | None = None
    tax: Extracted[Decimal] | None = None
    total: Extracted[Decimal] | None = None

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(item.name for item in fields(cls))


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Product identifiers read on one line. GTINs have a valid check digit, else they are not here."""

    asin: str | None = None
    gtin: str | None = None
    sku: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class LineItem:
    """`discount`: the money that the line's own discount takes off quantity × unit price."""

    description: Extracted[str] | None = None
    quantity: Extracted[Decimal] | None = None
    unit_price: Extracted[Decimal] | None = None
    amount: Extracted[Decimal] | None = None
    identifiers: Identifiers = Identifiers()
    discount: Extracted[Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A charge (above zero) or a discount (below) on the whole invoice: what stands between the lines and the net."""

    label: str
    amount: Extracted[Decimal]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept a part of the document from being read: a stable code and where (None: everywhere)."""

    code: str
    page: int | None = None


SIGNS_IN_PART = "signs_in_part"
"""The `Problem` of a page, or a file, that was not searched for signs of editing to its end."""


class SignKind(StrEnum):
    """What speaks for a document having been edited after it was made."""

    CHANGED_TEXT = "changed_text"
    CHANGED_LOOK = "changed_look"
    COVERED = "covered"
    LAID_OVER = "laid_over"
    MIXED_FONTS = "mixed_fonts"
    INVISIBLE = "invisible"
    XML_DIFFERS = "xml_differs"
    EDITING_TOOL = "editing_tool"
    SAVED_LATER = "saved_later"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of editing: what stands there (`raw`), and what it was compared with (`compared`).

    `page` and `box` are None where the sign is the file's and not a place's.

    - ``changed_text``: a version kept inside the file says `compared` here, or nothing;
    - ``changed_look``: a version kept inside the file draws the page in another way;
    - ``covered``: something opaque lies over the text `compared`; `raw` was written on top of it;
    - ``laid_over``: a comment, a stamp or a shape lies over the page's own text, `compared`;
    - ``mixed_fonts``: the figures of one number come from two fonts or sizes, `compared`;
    - ``invisible``: the value was read from text that the page does not show;
    - ``xml_differs``: the page says `raw`, the e-invoice inside the file `compared`, which is on no page;
    - ``editing_tool``: the program `raw` left its name, the file was made by `compared`;
    - ``saved_later``: the file was saved at `raw`, made at `compared`.
    """

    kind: SignKind
    raw: str
    compared: str = ""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document. Made by `vault.reading`, stored as JSON, judged by `vault.checks`.

    `signs` of editing: None where the reader did not look for them, as readers before the second did not; where it
    could not look at everything, `problems` has ``signs_in_part``.
    """

    kind: Extracted[DocumentKind]
    pages: tuple[Page, ...]
    fields: Fields = Fields()
    lines: tuple[LineItem, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    problems: tuple[Problem, ...] = ()
    media_type: str = ""
    reader: str = field(default="")
    signs: tuple[Sign, ...] | None = None

    @property
    def text(self) -> str:
        """The words of all pages, for the full-text search."""
        return "\n".join(page.text for page in self.pages)
