"""Seller accounts with values in their registers, and numbers that pass their check digits and belong to nobody."""

from dataclasses import replace

from tests.shop import Shop
from vault.db.entities.register import RegisterEntry
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.services.access import Actor
from vault.services.register import entries as register_entries
from vault.services.register.accounts import AccountDetails, open_account
from vault.services.register.entries import EntryDetails

IBAN = "FR76 3000 6000 0112 3456 7890 189"
OTHER_IBAN = "DE89 3704 0044 0532 0130 00"
CARD = "4111 1111 1111 1111"


def second_shop(shop: Shop, name: str = "Brightwell", country: str = "GB") -> Shop:
    """Another seller account of the same owner, who may see both."""
    address = PostalAddress("4 Mill Lane", "LS1 4AP", "Leeds", "", country)
    account = open_account(shop.vault, shop.actor, AccountDetails(name, f"{name} Ltd", address))
    return replace(shop, account_id=account.id, actor=both(shop, account.id))


def both(shop: Shop, *others: str) -> Actor:
    """The shop's owner, as owner of these accounts too."""
    roles = {**shop.actor.roles, **dict.fromkeys(others, Role.OWNER)}
    return replace(shop.actor, roles=roles)


def enter(shop: Shop, kind: AttributeKind, text: str, label: str = "", holder_id: str = "") -> RegisterEntry:
    """Adds a value to the shop's register, or to that of one of its known other accounts."""
    holder = holder_id or shop.account_id
    return register_entries.add_entry(shop.vault, shop.actor, holder, kind, text, EntryDetails(label))
