"""What a check says about its facts, and the verdict that many findings add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vault.domain.message import Message
from vault.domain.readings import Box


class Outcome(StrEnum):
    """`UNKNOWN`: it could not be read or decided, a person must look. It is never counted as a pass."""

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    PASS = "pass"
    WARN = "warn"
    UNKNOWN = "unknown"
    FAIL = "fail"


class Severity(StrEnum):
    """How soon a gap hurts. The rule book says how many days each leaves."""

    CRITICAL = "critical"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where to look: the page (from 1), the box on it, the raw text, how sure the reading is."""

    page: int | None = None
    box: Box | None = None
    raw: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's answer about one subject.

    `item` tells several findings of one check apart (``"line 3"``), empty where there is one.
    `gap` names what is missing where several checks of one subject see the same: they raise one task together.
    `path` names what a person could correct (``issue_date``, ``lines.0.product``), empty where there is nothing.
    `extent`: how many things the one gap consists of (three shared phone numbers).
    `advice` says what to do next; None when there is nothing to do. `why`: the facts used, as strings.
    `rule` is the profile and its version, e.g. ``guide/1``.
    """

    check: str
    outcome: Outcome
    message: Message
    rule: str
    severity: Severity = Severity.NORMAL
    advice: Message | None = None
    item: str = ""
    path: str = ""
    evidence: Evidence | None = None
    why: Mapping[str, str] = field(default_factory=dict)
    gap: str = ""
    extent: int = 1

    @property
    def is_gap(self) -> bool:
        """True when somebody has to do something."""
        return self.outcome in (Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN)


_GRAVITY = {Outcome.FAIL: Verdict.FAIL, Outcome.UNKNOWN: Verdict.UNKNOWN, Outcome.WARN: Verdict.WARN}
_ORDER = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.WARN)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The worst finding decides: fail, then unknown, then warn. No findings at all is unknown, not a pass."""
    outcomes = [finding.outcome for finding in findings]
    reached = {_GRAVITY[outcome] for outcome in outcomes if outcome in _GRAVITY}
    for verdict in _ORDER:
        if verdict in reached:
            return verdict
    return Verdict.PASS if Outcome.PASS in outcomes else Verdict.UNKNOWN


def gravest(findings: Iterable[Finding]) -> Finding:
    """Of findings that are gaps the one that hurts soonest, and among equals the worst. Raises ValueError for none."""
    severities, verdicts = list(Severity), list(_ORDER)
    return min(findings, key=lambda each: (severities.index(each.severity), verdicts.index(_GRAVITY[each.outcome])))
