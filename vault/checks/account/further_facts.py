"""The facts that the checks of a further account's file judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vault.domain.register import AccountStatus, AttributeKind


@dataclass(frozen=True, slots=True)
class SharedValue:
    """A value of the plan that somebody has already: `holder` names the seller account or the known other account."""

    kind: AttributeKind
    masked: str
    holder: str


@dataclass(frozen=True, slots=True)
class ExistingAccount:
    """A seller account as the file has to look at it. `is_own`: the one that the file belongs to.

    `is_stated`: somebody stated that it is in good standing. `criticals`: its open critical tasks.
    """

    id: str
    name: str
    status: AccountStatus
    health_rating: int | None
    criticals: int
    is_own: bool = False
    is_stated: bool = False
    shared: tuple[SharedValue, ...] = ()


@dataclass(frozen=True, slots=True)
class FurtherFacts:
    """The plan of a further account, what proves it, and the accounts that exist.

    `texts` has an entry for each text of the plan (``reason`` … ``strategy``). `papers` counts the documents by purpose.
    """

    texts: Mapping[str, str]
    papers: Mapping[str, int] = field(default_factory=dict)
    kinds: frozenset[AttributeKind] = frozenset()
    accounts: tuple[ExistingAccount, ...] = ()
