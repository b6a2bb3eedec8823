"""Identifiers on a line: which products they name, and which products they rule out."""

from collections.abc import Iterator
from dataclasses import dataclass

from vault.domain.products import Product
from vault.matching.identifiers import asins, fnskus, gtin14, gtins
from vault.matching.index import Index
from vault.matching.query import Query
from vault.matching.text import compact, looks_like_code

# A SKU found inside running text must be unmistakable.
SHORTEST_SKU_IN_TEXT = 6


@dataclass(frozen=True, slots=True)
class Named:
    """The products one identifier names (places in the index), and what it was, e.g. "EAN 3518370400049"."""

    places: tuple[int, ...]
    reason: str


def named_products(index: Index, query: Query) -> Named | None:
    """The products that the strongest known identifier of the line names.

    ASIN, then FNSKU, GTIN, SKU: from what identifies one listing for certain to what a supplier may use for
    something else.
    """
    for kind, label, value in _identifiers(query):
        places = index.identified(kind, value)
        if places:
            return Named(places, f"{label} {value.lstrip('0') if kind == 'gtin' else value}")
    return None


@dataclass(frozen=True, slots=True)
class Demands:
    """The ASINs and barcodes that a line prints: a product that has others is not the one it means."""

    asins: frozenset[str]
    gtins: frozenset[str]

    @classmethod
    def of(cls, query: Query) -> "Demands":
        return cls(
            frozenset(text.upper() for text in (query.asin, *asins(query.text)) if text),
            frozenset(number for number in (gtin14(query.gtin), *gtins(query.text)) if number),
        )

    def refuse(self, product: Product) -> str:
        """Why the product cannot be the one; empty when it can."""
        if self.asins and product.asin and product.asin.upper() not in self.asins:
            return "other ASIN"
        known = {number for number in map(gtin14, product.gtins) if number} if self.gtins else set()
        return "other EAN" if known and not self.gtins & known else ""


def _identifiers(query: Query) -> Iterator[tuple[str, str, str]]:
    for asin in (query.asin.strip().upper(), *asins(query.text)):
        yield "asin", "ASIN", asin
    for fnsku in (query.fnsku.strip().upper(), *fnskus(query.text)):
        yield "fnsku", "FNSKU", fnsku
    for number in (gtin14(query.gtin), gtin14(query.sku), *gtins(query.text)):
        yield "gtin", "EAN", number
    for sku in (query.sku.strip(), *_skus_in(query.text)):
        if looks_like_code(compact(sku)):
            yield "sku", "SKU", sku.casefold()


def _skus_in(text: str) -> Iterator[str]:
    """The printed pieces that are long and mixed enough to be a SKU and nothing else."""
    for piece in text.split():
        sku = piece.strip(".,;:()[]")
        if len(sku) >= SHORTEST_SKU_IN_TEXT and looks_like_code(compact(sku)):
            yield sku
