"""Products of a catalogue, and how sure we are that an invoice line means one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Product:
    """One product as the catalogue knows it. `id` is unique within the catalogue.

    `skus`, `gtins`: an ASIN is often listed under several. `attributes`: whatever else the catalogue says
    (price, size …), as printed.
    """

    id: str
    title: str
    asin: str = ""
    fnsku: str = ""
    skus: tuple[str, ...] = ()
    gtins: tuple[str, ...] = ()
    brand: str = ""
    model: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


class Decision(StrEnum):
    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` is the probability (0 … 1) that the line means this product; `reasons` say why, in short words."""

    product_id: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineMatch:
    """At most ten candidates, best first. `product_id` is set exactly when `decision` is MATCH.

    `by_person`: a person picked the product (or said that there is none); machines do not overrule that.
    """

    decision: Decision
    product_id: str | None = None
    candidates: tuple[Candidate, ...] = ()
    by_person: bool = False
