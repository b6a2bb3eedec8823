"""The list of tasks: complete, the earliest due first; the worst of them for the home page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.bench.many_documents import NOON, TODAY, ManyDocuments
from vault.db.entities.work import Task, TaskStage
from vault.db.queries.dashboard import count_tasks
from vault.db.queries.documents import DocumentFilter, list_documents
from vault.db.queries.overview import read_overview
from vault.db.queries.task_views import board, count_before, month
from vault.db.queries.tasks import Grouping, Scope, TaskFilter, TaskRow, checks_with_tasks, list_tasks, worst_tasks
from vault.db.session import Database
from vault.domain.findings import Severity, Verdict

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
        found: list[TaskRow] = []
        token = None
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


@pytest.mark.parametrize("grouping", Grouping)
@pytest.mark.parametrize("accounts", [MADE.account_ids[:1], MADE.account_ids])
def test_groups_hold_each_task_once_forwards_and_backwards(
    database: Database, grouping: Grouping, accounts: tuple[str, ...]
) -> None:
    scope = Scope(accounts, MADE.account_ids)
    with database.reading() as session:
        pages = [list_tasks(session, scope, TaskFilter(), None, grouping).page]
        while pages[-1].next:
            pages.append(list_tasks(session, scope, TaskFilter(), pages[-1].next, grouping).page)
        back = [pages[-1]]
        while back[-1].previous:
            back.append(list_tasks(session, scope, TaskFilter(), back[-1].previous, grouping).page)
        is_ours = (Task.account_id.in_(accounts), Task.state == "open")
        expected = sorted(session.scalars(select(Task.id).where(*is_ours)))
    rows = [row for page in pages for row in page.rows]
    assert sorted(row.id for row in rows) == expected
    assert [page.rows for page in reversed(back)] == [page.rows for page in pages]
    keys = [_group_key(row, grouping) for row in rows]
    assert keys == sorted(keys)


def _group_key(row: TaskRow, grouping: Grouping) -> tuple[str, ...]:
    due = row.due_on.isoformat()
    first = {
        Grouping.SUBJECT: row.subject_id,
        Grouping.CHECK: row.check_id,
        Grouping.ASSIGNEE: row.assignee_id or "",
        Grouping.SEVERITY: str(list(Severity).index(Severity(row.severity))),
        Grouping.WEEK: "",
    }
    return first[grouping], due, row.id


def test_the_board_holds_what_the_lists_hold(database: Database) -> None:
    with database.transaction() as session:
        for task in session.scalars(select(Task).where(Task.state == "open").limit(60)):
            task.stage = TaskStage.WAITING
        for task in session.scalars(select(Task).where(Task.state == "done").limit(30)):
            task.closed_at = NOON
    with database.reading() as session:
        columns = board(session, SCOPE, TaskFilter(), NOON - WEEK)
        for stage in TaskStage:
            listed = list_tasks(session, SCOPE, TaskFilter(stage=stage))
            assert columns[stage].count == listed.count
            assert columns[stage].rows == listed.page.rows[:25]
        done = select(Task.id).where(Task.account_id == MADE.account_id, Task.state == "done", Task.closed_at == NOON)
        assert columns["done"].count == len(session.scalars(done).all())


def test_a_month_counts_each_day_and_shows_the_first_few(database: Database) -> None:
    first, after = TODAY.replace(day=1), (TODAY.replace(day=1) + timedelta(days=31)).replace(day=1)
    with database.reading() as session:
        days = month(session, SCOPE, TaskFilter(), first, after)
        for day, found in days.items():
            listed = list_tasks(session, SCOPE, TaskFilter(due_from=day, due_before=day + timedelta(days=1)))
            assert found.count == listed.count
            assert found.rows == listed.page.rows[: len(found.rows)]
        whole = list_tasks(session, SCOPE, TaskFilter(due_from=first, due_before=after)).count
        assert sum(found.count for found in days.values()) == whole
        earlier = list_tasks(session, SCOPE, TaskFilter(due_before=TODAY)).count
        assert count_before(session, SCOPE, TaskFilter(), TODAY) == earlier


def test_words_are_found_in_titles_and_file_names(database: Database) -> None:
    with database.reading() as session:
        everything = list_tasks(session, SCOPE, TaskFilter()).count
        assert list_tasks(session, SCOPE, TaskFilter(text="Something MISSING")).count == everything
        one = list_tasks(session, SCOPE, TaskFilter()).page.rows[0]
        found = list_tasks(session, SCOPE, TaskFilter(text=f"something {one.filename}")).page.rows
        assert {row.filename for row in found} >= {one.filename}
        assert list_tasks(session, SCOPE, TaskFilter(text="100%")).count == 0


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
        overview = read_overview(session, MADE.account_id)
        counts = count_tasks(session, SCOPE.accounts, SCOPE.seen, TODAY).by_account[MADE.account_id]
        open_tasks = list_tasks(session, SCOPE, TaskFilter()).count
        overdue = list_tasks(session, SCOPE, TaskFilter(due_before=TODAY)).count
        documents = {
            verdict: list_documents(session, MADE.account_id, DocumentFilter(verdict=verdict)).count
            for verdict in Verdict
        }
    assert counts.tasks == open_tasks
    assert counts.overdue == overdue
    assert {verdict: overview.verdicts.get(verdict, 0) for verdict in Verdict} == documents
    assert overview.has_catalogue
    assert len(overview.latest) == 6
