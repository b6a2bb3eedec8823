"""The work list: the tasks of one seller account, or of all that a person sees, as a list, a board and a month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from vault.db.queries import task_views, tasks
from vault.db.queries.task_views import Column, Day
from vault.db.queries.tasks import Grouping, Scope, TaskFilter, TaskPage, TaskRow
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.tasks.people import colleagues
from vault.services.vault import Vault

DONE_SHOWN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class TaskList:
    """One page of tasks. `checks`: those that have tasks in this state. `people` names who appears, by id.

    `assignees`: who could be given tasks, by id; in a list over several accounts, who has those shown.
    """

    page: TaskPage
    checks: tuple[str, ...]
    people: Mapping[str, str]
    assignees: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Board:
    columns: Mapping[str, Column]
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Month:
    """`earlier`: how many of the tasks are due before it."""

    days: Mapping[date, Day]
    earlier: int
    people: Mapping[str, str]


def list_tasks(
    vault: Vault,
    actor: Actor,
    account_id: str | None,
    wanted: TaskFilter,
    token: str | None = None,
    grouping: Grouping | None = None,
) -> TaskList:
    """A page of one account's tasks, or of all accounts'. Raises NotFound, and Invalid for a token of another list."""
    scope = scope_of(actor, account_id)
    with vault.database.reading() as session:
        found = tasks.list_tasks(session, scope, wanted, token, grouping)
        people = names_of(session, _named(found.page.rows))
        assignees = colleagues(session, account_id, Permission.CORRECT) if account_id else people
        return TaskList(found, tasks.checks_with_tasks(session, scope, wanted.state), people, assignees)


def read_board(vault: Vault, actor: Actor, account_id: str | None, wanted: TaskFilter) -> Board:
    """Raises NotFound."""
    scope = scope_of(actor, account_id)
    with vault.database.reading() as session:
        columns = task_views.board(session, scope, wanted, vault.clock() - DONE_SHOWN)
        shown = [row for column in columns.values() for row in column.rows]
        return Board(columns, _people(session, account_id, shown))


def read_month(vault: Vault, actor: Actor, account_id: str | None, wanted: TaskFilter, first: date) -> Month:
    """The month that begins on `first`. Raises NotFound."""
    scope, after = scope_of(actor, account_id), (first + timedelta(days=31)).replace(day=1)
    with vault.database.reading() as session:
        days = task_views.month(session, scope, wanted, first, after)
        earlier = task_views.count_before(session, scope, wanted, first)
        shown = [row for day in days.values() for row in day.rows]
        return Month(days, earlier, _people(session, account_id, shown))


def assignable(vault: Vault, actor: Actor, account_id: str) -> Mapping[str, str]:
    """Names by id of who can be given tasks of the account. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return colleagues(session, account_id, Permission.CORRECT)


def scope_of(actor: Actor, account_id: str | None) -> Scope:
    """The tasks that `actor` may see in the account, or in all accounts. Raises NotFound."""
    if account_id is None:
        return Scope(actor.account_ids, actor.account_ids)
    actor.require(Permission.SEE, account_id)
    return Scope((account_id,), actor.account_ids)


def _people(session: Session, account_id: str | None, rows: Iterable[TaskRow]) -> Mapping[str, str]:
    """Names by id of who appears in the rows, and in one account of who could."""
    able = colleagues(session, account_id, Permission.CORRECT) if account_id else {}
    return {**able, **names_of(session, _named(rows))}


def _named(rows: Iterable[TaskRow]) -> set[str]:
    return {user_id for row in rows for user_id in (row.waived_by, row.assignee_id) if user_id}
