"""Reads a rule book file and refuses one that is not whole."""

import hashlib
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from vault.domain.audits import AuditKind
from vault.domain.cadence import Cadence, parse_cadence
from vault.domain.errors import Misconfigured
from vault.domain.findings import Severity
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.domain.readiness import ReadinessPart
from vault.rules.book import CheckRule, Duty, Profile, ReadinessRule, ReminderRule, RuleBook, Setting
from vault.rules.channels import ChannelRule, ChannelSchema
from vault.rules.evidence import EvidenceSchema, evidence_list
from vault.rules.papers import PaperRuleSchema, paper_rules

# What a profile can judge; each has a registry of its own in `vault.checks.registry`.
ABOUT = ("invoice", "paper", "link", "account", "security", "routine", "further_account", "coverage", "sales", "audit")


class _SettingField(fields.Field[Setting]):
    """A whole number, a text or a list of texts."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Setting:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        raise ValidationError("must be a whole number, a text or a list of texts")


class _CheckSchema(Schema):
    check = fields.String(required=True, validate=validate.Length(min=1))
    required = fields.Boolean(required=True, truthy={True}, falsy={False})
    severity = fields.Enum(Severity, by_value=True, required=True)
    source = fields.String(required=True, validate=validate.Length(min=5))
    settings = fields.Dict(keys=fields.String(), values=_SettingField(), load_default=dict)


class _ProfileSchema(Schema):
    version = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    title = fields.String(required=True)
    about = fields.String(load_default="invoice", validate=validate.OneOf(ABOUT))
    extends = fields.String(load_default="")
    checks = fields.List(fields.Nested(_CheckSchema), required=True, validate=validate.Length(min=1))


class _CadenceField(fields.Field[Cadence]):
    """A cadence as `vault.domain.cadence` writes it."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Cadence:
        try:
            return parse_cadence(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class _DutySchema(Schema):
    kind = fields.String(required=True, validate=validate.Length(min=1, max=40))
    title = fields.String(required=True, validate=validate.Length(min=1, max=200))
    why = fields.String(required=True)
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=600))
    cadence = _CadenceField(required=True)
    source = fields.String(required=True, validate=validate.Length(min=5))


def _whole() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=366))


class _RemindersSchema(Schema):
    source = fields.String(required=True, validate=validate.Length(min=5))
    days_before = fields.List(_whole(), required=True, validate=validate.Length(max=10))
    overdue_every = _whole()
    escalate_days = fields.Dict(keys=fields.Enum(Severity, by_value=True), values=_whole(), required=True)
    together = _whole()


class _ReadinessSchema(Schema):
    source = fields.String(required=True, validate=validate.Length(min=5))
    weights = fields.Dict(
        keys=fields.Enum(ReadinessPart, by_value=True),
        values=fields.Integer(strict=True, validate=validate.Range(min=0, max=100)),
        required=True,
    )
    critical_limit = _whole()

    @validates_schema
    def require_a_hundred(self, data: Mapping[str, Any], **_: Any) -> None:
        if sum(data["weights"].values()) != 100:
            raise ValidationError("the weights of the parts make 100 together", "weights")

    @post_load
    def name_every_part(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A copy from before a part came counts without it."""
        return {**data, "weights": {part: data["weights"].get(part, 0) for part in ReadinessPart}}


class _BookSchema(Schema):
    title = fields.String(required=True)
    due_days = fields.Dict(
        keys=fields.Enum(Severity, by_value=True),
        values=fields.Integer(strict=True, validate=validate.Range(min=0, max=366)),
        required=True,
        validate=validate.Length(equal=len(Severity)),
    )
    reminders = fields.Nested(_RemindersSchema)
    readiness = fields.Nested(_ReadinessSchema)
    profiles = fields.Dict(keys=fields.String(), values=fields.Nested(_ProfileSchema), required=True)
    duties = fields.List(fields.Nested(_DutySchema))
    letters = fields.List(fields.Nested(_CheckSchema))
    papers = fields.Dict(keys=fields.Enum(PaperKind, by_value=True), values=fields.Nested(PaperRuleSchema))
    audits = fields.Dict(keys=fields.Enum(AuditKind, by_value=True), values=fields.Nested(EvidenceSchema))
    channels = fields.Dict(
        keys=fields.String(validate=validate.Regexp(r"[a-z_]{1,40}\Z")), values=fields.Nested(ChannelSchema)
    )

    @validates_schema
    def require_what_is_extended(self, data: Mapping[str, Any], **_: Any) -> None:
        for name, item in data["profiles"].items():
            base = data["profiles"].get(item["extends"])
            if item["extends"] and (base is None or base["extends"] or base["about"] != item["about"]):
                raise ValidationError("a profile extends one of this file that extends no other", name)


def load_rules(path: Path | None = None) -> RuleBook:
    """The rule book in `path`, or the one that comes with the product.

    Raises Misconfigured with the file and the place of the mistake.
    """
    try:
        content = path.read_bytes() if path else _own_book()
        data = _load(content)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise Misconfigured(
            N_("The rule book %(path)s cannot be used: %(problem)s. Correct the file and start again."),
            path=str(path or "rulebook.toml"),
            problem=str(error),
        ) from error
    own = _load(_own_book()) if path else data
    # What a copy does not have, because it was made before or left it out, is as the product has it.
    profiles = {**own["profiles"], **data["profiles"]}
    return RuleBook(
        version=hashlib.sha256(content).hexdigest()[:12],
        profiles={name: _profile(name, item, profiles) for name, item in profiles.items()},
        due_days=data["due_days"],
        reminders=ReminderRule(**data.get("reminders", own["reminders"])),
        readiness=ReadinessRule(**data.get("readiness", own["readiness"])),
        duties=tuple(Duty(**item) for item in data.get("duties", own["duties"])),
        letters=tuple(CheckRule(**item) for item in data.get("letters", own["letters"])),
        papers=paper_rules(own["papers"], data.get("papers", {})),
        audits={kind: evidence_list(kind, item) for kind, item in {**own["audits"], **data.get("audits", {})}.items()},
        channels={
            name: ChannelRule(name=name, **item)
            for name, item in {**own["channels"], **data.get("channels", {})}.items()
        },
    )


def _own_book() -> bytes:
    return resources.files("vault.rules").joinpath("data/rulebook.toml").read_bytes()


def _load(content: bytes) -> dict[str, Any]:
    return dict(_BookSchema().load(tomllib.loads(content.decode())))


def _profile(name: str, item: Mapping[str, Any], profiles: Mapping[str, Mapping[str, Any]]) -> Profile:
    rules = {rule["check"]: CheckRule(**rule) for rule in [*_inherited(item, profiles), *item["checks"]]}
    return Profile(name, item["version"], item["title"], tuple(rules.values()), item["about"])


def _inherited(item: Mapping[str, Any], profiles: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The checks of the profile that `item` extends: one with checks of its own, which extends no other."""
    return list(profiles[item["extends"]]["checks"]) if item["extends"] else []
