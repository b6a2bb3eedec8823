"""The facts that the checks of a link between two accounts judge."""

from dataclasses import dataclass
from datetime import date

from vault.domain.links import Contribution, ExplanationKind, Risk


@dataclass(frozen=True, slots=True)
class GivenExplanation:
    """An explanation that nobody has withdrawn. `covers`: how many things the pair shares now that it is about."""

    id: str
    kind: ExplanationKind
    valid_until: date | None
    covers: int


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A pair of accounts. `account` names the one to be separated: one's own, of two the one that was opened later.

    `risk` is what the score of everything together means; `risk_alone` what the gravest shared thing would mean by
    itself.
    """

    account: str
    other: str
    score: int
    risk: Risk
    risk_alone: Risk
    contributions: tuple[Contribution, ...]
    explanations: tuple[GivenExplanation, ...]
    as_of: date
