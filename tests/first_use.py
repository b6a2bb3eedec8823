"""First use through the services, as the set-up pages do it: an owner, a seller account, a catalogue, a drop of files."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pyotp

from tests.invoices.catalogue import Product, all_listings
from tests.invoices.model import Party
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.services.access import Actor
from vault.services.catalogue import imports
from vault.services.documents import intake
from vault.services.people import joining, second_factor
from vault.services.register import accounts
from vault.services.vault import Vault

PASSWORD = "lanterne-pivoine-granit-27"


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner who has enrolled. `secret` is the authenticator app's; each of `recovery_codes` works once."""

    actor: Actor
    email: str
    password: str
    secret: str
    recovery_codes: tuple[str, ...]


def make_owner(vault: Vault, name: str = "Ada Marchand", email: str = "ada@lavandine.example") -> Owner:
    """A new administrator with a second factor."""
    entered = joining.NewPerson(name, email, PASSWORD)
    person = joining.create_user(vault, entered, is_administrator=True, actor="terminal")
    secret = second_factor.new_secret()
    code = pyotp.TOTP(secret).at(vault.clock())
    person, codes = second_factor.enrol(vault, person.id, secret, code)
    return Owner(person.actor(), email, PASSWORD, secret, tuple(codes))


def open_account(vault: Vault, owner: Owner, buyer: Party, marketplace: str = "FR") -> tuple[Actor, str]:
    """A seller account whose legal entity is `buyer`. Returns the owner as its owner, and the account's id."""
    assert buyer.address is not None
    address = PostalAddress(
        street=buyer.address.street,
        postcode=buyer.address.postcode,
        city=buyer.address.city,
        country=buyer.address.country,
    )
    details = accounts.AccountDetails(
        name=buyer.name.rsplit(" ", 1)[0],
        legal_name=buyer.name,
        address=address,
        vat_number=buyer.vat or "",
        marketplaces=(marketplace,),
    )
    account = accounts.open_account(vault, owner.actor, details)
    actor = owner.actor
    return Actor(actor.id, actor.name, {account.id: Role.OWNER}, actor.is_administrator), account.id


def import_catalogue(vault: Vault, actor: Actor, account_id: str, products: Iterable[Product]) -> None:
    """The all-listings report of `products`, as downloaded from the French store."""
    report = all_listings(tuple(products), "fr")
    imports.import_report(vault, actor, account_id, report, "all-listings.txt")


def drop(vault: Vault, actor: Actor, account_id: str, files: Iterable[tuple[str, bytes]], expected: int) -> str:
    """Uploads (name, bytes) one by one as one drop. Returns the batch's id."""
    batch = intake.open_batch(vault, actor, account_id, expected)
    for place, (filename, content) in enumerate(files):
        intake.keep(vault, actor, account_id, io.BytesIO(content), filename, batch.id, client_key=str(place))
    return batch.id
