"""How a seller account stands with Amazon, as a person reads it in Seller Central."""

from dataclasses import dataclass
from datetime import date

from vault.db.entities.accounts import SellerAccount
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.domain.register import AccountStatus
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.account_judging import judge_account
from vault.services.days import today
from vault.services.journal.notes import Note, record
from vault.services.routines.routines import pause_all
from vault.services.vault import Vault

MOST_RATING = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """`since`: the first day of the status. `health_rating`: Amazon's, 0 … 1000; None where it is not known."""

    status: AccountStatus
    since: date | None = None
    health_rating: int | None = None


def change_standing(vault: Vault, actor: Actor, account_id: str, standing: Standing) -> SellerAccount:
    """Says how the account stands. Once it is closed nobody is reminded of it, its routines pause and its own gaps close.

    Raises NotFound, Forbidden, Invalid (problems: since, health_rating).
    """
    actor.require(Permission.MANAGE, account_id)
    problems = {}
    if standing.since and standing.since > today(vault):
        problems["since"] = Message(N_("Choose today or an earlier day."))
    if standing.health_rating is not None and not 0 <= standing.health_rating <= MOST_RATING:
        problems["health_rating"] = Message(N_("The rating is a number from 0 to 1000."))
    if problems:
        raise Invalid(N_("This was not saved."), problems)
    with vault.database.transaction() as session:
        account = session.get_one(SellerAccount, account_id, with_for_update=True)
        before = Standing(AccountStatus(account.status), account.status_since, account.health_rating)
        if standing == before:
            return account
        account.status, account.status_since = standing.status, standing.since
        account.health_rating = standing.health_rating
        is_closed = standing.status is AccountStatus.CLOSED
        account.closed_at = (account.closed_at or vault.clock()) if is_closed else None
        details = {"status": standing.status.value, "health_rating": standing.health_rating}
        notes = [Note("account.standing_changed", account_id, actor.id, account_id, details)]
        notes += pause_all(session, vault, account_id, actor) if is_closed else []
        session.flush()
        record(session, vault, notes + judge_account(session, vault, account_id, actor.id))
    return account
