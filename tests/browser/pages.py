"""Every page that a person can open on the demonstration's vault, by the name of its endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from demo.__main__ import Demo
from vault.db.entities.accounts import CatalogueProduct, ReportImport, Supplier
from vault.db.entities.documents import Document
from vault.db.entities.work import Task
from vault.domain.register import AttributeKind, GrantKind
from vault.domain.roles import Role
from vault.services.days import today
from vault.services.further import further
from vault.services.links import links
from vault.services.notices.mail_stop import stop_token
from vault.services.people.invitations import invite
from vault.services.register import access_grants, other_accounts
from vault.services.register import bulk as register_bulk
from vault.services.register.entries import EntryDetails, add_entry
from vault.services.register.other_accounts import OtherDetails, add_other
from vault.services.register.register import read_register
from vault.services.routines import routines
from vault.services.routines.pages import list_routines
from vault.services.security import emergencies, security
from vault.services.webhooks import webhooks

# Answers to scripts and programs, downloads, and addresses that only lead somewhere else.
NOT_PAGES = frozenset(
    {
        "documents.original", "documents.page", "further.folder", "feeds.calendar", "health.index", "home.index", "journal.export",
        "notices.show", "static", "uploads.progress",
    }
)  # fmt: skip
_VALUES = b"""bank account; FR76 3000 6000 0112 3456 7890 189; payouts
owner; Ada Marchand
ip; 203.0.113.7; office
card; 4111 1111 1111 1111; fees
address; 10 Rue de la Paix, 75002 Paris, France; shop, on the first floor of the building behind the yard
"""

# Pages of the first minutes: the test of the first day looks at them.
FIRST_PAGES = frozenset({"setup.owner"})


def signed_in_pages(demo: Demo, drop: str) -> Mapping[str, str]:
    """Addresses of pages that the owner sees. `drop`: the address of the drop of the demonstration's papers."""
    address = demo.vault.settings.address
    account = f"{address}/a/{demo.account_id}"
    with demo.vault.database.reading() as session:
        supplier = session.scalars(select(Supplier.id).order_by(Supplier.id)).first()
        product = session.scalars(select(CatalogueProduct.id).order_by(CatalogueProduct.id)).first()
        task = session.scalars(select(Task.id).where(Task.state == "open").order_by(Task.id)).first()
        imported = session.scalars(select(ReportImport.id)).first()
    document = document_named(demo, "facture-total.pdf")
    known = _fill_register(demo)
    routine = f"{account}/routines/{a_routine(demo)}"
    return {
        "home.account": f"{account}/",
        "documents.index": f"{account}/documents",
        "documents.show": f"{account}/documents/{document}",
        "corrections.products": f"{account}/documents/{document}/lines/0/products?q=LED",
        "tasks.index": f"{account}/tasks?group=severity",
        "tasks.board": f"{account}/tasks/board",
        "tasks.calendar": f"{account}/tasks/calendar",
        "tasks.add": f"{account}/tasks/add",
        "tasks.show": f"{account}/tasks/{task}",
        "tasks.documents": f"{account}/tasks/{task}/documents",
        "worklist.index": f"{address}/tasks",
        "worklist.board": f"{address}/tasks/board",
        "worklist.calendar": f"{address}/tasks/calendar",
        "today.everywhere": f"{address}/today",
        "today.account": f"{account}/today",
        "routines.index": f"{account}/routines",
        "routines.add": f"{account}/routines/add",
        "routines.show": routine,
        "routines.change": f"{routine}/change",
        "routines.occurrence": f"{routine}/on/{today(demo.vault)}",
        "absences.index": f"{account}/absences",
        "security.index": f"{account}/security",
        "security.attest": f"{account}/security/attest/alerts",
        "security.intervals": f"{account}/security/intervals",
        "emergencies.open_": f"{account}/emergencies/open",
        "emergencies.show": f"{account}/emergencies/{an_emergency(demo)}",
        "suppliers.index": f"{account}/suppliers",
        "suppliers.show": f"{account}/suppliers/{supplier}",
        "suppliers.change": f"{account}/suppliers/{supplier}/change",
        "products.index": f"{account}/products",
        "products.show": f"{account}/products/{product}",
        "imports.index": f"{account}/imports",
        "imports.show": f"{account}/imports/{imported}",
        "uploads.index": f"{account}/uploads",
        "uploads.batch": drop,
        "links.everywhere": f"{address}/links",
        "links.account": f"{account}/links",
        "links.what_if": f"{account}/links/what-if",
        "further.index": f"{account}/further",
        "links.pair": f"{address}/links/{linked_pair(demo)}",
        "further.begin": f"{account}/further/new",
        "further.show": f"{account}/further/{planned_account(demo)}",
        "further.plan": f"{account}/further/{planned_account(demo)}/plan",
        "further.papers": f"{account}/further/{planned_account(demo)}/papers/brands",
        "register.index": f"{account}/register",
        "register.standing": f"{account}/register/standing",
        "register.add": f"{account}/register/add",
        "register.change": f"{account}/register/entries/{known.entry}",
        "register.lists.enter": f"{account}/register/list",
        "register.access.index": f"{account}/register/access",
        "register.access.add": f"{account}/register/access/add",
        "register.access.change": f"{account}/register/access/{known.grant}",
        "register.others.index": f"{account}/register/others",
        "register.others.add": f"{account}/register/others/add",
        "register.others.show": f"{account}/register/others/{known.other}",
        "register.others.change": f"{account}/register/others/{known.other}/change",
        "journal.index": f"{account}/journal",
        "journal.vault": f"{address}/journal",
        "people.index": f"{account}/people",
        "accounts.settings": f"{account}/settings",
        "accounts.open_account": f"{address}/accounts/open",
        "people.everyone": f"{address}/people",
        "profile.index": f"{address}/profile",
        "feeds.index": f"{address}/profile/calendar",
        "webhooks.index": f"{account}/webhooks",
        "webhooks.show": f"{account}/webhooks/{a_webhook(demo)}",
        "notices.index": f"{address}/notices?show=all",
        "notice_choices.index": f"{address}/profile/notices",
        "notices.mail_state": f"{address}/mails",
        "profile.email": f"{address}/profile/email",
        "profile.password": f"{address}/profile/password",
        "profile.enrol": f"{address}/profile/second-factor",
        "auth.confirm": f"{address}/confirm",
        "not found": f"{account}/documents/nothing",
    }


def an_emergency(demo: Demo) -> str:
    """The id of an emergency of the demonstration's account: one that is over, so that another can begin."""
    found = security.overview(demo.vault, demo.actor, demo.account_id)
    if there := [*found.past_emergencies, *filter(None, [found.emergency])]:
        return there[0].id
    made = emergencies.open_(demo.vault, demo.actor, demo.account_id, "An unknown sign-in")
    emergencies.call_off(demo.vault, demo.actor, demo.account_id, made.id, "It was the accountant")
    return made.id


def a_webhook(demo: Demo) -> str:
    """The id of a webhook of the demonstration's account, with one event that waits."""
    if there := webhooks.list_webhooks(demo.vault, demo.actor, demo.account_id):
        return there[0].webhook.id
    url = "https://hooks.lavandine.example/vault"
    made, _ = webhooks.create(demo.vault, demo.actor, demo.account_id, url, ["task.opened", "task.overdue"])
    webhooks.ping(demo.vault, demo.actor, demo.account_id, made.id)
    return made.id


def a_routine(demo: Demo) -> str:
    """The id of the daily look, a routine of the demonstration's account."""
    routines.take_over(demo.vault, demo.actor, demo.account_id, ["daily_look"])
    rows = list_routines(demo.vault, demo.actor, demo.account_id).rows
    return next(row.standing.routine.id for row in rows if row.standing.routine.kind == "daily_look")


def linked_pair(demo: Demo) -> str:
    """The id of a pair: the seller account and a known other one with its phone."""
    if not (found := links.pairs(demo.vault, demo.actor)):
        other = add_other(demo.vault, demo.actor, demo.account_id, OtherDetails("Former partner"))
        for holder_id in (demo.account_id, other.id):
            add_entry(demo.vault, demo.actor, holder_id, AttributeKind.PHONE, "+33 1 42 68 53 77", EntryDetails())
        found = links.pairs(demo.vault, demo.actor)
    return found[0].id


def planned_account(demo: Demo) -> str:
    """The id of the file of a further account."""
    found = [row.file for row in further.list_files(demo.vault, demo.actor, demo.account_id)]
    return (found or [further.open_file(demo.vault, demo.actor, demo.account_id, further.Plan("Garden tools"))])[0].id


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids of what stands in the register."""

    entry: str
    grant: str
    other: str


def _fill_register(demo: Demo) -> _Known:
    """One of everything, a value that is shared, somebody who has left and a long name; once."""
    vault, actor, account_id = demo.vault, demo.actor, demo.account_id
    others = other_accounts.list_others(vault, actor, account_id)
    if not others:
        details = other_accounts.OtherDetails("Provence Décor, the shop of a former partner", "Closed in 2023")
        other = other_accounts.add_other(vault, actor, account_id, details)
        register_bulk.take(vault, actor, account_id, _VALUES)
        register_bulk.take(vault, actor, other.id, _VALUES.splitlines()[0])
        left = access_grants.GrantDetails(
            GrantKind.PERSON, "Noor Haddad", "noor@lavandine.example", "Orders", "Sent the parcels",
            date(2025, 1, 6), left_on=date(2026, 1, 31),
        )  # fmt: skip
        access_grants.add_grant(vault, actor, account_id, left)
        access_grants.add_grant(vault, actor, account_id, access_grants.GrantDetails(GrantKind.TOOL, "Repricer"))
        others = other_accounts.list_others(vault, actor, account_id)
    register = read_register(vault, actor, account_id)
    entry = next(value.entry for value in register.values if value.entry)
    grant = access_grants.list_grants(vault, actor, account_id)[0]
    return _Known(entry.id, grant.id, others[0][0].id)


def document_named(demo: Demo, filename: str) -> str:
    """The id of a paper of the demonstration."""
    with demo.vault.database.reading() as session:
        return session.scalars(select(Document.id).where(Document.filename == filename)).one()


def stranger_pages(demo: Demo) -> Mapping[str, str]:
    """Addresses of pages for somebody who is not signed in."""
    address = demo.vault.settings.address
    return {
        "auth.sign_in": f"{address}/sign-in",
        "notices.stop": f"{address}/stop-mails/{stop_token(demo.vault, demo.actor.id)}",
        "people.join": invite(demo.vault, demo.actor, demo.account_id, "noor@lavandine.example", Role.ASSISTANT),
        "not found by strangers": f"{address}/invitation/nothing",
    }
