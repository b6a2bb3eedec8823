"""Seller accounts: opening one, its particulars, and which of them a person sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership
from vault.db.queries.among import among
from vault.domain.errors import Invalid, NotFound
from vault.domain.message import N_, Message
from vault.domain.roles import Permission, Role
from vault.domain.values import PostalAddress
from vault.journal.entry import JsonValue
from vault.services.access import Actor
from vault.services.jobs import jobs
from vault.services.journal.notes import Note, record
from vault.services.links import scoring as link_scoring
from vault.services.register import judging as register_judging
from vault.services.vault import Vault

# Amazon's stores by country code; the United Kingdom as people write it, as Amazon does.
MARKETPLACES = (
    "FR", "IT", "DE", "ES", "UK", "NL", "BE", "IE", "PL", "SE", "TR",
    "US", "CA", "MX", "BR", "JP", "AU", "SG", "IN", "AE", "SA", "EG", "ZA",
)  # fmt: skip

# What invoices name as their buyer; the rest is between the people and their vault.
_BUYER = frozenset({"legal_name", "street", "postcode", "city", "region", "country", "vat_number"})
# What links are made of, and the name by which their tasks call the account.
_IN_LINKS = _BUYER | {"name"}
_PARTICULARS = ("name", *sorted(_BUYER), "marketplaces")


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """What a person enters about a seller account. `legal_name` and `address` are the buyer on supplier invoices."""

    name: str
    legal_name: str
    address: PostalAddress
    vat_number: str = ""
    marketplaces: tuple[str, ...] = ()


class AccountName(NamedTuple):
    """A seller account in a list to choose from: there may be hundreds."""

    id: str
    name: str


def open_account(vault: Vault, actor: Actor, details: AccountDetails) -> SellerAccount:
    """Opens a seller account and makes `actor` its owner.

    Raises Forbidden for anybody but an administrator, Invalid with a problem for each field that cannot be.
    """
    actor.require_administrator()
    details = _checked(details)
    now = vault.clock()
    with vault.database.transaction() as session:
        account = SellerAccount(created_at=now)
        _fill(account, details)
        session.add(account)
        session.flush()
        session.add(Membership(user_id=actor.id, account_id=account.id, role=Role.OWNER, since=now))
        session.flush()
        details_of_note = {"name": account.name, "legal_name": account.legal_name}
        opened = Note("account.opened", account.id, actor.id, account.id, details_of_note)
        record(session, vault, [opened, *link_scoring.holder_changed(session, vault, account.id, actor.id)])
    return account


def change_account(vault: Vault, actor: Actor, account_id: str, details: AccountDetails) -> SellerAccount:
    """Changes the particulars; where the buyer is another one now, a worker judges the account's documents again.

    Raises NotFound, Forbidden, Invalid.
    """
    actor.require(Permission.MANAGE, account_id)
    details = _checked(details)
    job = None
    with vault.database.transaction() as session:
        account = session.get_one(SellerAccount, account_id)
        before = _particulars(account)
        _fill(account, details)
        changed = [name for name, value in _particulars(account).items() if before[name] != value]
        notes = [Note("account.changed", account_id, actor.id, account_id, {"fields": list[JsonValue](changed)})]
        if _BUYER.intersection(changed):
            session.flush()
            notes += register_judging.judge(session, vault, account_id, actor.id)
            job = jobs.add_once(session, vault, jobs.JobKind.REJUDGE_BUYER, account_id, account_id)
        if _IN_LINKS.intersection(changed):
            session.flush()
            notes += link_scoring.holder_changed(session, vault, account_id, actor.id)
        if changed:
            record(session, vault, notes)
    if job is not None:
        jobs.send(vault, job)
    return account


def get_account(vault: Vault, actor: Actor, account_id: str) -> SellerAccount:
    """Raises NotFound for an account that does not exist or that `actor` may not see."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        account = session.get(SellerAccount, account_id)
    if account is None:
        raise NotFound()
    return account


def list_accounts(vault: Vault, actor: Actor, name: str = "") -> list[AccountName]:
    """The seller accounts that `actor` sees, by name. `name`: only those with this in their names."""
    wanted = select(SellerAccount.id, SellerAccount.name).where(among(SellerAccount.id, actor.account_ids))
    with vault.database.reading() as session:
        seen = [AccountName(*row) for row in session.execute(wanted)]
    found = (account for account in seen if name.casefold() in account.name.casefold())
    return sorted(found, key=lambda account: (account.name.casefold(), account.id))


def _checked(details: AccountDetails) -> AccountDetails:
    missing = Message(N_("Fill in this field."))
    required = {
        "name": details.name,
        "legal_name": details.legal_name,
        "street": details.address.street,
        "city": details.address.city,
        "country": details.address.country,
    }
    problems = {name: missing for name, value in required.items() if not value.strip()}
    if not _known(details.marketplaces):
        problems["marketplaces"] = Message(N_("Choose stores from the list."))
    if problems:
        raise Invalid(N_("The seller account is not complete. Correct the marked fields."), problems)
    return details


def _known(marketplaces: Iterable[str]) -> bool:
    return set(marketplaces) <= set(MARKETPLACES)


def _fill(account: SellerAccount, details: AccountDetails) -> None:
    address = details.address
    account.name = details.name.strip()
    account.legal_name = details.legal_name.strip()
    account.street = address.street.strip()
    account.postcode = address.postcode.strip()
    account.city = address.city.strip()
    account.region = address.region.strip()
    account.country = address.country.strip().upper()
    account.vat_number = details.vat_number.replace(" ", "").upper()
    account.marketplaces = [code for code in MARKETPLACES if code in details.marketplaces]


def _particulars(account: SellerAccount) -> dict[str, object]:
    return {name: getattr(account, name) for name in _PARTICULARS}
