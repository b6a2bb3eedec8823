"""What the rule book says of each kind of paper: whether it expires, and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, validate

from vault.domain.papers import PaperKind


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One kind. `expires`: papers of this kind have a last day, unless a person says that this one has none.

    `keep_years`: how long the original is kept, from the end of the year of its upload. `is_picture`: it shows
    something, so nothing has to be read on it.
    """

    kind: PaperKind
    expires: bool
    keep_years: int
    is_picture: bool
    source: str


class PaperRuleSchema(Schema):
    """One kind of paper in a rule book file."""

    expires = fields.Boolean(required=True, truthy={True}, falsy={False})
    keep_years = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=100))
    is_picture = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    source = fields.String(required=True, validate=validate.Length(min=5))


def paper_rules(own: Mapping[PaperKind, Any], data: Mapping[PaperKind, Any]) -> Mapping[PaperKind, PaperRule]:
    """Every kind as `data` has it, and as the product's `own` book has it where `data` leaves it out."""
    return {kind: PaperRule(kind=kind, **item) for kind, item in {**own, **data}.items()}
