"""The facts that the checks of a seller account judge: how it stands, what its register holds, who has access."""

from dataclasses import dataclass
from datetime import date

from vault.domain.register import AccountStatus, AttributeKind, GrantKind


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody, an agency or a tool, let into the account. None: not left, not removed."""

    id: str
    name: str
    kind: GrantKind
    reason: str = ""
    left_on: date | None = None
    removed_on: date | None = None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """One seller account as of `today`. `kinds`: those of which its register holds a value that lasts.

    `health_rating`: Amazon's account health rating, 0 … 1000; None where nobody has entered it.
    """

    today: date
    status: AccountStatus = AccountStatus.ACTIVE
    status_since: date | None = None
    health_rating: int | None = None
    kinds: frozenset[AttributeKind] = frozenset()
    access: tuple[Access, ...] = ()
