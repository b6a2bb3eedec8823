"""Every page that a person can open on the demonstration's vault, by the name of its endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from demo.__main__ import Demo
from vault.db.entities.accounts import CatalogueProduct, ReportImport, Supplier
from vault.db.entities.audits import Audit
from vault.db.entities.documents import Document
from vault.db.entities.sales import ProductCoverage
from vault.db.entities.work import Task
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.services.audits import guests
from vault.services.days import today
from vault.services.documents.paper_kinds import choose_kind
from vault.services.further import further
from vault.services.links import links
from vault.services.notices.mail_stop import stop_token
from vault.services.people.invitations import invite
from vault.services.register import access_grants, other_accounts
from vault.services.register.register import read_register
from vault.services.reports import reports
from vault.services.reports.months import month_before, running_month
from vault.services.routines.pages import list_routines
from vault.services.security import emergencies, security
from vault.services.webhooks import webhooks

# Answers to scripts and programs, downloads, and addresses that only lead somewhere else.
NOT_PAGES = frozenset(
    {
        "audits.gathering", "bundles.show", "documents.original", "documents.page", "feeds.calendar", "further.folder",
        "guests.original", "health.index", "journal.export", "letters.download", "notices.show", "reports.file",
        "reports.making", "reports.page", "static", "uploads.progress",
    }
)  # fmt: skip

# Pages of the first minutes: the test of the first day looks at them.
FIRST_PAGES = frozenset({"setup.owner"})


def signed_in_pages(demo: Demo, drop: str) -> Mapping[str, str]:
    """Addresses of pages that the owner sees. `drop`: the address of the drop of the demonstration's papers."""
    address = demo.vault.settings.address
    account = f"{address}/a/{demo.account_id}"
    wanted_task = select(Task.id).where(Task.account_id == demo.account_id, Task.state == "open")
    with demo.vault.database.reading() as session:
        supplier = session.scalars(select(Supplier.id).order_by(Supplier.id)).first()
        product = session.scalars(select(CatalogueProduct.id).order_by(CatalogueProduct.id)).first()
        task = session.scalars(wanted_task.order_by(Task.id)).first()
        imported = session.scalars(select(ReportImport.id)).first()
    document = document_named(demo, "facture-total.pdf")
    known, file, pair = _known(demo), planned_account(demo), linked_pair(demo)
    routine = f"{account}/routines/{a_routine(demo)}"
    return {
        "home.index": f"{address}/",
        "home.account": f"{account}/",
        "documents.index": f"{account}/documents",
        "documents.show": f"{account}/documents/{document}",
        "documents.show of a paper": f"{account}/documents/{a_paper(demo)}",
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
        "coverage.index": f"{account}/coverage",
        "coverage.show": f"{account}/coverage/{a_sold_product(demo)}",
        "imports.index": f"{account}/imports",
        "imports.show": f"{account}/imports/{imported}",
        "uploads.index": f"{account}/uploads",
        "uploads.batch": drop,
        "links.everywhere": f"{address}/links",
        "links as a matrix": f"{address}/links?view=matrix",
        "links as pairs": f"{address}/links?view=pairs",
        "links.account": f"{account}/links",
        "links.what_if": f"{account}/links/what-if",
        "audits.index": f"{account}/audits",
        "audits.begin": f"{account}/audits/new",
        "audits.show": f"{account}/audits/{an_audit(demo)}",
        "audits.confirm_notice": f"{account}/audits/{an_audit(demo)}/notice",
        "letters.show": f"{account}/audits/{an_audit(demo)}/letters/answer",
        "letters.points": f"{account}/audits/{an_audit(demo)}/letters/answer/points",
        "audits.pick": f"{account}/audits/{an_audit(demo)}/evidence/payment",
        "reports.index": f"{account}/reports",
        "reports.show": f"{account}/reports/{a_report(demo)}",
        "audit_guests.index": f"{account}/audits/{an_audit(demo)}/guests",
        "audit_guests.preview": f"{account}/audits/{an_audit(demo)}/guests/preview",
        "further.index": f"{account}/further",
        "links.pair": f"{address}/links/{pair}",
        "further.begin": f"{account}/further/new",
        "further.show": f"{account}/further/{file}",
        "further.plan": f"{account}/further/{file}/plan",
        "further.papers": f"{account}/further/{file}/papers/brands",
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
        "accounts.index": f"{address}/accounts",
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


def an_audit(demo: Demo) -> str:
    """The one whose notice is confirmed."""
    wanted = select(Audit.id).where(Audit.account_id == demo.account_id, Audit.confirmed_at.is_not(None))
    with demo.vault.database.reading() as session:
        return session.scalars(wanted.order_by(Audit.id)).one()


def a_report(demo: Demo) -> str:
    """The id of the report of the month before."""
    month = month_before(running_month(demo.vault))
    return reports.make(demo.vault, demo.actor, demo.account_id, month).report.id


def a_sold_product(demo: Demo) -> str:
    """The ASIN of what is sold most."""
    wanted = select(ProductCoverage.asin).where(ProductCoverage.account_id == demo.account_id)
    with demo.vault.database.reading() as session:
        return session.scalars(wanted.order_by(ProductCoverage.sold.desc(), ProductCoverage.asin)).first() or ""


def an_emergency(demo: Demo) -> str:
    """The id of an emergency of the demonstration's account: one that is over, so that another can begin."""
    found = security.overview(demo.vault, demo.actor, demo.account_id)
    if there := [*found.past_emergencies, *filter(None, [found.emergency])]:
        return there[0].id
    made = emergencies.open_(demo.vault, demo.actor, demo.account_id, "An unknown sign-in")
    emergencies.call_off(demo.vault, demo.actor, demo.account_id, made.id, "It was the accountant")
    return made.id


def a_webhook(demo: Demo) -> str:
    """The id of the webhook of the demonstration's account."""
    return webhooks.list_webhooks(demo.vault, demo.actor, demo.account_id)[0].webhook.id


def a_routine(demo: Demo) -> str:
    """The id of the daily look, a routine of the demonstration's account."""
    rows = list_routines(demo.vault, demo.actor, demo.account_id).rows
    return next(row.standing.routine.id for row in rows if row.standing.routine.kind == "daily_look")


def linked_pair(demo: Demo) -> str:
    """The id of the worst pair that the owner sees."""
    return links.pairs(demo.vault, demo.actor)[0].id


def planned_account(demo: Demo) -> str:
    """The id of the file of a further account."""
    return further.list_files(demo.vault, demo.actor, demo.account_id)[0].file.id


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids of what stands in the register."""

    entry: str
    grant: str
    other: str


def _known(demo: Demo) -> _Known:
    """The first of everything in the register of the demonstration's account."""
    of_account = demo.vault, demo.actor, demo.account_id
    entry = next(value.entry for value in read_register(*of_account).values if value.entry)
    other, _ = other_accounts.list_others(*of_account)[0]
    return _Known(entry.id, access_grants.list_grants(*of_account)[0].id, other.id)


def a_paper(demo: Demo) -> str:
    """The id of a document of which somebody says that it is no supplier invoice."""
    document_id = document_named(demo, "fax.pdf")
    choose_kind(demo.vault, demo.actor, document_id, PaperKind.DELIVERY_PROOF)
    return document_id


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
        "guests.enter": f"{address}/guest",
        "guests.show": guests.invite(demo.vault, demo.actor, demo.account_id, an_audit(demo), "Counsel", 1).link,
        "not found by strangers": f"{address}/invitation/nothing",
    }
