"""An agency with several seller accounts in one vault, and what can be done to them."""

from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select

from tests.first_use import make_owner
from vault.db.entities.links import Link
from vault.db.entities.register import RegisterEntry
from vault.db.entities.work import Task, TaskState
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.services.access import Actor
from vault.services.journal.notes import record
from vault.services.links import scoring as link_scoring
from vault.services.register import accounts, other_accounts
from vault.services.register import entries as register_entries
from vault.services.register.entries import EntryDetails
from vault.services.register.other_accounts import OtherDetails
from vault.services.vault import Vault

# Valid ones that have nothing in common with each other.
IBANS = ("FR7630006000011234567890189", "DE89370400440532013000", "NL91ABNA0417164300", "GB29NWBK60161331926819")


@dataclass(slots=True)
class Agency:
    """`actor` owns every account that was opened here."""

    vault: Vault
    actor: Actor
    ids: list[str] = field(default_factory=list)

    def open(self, name: str, role: Role = Role.OWNER, **changes: str) -> str:
        """A seller account that shares nothing with the others. Returns its id."""
        number = len(self.ids)
        address = PostalAddress(
            street=changes.get("street", f"{11 + number * 7} {_STREETS[number]}"),
            postcode=changes.get("postcode", f"{10 + number:02}100"),
            city=changes.get("city", _TOWNS[number]),
            country="FR",
        )
        details = accounts.AccountDetails(name, changes.get("legal_name", f"{_NAMES[number]} SARL"), address)
        account = accounts.open_account(self.vault, self.actor, details)
        self.actor = replace(self.actor, roles={**self.actor.roles, account.id: role})
        self.ids.append(account.id)
        return account.id

    def rename(self, account_id: str, name: str) -> None:
        """Everything else about the seller account stays as `open` made it."""
        account = accounts.get_account(self.vault, self.actor, account_id)
        address = PostalAddress(account.street, account.postcode, account.city, account.region, account.country)
        details = accounts.AccountDetails(name, account.legal_name, address)
        accounts.change_account(self.vault, self.actor, account_id, details)

    def other(self, account_id: str, name: str) -> str:
        """Another account that is known of by the people of this one. Returns its id."""
        return other_accounts.add_other(self.vault, self.actor, account_id, OtherDetails(name)).id

    def give(self, holder_id: str, kind: AttributeKind, text: str, **days: object) -> str:
        """Adds a value to the register. Returns the entry's id."""
        details = EntryDetails(**days)  # type: ignore[arg-type]
        return register_entries.add_entry(self.vault, self.actor, holder_id, kind, text, details).id

    def take(self, holder_id: str, kind: AttributeKind) -> None:
        """Removes the values of this kind from the register again."""
        wanted = select(RegisterEntry.id).where(RegisterEntry.holder_id == holder_id, RegisterEntry.kind == kind)
        with self.vault.database.reading() as session:
            ids = session.scalars(wanted).all()
        for entry_id in ids:
            register_entries.remove_entry(self.vault, self.actor, entry_id)

    def rescore(self, *holder_ids: str) -> None:
        """What the register's own services call."""
        for holder_id in holder_ids:
            with self.vault.database.transaction() as session:
                record(session, self.vault, link_scoring.holder_changed(session, self.vault, holder_id, self.actor.id))

    def score(self, one: str, other: str) -> int:
        link = self.link(one, other)
        return link.score if link else 0

    def link(self, one: str, other: str) -> Link | None:
        low, high = sorted((one, other))
        with self.vault.database.reading() as session:
            return session.scalar(select(Link).where(Link.low_id == low, Link.high_id == high))

    def tasks(self, one: str, other: str, state: TaskState = TaskState.OPEN) -> dict[str, Task]:
        """The pair's tasks in this state, by check and item; those of shared things by kind and what is shown of it."""
        link = self.link(one, other)
        wanted = select(Task).where(Task.subject_type == "link", Task.subject_id == (link.id if link else ""))
        with self.vault.database.reading() as session:
            found = session.scalars(wanted.where(Task.state == state)).all()
        return {_name(task): task for task in found}

    def alone(self, *account_ids: str, role: Role = Role.OWNER) -> Actor:
        """Somebody who sees only these accounts."""
        return Actor("01" + "z" * 24, "Nobody Else", dict.fromkeys(account_ids, role))


def _name(task: Task) -> str:
    item = task.item
    if task.check_id == "link.shared":
        item = f"{task.finding['why']['kind']} {task.title['params']['shown']}"
    return f"{task.check_id} {item}".strip()


_STREETS = ("rue des Lilas", "avenue Foch", "quai Branly", "chemin Vert", "place du Marche", "boulevard Ney")
_TOWNS = ("Troyes", "Carcassonne", "Rodez", "Marseille", "Caen", "Aurillac")
_NAMES = ("Lavandine", "Quercy Outils", "Boréal Jardin", "Zéphyr", "Kastel Maison", "Mimosa Textiles")


@pytest.fixture
def agency(vault: Vault) -> Agency:
    return Agency(vault, make_owner(vault).actor)


@pytest.fixture
def pair(agency: Agency) -> tuple[str, str]:
    """Two seller accounts that share nothing, the elder one first."""
    return agency.open("Lavandine"), agency.open("Quercy Outils")
