"""The rule book: every number the checks use, with its source, from one file that an operator can change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vault.domain.findings import Severity


@dataclass(frozen=True, slots=True)
class CheckRule:
    """How one profile uses one check. `severity`: how soon a failure hurts. `settings`: the check's numbers.

    `required` False: what would fail is a warning only.
    """

    check: str
    required: bool
    severity: Severity
    settings: Mapping[str, int | str | tuple[str, ...]]
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A checklist for one purpose. `label` is ``name/version``, as findings quote it."""

    name: str
    version: int
    title: str
    rules: tuple[CheckRule, ...]

    @property
    def label(self) -> str:
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All profiles, and how many days a task of each severity leaves. `version` changes with the file's bytes."""

    version: str
    profiles: Mapping[str, Profile]
    due_days: Mapping[Severity, int]


def load_rules(path: Path | None = None) -> RuleBook:
    """The rule book in `path`, or the one that comes with the product.

    Raises Misconfigured with the place of the first mistake.
    """
    from vault.rules.loader import read_book

    return read_book(path)
