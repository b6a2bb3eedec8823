"""A task that tells of two seller accounts is there for who sees both, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.shop import Shop
from vault.db.entities.work import Task
from vault.db.queries.documents import DocumentFilter
from vault.db.queries.tasks import TaskFilter
from vault.domain.errors import NotFound
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.message import Message
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.services import browsing, dashboard
from vault.services.access import Actor
from vault.services.documents import dossiers
from vault.services.journal import journal
from vault.services.journal.journal import JournalFilter
from vault.services.journal.notes import record
from vault.services.register import accounts
from vault.services.register.accounts import AccountDetails
from vault.services.tasks import waivers, worklist
from vault.services.tasks.tasks import Subject, reconcile


@pytest.fixture
def other_account_id(shop: Shop) -> str:
    address = PostalAddress(street="2 rue Neuve", postcode="69001", city="Lyon", country="FR")
    details = AccountDetails(name="Another", legal_name="Another SARL", address=address, marketplaces=("FR",))
    return accounts.open_account(shop.vault, shop.actor, details).id


@pytest.fixture
def shared(shop: Shop, other_account_id: str) -> Task:
    """The task of an invoice's document, so that every list could show it, that tells of the other account."""
    document_id = shop.keep_invoice(shop.invoice())
    finding = Finding("link.bank", Outcome.FAIL, Message("One bank account"), "link/1", Severity.CRITICAL)
    subject = Subject("document", document_id, shop.account_id, other_account_id)
    with shop.vault.database.transaction() as session:
        record(session, shop.vault, reconcile(session, shop.vault, subject, [finding]))
        return session.query(Task).filter_by(check_id="link.bank").one()


@pytest.fixture
def insider(shop: Shop, other_account_id: str) -> Actor:
    return Actor("i", "Sees both", {shop.account_id: Role.OWNER, other_account_id: Role.AUDITOR})


@pytest.fixture
def outsider(shop: Shop) -> Actor:
    return Actor("o", "Sees one", {shop.account_id: Role.OWNER})


Look = Callable[[Shop, Actor, Task], object]


def listed(shop: Shop, actor: Actor, task: Task) -> object:
    found = worklist.list_tasks(shop.vault, actor, shop.account_id, TaskFilter())
    return task.id in [row.id for row in found.page.page.rows]


def counted(shop: Shop, actor: Actor, task: Task) -> object:
    return worklist.list_tasks(shop.vault, actor, shop.account_id, TaskFilter()).page.count


def offered(shop: Shop, actor: Actor, task: Task) -> object:
    return "link.bank" in worklist.list_tasks(shop.vault, actor, shop.account_id, TaskFilter()).checks


def on_the_home_page(shop: Shop, actor: Actor, task: Task) -> object:
    board = dashboard.read(shop.vault, actor, shop.account_id)
    return (board.counts.critical, [row.id for row in board.worst])


def overdue(shop: Shop, actor: Actor, task: Task) -> object:
    late = TaskFilter(due_before=task.due_on + timedelta(days=1))
    return worklist.list_tasks(shop.vault, actor, shop.account_id, late).page.count


def beside_the_document(shop: Shop, actor: Actor, task: Task) -> object:
    found = browsing.list_documents(shop.vault, actor, shop.account_id, DocumentFilter())
    return found.open_tasks.get(task.subject_id, 0)


def in_the_dossier(shop: Shop, actor: Actor, task: Task) -> object:
    dossier = dossiers.read_dossier(shop.vault, actor, shop.account_id, task.subject_id)
    return [row.check_id for row in dossier.tasks]


def in_the_journal(shop: Shop, actor: Actor, task: Task) -> object:
    page = journal.list_entries(shop.vault, actor, shop.account_id, JournalFilter())
    return task.id in [row.subject for row in page.rows]


LOOKS = [
    listed, counted, offered, on_the_home_page, overdue, beside_the_document, in_the_dossier, in_the_journal,
]  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_only_who_sees_both_accounts_finds_it(
    shop: Shop, shared: Task, insider: Actor, outsider: Actor, look: Look
) -> None:
    assert look(shop, insider, shared) != look(shop, outsider, shared)
    with shop.vault.database.transaction() as session:
        session.get_one(Task, shared.id).other_account_id = None
    assert look(shop, insider, shared) == look(shop, outsider, shared)


def test_only_who_sees_both_accounts_can_set_it_aside(
    shop: Shop, shared: Task, insider: Actor, outsider: Actor
) -> None:
    with pytest.raises(NotFound):
        waivers.waive(shop.vault, outsider, shared.id, "Known", shared.due_on)
    with pytest.raises(NotFound):
        waivers.unwaive(shop.vault, outsider, shared.id)
    assert waivers.waive(shop.vault, insider, shared.id, "Known", shared.due_on).waived_by == insider.id


def test_nobody_else_learns_who_has_worked_on_it(shop: Shop, shared: Task, insider: Actor, outsider: Actor) -> None:
    waivers.waive(shop.vault, insider, shared.id, "Both are ours", shared.due_on, shop.account_id)
    assert insider.id in journal.list_actors(shop.vault, insider, shop.account_id)
    assert insider.id not in journal.list_actors(shop.vault, outsider, shop.account_id)
