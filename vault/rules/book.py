"""The rule book: every number that the checks use, with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vault.domain.audits import AuditKind
from vault.domain.cadence import Cadence
from vault.domain.findings import Severity
from vault.domain.papers import PaperKind
from vault.domain.readiness import ReadinessPart
from vault.rules.channels import ChannelRule
from vault.rules.evidence import EvidenceList
from vault.rules.papers import PaperRule

Setting = int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckRule:
    """How one profile uses one check.

    `severity`: how soon a failure hurts. `required` False: what would fail is a warning only.
    """

    check: str
    required: bool
    severity: Severity
    settings: Mapping[str, Setting]
    source: str

    def number(self, name: str) -> int:
        """The whole number called `name`. Raises KeyError where the rule file does not give it."""
        value = self.settings[name]
        if not isinstance(value, int):
            raise KeyError(name)
        return value

    def fraction(self, name: str) -> float:
        """The percentage called `name`, as 0 … 1."""
        return self.number(name) / 100

    def words(self, name: str) -> tuple[str, ...]:
        """The list of words called `name`. Raises KeyError where the rule file does not give it."""
        value = self.settings[name]
        if not isinstance(value, tuple):
            raise KeyError(name)
        return value


@dataclass(frozen=True, slots=True)
class Profile:
    """A checklist for one purpose. `label` is ``name/version``, as findings quote it.

    `about` says what it judges: ``invoice``, ``paper`` (any other), ``link`` (a pair of accounts), ``account``, ``security``,
    ``routine``, ``further_account`` (the plan of one more account), ``coverage`` (one product) or ``sales`` (of an account).
    """

    name: str
    version: int
    title: str
    rules: tuple[CheckRule, ...]
    about: str = "invoice"

    @property
    def label(self) -> str:
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that every seller account is offered as a routine. `minutes`: how long it takes, about."""

    kind: str
    title: str
    why: str
    minutes: int
    cadence: Cadence
    source: str


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """When people are told of a task again. All numbers but `together` are days.

    `days_before` its due date; `overdue_every` so many once it is overdue. `escalate_days`: how long a task of that
    severity is overdue when the owners are told; of other severities they are not. `together`: more tasks than that
    are told to a person as one.
    """

    source: str
    days_before: Sequence[int]
    overdue_every: int
    escalate_days: Mapping[Severity, int]
    together: int


@dataclass(frozen=True, slots=True)
class ReadinessRule:
    """How ready a seller account is for a demand from Amazon: `weights` of the parts, which make 100 together.

    With so many open critical tasks as `critical_limit` nothing is left of the part that they are.
    """

    source: str
    weights: Mapping[ReadinessPart, int]
    critical_limit: int


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All profiles, returning duties, the evidence of audits, channels, and how many days a task of each severity leaves.

    `version` is the first twelve digits of the file's SHA-256: it changes with the file's bytes.
    """

    version: str
    profiles: Mapping[str, Profile]
    due_days: Mapping[Severity, int]
    reminders: ReminderRule
    readiness: ReadinessRule
    duties: tuple[Duty, ...] = ()
    letters: tuple[CheckRule, ...] = ()
    papers: Mapping[PaperKind, PaperRule] = field(default_factory=dict)
    audits: Mapping[AuditKind, EvidenceList] = field(default_factory=dict)
    channels: Mapping[str, ChannelRule] = field(default_factory=dict)
