"""What each kind of audit is answered with, as the rule book lists it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from vault.domain.audits import AuditKind


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One part of the evidence: documents of the kinds `papers`, as good as any of them.

    `is_per_product`: every product of the notice needs its own. `required`: without it the evidence is not complete.
    """

    name: str
    papers: tuple[str, ...]
    is_per_product: bool
    required: bool
    source: str


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The evidence for one kind of audit.

    `profile`: the invoice profile under which invoices are judged, empty where invoices prove nothing. `window_days`:
    how far before the notice they may be issued. `min_units`: how many units of a product they must show at least;
    `covers_sales`: they must cover what was sold in the window, too. `hours`: how long an answer may take where the
    notice names no deadline; 0 where nothing is known. `wants_plan`: whether the answer tells cause, action taken and
    prevention.
    """

    kind: AuditKind
    profile: str
    window_days: int
    hours: int
    min_units: int
    covers_sales: bool
    wants_plan: bool
    source: str
    parts: tuple[EvidencePart, ...]

    def part(self, name: str) -> EvidencePart | None:
        return next((part for part in self.parts if part.name == name), None)


class _PartSchema(Schema):
    name = fields.String(required=True, validate=validate.Regexp(r"[a-z_]{1,40}\Z"))
    papers = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    is_per_product = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    required = fields.Boolean(required=True, truthy={True}, falsy={False})
    source = fields.String(required=True, validate=validate.Length(min=5))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EvidencePart:
        return EvidencePart(**{**data, "papers": tuple(data["papers"])})


class EvidenceSchema(Schema):
    """The evidence of one kind of audit in a rule book file."""

    profile = fields.String(load_default="")
    window_days = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0, max=3660))
    hours = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0, max=24 * 366))
    min_units = fields.Integer(load_default=1, strict=True, validate=validate.Range(min=1))
    covers_sales = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    wants_plan = fields.Boolean(required=True, truthy={True}, falsy={False})
    source = fields.String(required=True, validate=validate.Length(min=5))
    parts = fields.List(fields.Nested(_PartSchema), required=True, validate=validate.Length(min=1))

    @validates_schema
    def require_names_once(self, data: Mapping[str, Any], **_: Any) -> None:
        names = [part.name for part in data["parts"]]
        if len(names) != len(set(names)):
            raise ValidationError("each part has a name of its own", "parts")


def evidence_list(kind: AuditKind, data: Mapping[str, Any]) -> EvidenceList:
    """One entry of a rule book that `EvidenceSchema` has accepted."""
    return EvidenceList(kind=kind, **{**data, "parts": tuple(data["parts"])})
