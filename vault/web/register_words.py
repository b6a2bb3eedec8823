"""How an account stands and who was let in, in plain words."""

from vault.domain.message import N_
from vault.domain.register import AccountStatus, GrantKind

STATUS = {
    AccountStatus.PREPARING: N_("Being prepared"),
    AccountStatus.ACTIVE: N_("Active"),
    AccountStatus.AT_RISK: N_("At risk"),
    AccountStatus.SUSPENDED: N_("Suspended"),
    AccountStatus.CLOSED: N_("Closed"),
}

GRANTS = {
    GrantKind.PERSON: N_("Person"),
    GrantKind.AGENCY: N_("Agency"),
    GrantKind.TOOL: N_("Tool"),
}
