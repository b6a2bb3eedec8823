"""What goes into the bundle of an audit, as plain data: the documents that people and proposals put in, and nothing else."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from vault.checks.coverage.facts import Days
from vault.db.entities.documents import Document
from vault.services.audits.evidence import Section
from vault.services.bundles.bags import plain_name
from vault.services.bundles.naming import without_amounts

# The section of documents that are about no single product.
OTHERS = "further"


@dataclass(frozen=True, slots=True)
class Included:
    """A document that goes in once, whatever it is evidence of. `name`: its own in the bundle, ``001-invoice.pdf``."""

    document: Document
    name: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document as it stood when the bundle was asked for. `name`: its own in the bundle.

    `reading_id` and `corrections`: what was read on it then, None where nothing was. `is_picture`: it shows something,
    so that nothing has to be read on it.
    """

    id: str
    name: str
    filename: str
    sha256: str
    size: int
    is_invoice: bool
    is_picture: bool
    number: str
    supplier_id: str | None
    supplier_name: str
    issued_on: date | None
    reading_id: str | None
    corrections: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document in a section. `positions`: its lines that are about the section's product; `units` on them."""

    document_id: str
    positions: tuple[int, ...] = ()
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Sales:
    """Units sold by day in the window. Only of the `known` days anybody may say that nothing was sold."""

    sold: Mapping[date, int]
    known: tuple[Days, ...]
    days_unknown: int

    @property
    def units(self) -> int:
        return sum(self.sold.values())


@dataclass(frozen=True, slots=True)
class ProductSection:
    """What is shown of one product. `sales` is None where nobody knows anything of them; `bought`: units that count."""

    asin: str
    title: str
    shown: tuple[Shown, ...]
    bought: int | None = None
    sales: Sales | None = None


@dataclass(frozen=True, slots=True)
class SupplierCard:
    """How a supplier can be reached, as the register had it. `address` is its lines."""

    id: str
    name: str
    address: str
    phone: str
    email: str
    website: str
    vat_number: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What is answered, by whom. `seller` is the legal entity, `store` what the seller account is called."""

    audit_id: str
    kind: str
    case_id: str
    language: str
    marketplace: str
    noticed_on: date
    seller: str
    store: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a bundle is made of, or one part of it. `others`: documents that are about no single product.

    `letter` is empty where none goes in. `journal_to`: the number of the journal's last entry that can be told of.
    """

    demand: Demand
    window: tuple[date, date]
    enclosed: tuple[Enclosed, ...]
    products: tuple[ProductSection, ...]
    others: tuple[Shown, ...]
    suppliers: tuple[SupplierCard, ...]
    letter: str
    journal_to: int

    @property
    def by_id(self) -> Mapping[str, Enclosed]:
        return {each.id: each for each in self.enclosed}

    @property
    def sections(self) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
        """What is shown under each heading: an ASIN, or OTHERS."""
        of_products = tuple((each.asin, each.shown) for each in self.products)
        return (*of_products, (OTHERS, self.others)) if self.others else of_products

    def only(self, wanted: Collection[tuple[str, str]], *, with_letter: bool) -> "Contents":
        """The part of it that shows these: pairs of a heading and a document's id. Nothing else is told of in it."""
        products = (_only(each, wanted) for each in self.products)
        others = tuple(each for each in self.others if (OTHERS, each.document_id) in wanted)
        ids = {document_id for _, document_id in wanted}
        enclosed = tuple(each for each in self.enclosed if each.id in ids)
        suppliers = {each.supplier_id for each in enclosed}
        return replace(
            self,
            enclosed=enclosed,
            products=tuple(each for each in products if each.shown),
            others=others,
            suppliers=tuple(each for each in self.suppliers if each.id in suppliers),
            letter=self.letter if with_letter else "",
        )


def included_of(sections: Iterable[Section]) -> dict[str, Included]:
    """Each document once, by id, numbered in the order of the sections."""
    chosen = {each.document.id: each.document for section in sections for each in section.chosen}
    return {
        document_id: Included(document, f"{number:03}-{plain_name(without_amounts(document.filename))}")
        for number, (document_id, document) in enumerate(chosen.items(), 1)
    }


def _only(section: ProductSection, wanted: Collection[tuple[str, str]]) -> ProductSection:
    """Where a part holds not all of a section's documents, its units are those of the ones that it holds."""
    shown = tuple(each for each in section.shown if (section.asin, each.document_id) in wanted)
    if shown == section.shown or section.bought is None:
        return replace(section, shown=shown)
    return replace(section, shown=shown, bought=sum(each.units or 0 for each in shown))
