"""Who asks, and whether they may. Every service that touches an account's things starts here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vault.domain.errors import Forbidden, NotFound
from vault.domain.roles import PERMISSIONS, Permission, Role

# How the journal names who sits at the terminal of the machine, who has every right: the machine is theirs anyway.
TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person (or a machine acting under its own name, with no memberships).

    `roles` maps seller account ids to the person's role there.
    """

    id: str
    name: str
    roles: Mapping[str, Role] = field(default_factory=dict)
    is_administrator: bool = False

    def may(self, permission: Permission, account_id: str) -> bool:
        role = self.roles.get(account_id)
        return role is not None and permission in PERMISSIONS[role]

    def require(self, permission: Permission, account_id: str) -> None:
        """Raises NotFound for an account that this person may not see, Forbidden for one where the role is too small."""
        if not self.may(Permission.SEE, account_id):
            raise NotFound()
        if not self.may(permission, account_id):
            raise Forbidden()

    def require_administrator(self) -> None:
        if not self.is_administrator:
            raise Forbidden()

    @property
    def account_ids(self) -> tuple[str, ...]:
        """The seller accounts that this person may see."""
        return tuple(account_id for account_id, role in self.roles.items() if Permission.SEE in PERMISSIONS[role])
