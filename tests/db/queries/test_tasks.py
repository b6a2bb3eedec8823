"""The list of tasks: complete, the earliest due first; the worst of them for the home page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.bench.many_documents import TODAY, ManyDocuments
from vault.db.entities.work import Task
from vault.db.queries.overview import read_overview
from vault.db.queries.tasks import Scope, TaskFilter, checks_with_tasks, list_tasks, worst_tasks
from vault.db.session import Database
from vault.domain.findings import Severity

MADE = ManyDocuments(400)
SCOPE = Scope((MADE.account_id,), MADE.account_ids)
WEEK = timedelta(days=7)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    MADE.fill(opened.engine)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "wanted",
    [
        TaskFilter(),
        TaskFilter(state="done"),
        TaskFilter(severity="high"),
        TaskFilter(check_id="invoice.arithmetic"),
        TaskFilter(due_before=TODAY),
        TaskFilter(due_from=TODAY, due_before=TODAY + WEEK),
    ],
)
def test_walking_the_pages_gives_each_task_once_in_the_order_of_due_dates(
    database: Database, wanted: TaskFilter
) -> None:
    with database.reading() as session:
        found, token = [], None
        while True:
            page = list_tasks(session, SCOPE, wanted, token)
            found += page.page.rows
            token = page.page.next
            if token is None:
                break
        expected = [
            task.id
            for task in session.scalars(select(Task).order_by(Task.due_on, Task.id))
            if task.account_id == MADE.account_id
            and task.state == wanted.state
            and wanted.severity in ("", task.severity)
            and wanted.check_id in ("", task.check_id)
            and (wanted.due_from is None or task.due_on >= wanted.due_from)
            and (wanted.due_before is None or task.due_on < wanted.due_before)
        ]
    assert [row.id for row in found] == expected
    assert page.count == len(expected)
    assert all(row.filename for row in found)


def test_the_worst_tasks_are_the_gravest_and_among_them_the_earliest_due(database: Database) -> None:
    with database.reading() as session:
        worst = worst_tasks(session, SCOPE, 30)
    order = list(Severity)
    keys = [(order.index(Severity(task.severity)), task.due_on) for task in worst]
    assert len(worst) == 30
    assert keys == sorted(keys)
    assert {task.state for task in worst} == {"open"}


def test_only_checks_that_have_such_tasks_are_offered(database: Database) -> None:
    with database.reading() as session:
        checks = checks_with_tasks(session, SCOPE, "open")
        mine = select(Task.check_id).where(Task.account_id == MADE.account_id, Task.state == "open").distinct()
        assert checks == tuple(sorted(session.scalars(mine)))
        assert checks_with_tasks(session, SCOPE, "waived") == ()


def test_the_home_page_counts_what_the_lists_hold(database: Database) -> None:
    with database.reading() as session:
        overview = read_overview(session, MADE.account_id, TODAY)
        open_tasks = list_tasks(session, SCOPE, TaskFilter()).count
        overdue = list_tasks(session, SCOPE, TaskFilter(due_before=TODAY)).count
    assert sum(overview.severities.values()) == open_tasks
    assert overview.overdue == overdue
    assert overview.has_catalogue
    assert len(overview.latest) == 6
