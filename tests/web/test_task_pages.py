"""The pages of the work list, as a browser without script sees them."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from tests.clock import Clock
from tests.shop import Shop, open_shop
from tests.web.desk import Desk, employ, sit_down
from vault.db.entities.people import User
from vault.db.entities.work import Task, TaskStage
from vault.db.queries.keyset import PAGE_SIZE
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.message import Message
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.services.journal.notes import record
from vault.services.people.users import find
from vault.services.register import accounts
from vault.services.register.accounts import AccountDetails
from vault.services.tasks import bulk as task_bulk
from vault.services.tasks import comments as task_comments
from vault.services.tasks import tasks_work
from vault.services.tasks.changes import assigning, moving
from vault.services.tasks.tasks import Subject, reconcile
from vault.services.tasks.tasks_work import ManualTask
from vault.services.vault import Vault
from vault.web.subjects import SUBJECTS, subject_address


@dataclass(frozen=True, slots=True)
class Office:
    """A seller account, its owner at the pages, and ways to make tasks in it."""

    shop: Shop
    desk: Desk

    def add(self, title: str = "Call the supplier", severity: Severity = Severity.NORMAL) -> str:
        wanted = ManualTask(title, severity=severity)
        return tasks_work.add_task(self.shop.vault, self.shop.actor, self.shop.account_id, wanted).id

    def found(self, message: str, other_account_id: str | None = None) -> str:
        """The task of a check."""
        finding = Finding("a.check", Outcome.FAIL, Message(message), "rule/7", Severity.HIGH)
        subject = Subject("account", self.shop.account_id, self.shop.account_id, other_account_id)
        with self.shop.vault.database.transaction() as session:
            record(session, self.shop.vault, reconcile(session, self.shop.vault, subject, [finding]))
            return session.query(Task).filter_by(check_id="a.check").one().id

    def task(self, task_id: str) -> Task:
        with self.shop.vault.database.reading() as session:
            return session.get_one(Task, task_id)

    def page(self, address: str) -> str:
        answer = self.desk.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def all_accounts(self, address: str = "/tasks") -> str:
        return self.desk.client.get(address).text

    def change(self, **form: object) -> str:
        """Sends the form of the chosen tasks; the page that follows."""
        data = {"csrf_token": self.desk.token, "next": f"{self.desk.base}/tasks", **form}
        answer = self.desk.client.post("/tasks/change", data=data, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture
def office(app: Flask, vault: Vault) -> Office:
    shop = open_shop(vault, with_catalogue=False)
    with vault.database.transaction() as session:
        session.get_one(User, shop.actor.id).totp_secret = vault.secrets.encrypt("JBSWY3DPEHPK3PXP")
    return Office(shop, sit_down(app, shop.actor.id, shop.account_id))


@pytest.fixture
def second_account(office: Office) -> str:
    person = find(office.shop.vault, office.shop.actor.id)
    assert person is not None
    address = PostalAddress(street="2 rue Neuve", postcode="69001", city="Lyon", country="FR")
    details = AccountDetails("Second", "Second SARL", address, marketplaces=("FR",))
    return accounts.open_account(office.shop.vault, person.actor(), details).id


def titles(page: str) -> list[str]:
    return re.findall(r'class="task-title"><a[^>]*>([^<]+)<', page)


def statements_of(office: Office, address: str) -> int:
    """How many statements the page takes."""
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    engine = office.shop.vault.database.engine
    event.listen(engine, "before_cursor_execute", note)
    office.page(address)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_page_of_a_task_says_what_why_and_where(office: Office) -> None:
    page = office.page(f"/tasks/{office.found('Two people share one login')}")
    for part in ("Two people share one login", "rule/7", "closes by itself", "Task opened"):
        assert part in page
    assert "Done</button>" not in page


def test_a_task_added_by_hand_is_finished_on_its_page(office: Office) -> None:
    sent = office.desk.post("/tasks/add", title="Ask <b>Meyer</b>", severity="high", assignee="")
    task_id = sent.location.rsplit("/", 1)[1]
    assert "Ask &lt;b&gt;Meyer&lt;/b&gt;" in office.page(f"/tasks/{task_id}")
    office.desk.post(f"/tasks/{task_id}/finish")
    assert office.task(task_id).state == "done"
    assert "Open again" in office.page(f"/tasks/{task_id}")


def test_a_task_without_a_title_is_not_added(office: Office) -> None:
    refused = office.desk.post("/tasks/add", title="", severity="high", assignee="")
    assert (refused.status_code, "Fill in this field" in refused.text) == (422, True)


def test_comments_are_shown_as_written_and_mentions_marked(office: Office) -> None:
    task_id = office.add()
    name = office.shop.actor.name
    office.desk.post(f"/tasks/{task_id}/comments", text=f"@{name} <script>alert(1)</script>")
    page = office.page(f"/tasks/{task_id}")
    assert f'<span class="mention">@{name}</span>' in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_comment_is_changed_and_removed_where_it_stands(office: Office) -> None:
    task_id = office.add()
    said = task_comments.add_comment(office.shop.vault, office.shop.actor, task_id, "Tuesday")
    assert "<textarea" in office.page(f"/tasks/{task_id}?edit={said.id}").split("comment-head", 1)[1]
    office.desk.post(f"/tasks/{task_id}/comments/{said.id}", text="Wednesday")
    assert "Wednesday" in office.page(f"/tasks/{task_id}")
    office.desk.post(f"/tasks/{task_id}/comments/{said.id}/remove")
    assert "Wednesday" not in office.page(f"/tasks/{task_id}")


@pytest.mark.parametrize(
    ("address", "form", "said"),
    [
        ("stage", {"stage": "nowhere"}, "Choose how far"),
        ("due", {"due_on": "soon"}, "Choose the day"),
        ("due", {"due_on": "2001-01-01"}, "within a year"),
        ("assign", {"assignee": "nobody-known"}, "Choose somebody"),
        ("comments", {"text": " "}, "Write something first"),
        ("finish", {}, "A check has raised this task"),
    ],
)
def test_what_is_not_accepted_is_said(office: Office, address: str, form: dict[str, str], said: str) -> None:
    task_id = office.found("A gap")
    office.desk.post(f"/tasks/{task_id}/{address}", **form)
    assert said in office.page(f"/tasks/{task_id}")


def test_changing_chosen_tasks_and_undoing_it(office: Office) -> None:
    ids = [office.add("One"), office.add("Two")]
    office.add("Three")
    page = office.change(task=ids, do="stage", stage="waiting")
    assert "2 tasks changed." in page
    assert [office.task(each).stage for each in ids] == ["waiting"] * 2
    undo = re.search(r'name="change" value="(\w+)"', page)
    assert undo
    data = {"csrf_token": office.desk.token, "change": undo[1], "next": f"{office.desk.base}/tasks"}
    assert "2 tasks are as before." in office.desk.client.post("/tasks/undo", data=data, follow_redirects=True).text
    assert [office.task(each).stage for each in ids] == ["to_do"] * 2
    assert 'name="change"' not in office.page("/tasks")


@pytest.mark.parametrize(
    "form",
    [{}, {"do": "stage", "stage": "gone"}, {"do": "due", "due_on": ""}, {"do": "waive", "until": "x"}],
)
def test_half_a_change_is_refused_in_words(office: Office, form: dict[str, str]) -> None:
    assert "choose what to change" in office.change(task=[office.add()], **form)
    assert "Choose the tasks first" in office.change(do="assign", assignee="me")


def test_an_assistant_is_not_offered_what_managers_do(app: Flask, office: Office) -> None:
    task_id = office.add()
    assistant = employ(app, office.shop.account_id, Role.ASSISTANT)
    page = assistant.get("/tasks").text
    assert 'value="assign"' in page
    assert 'value="waive"' not in page
    assert 'name="due_on"' not in assistant.get(f"/tasks/{task_id}").text
    auditor = employ(app, office.shop.account_id, Role.AUDITOR).get("/tasks").text
    assert 'id="bulk"' not in auditor


def test_filters_narrow_the_list(office: Office) -> None:
    mine, watched = office.add("Mine"), office.add("Watched", Severity.HIGH)
    vault, actor = office.shop.vault, office.shop.actor
    tasks_work.change_task(vault, actor, mine, assigning(actor.id))
    tasks_work.change_task(vault, actor, mine, moving(TaskStage.WAITING))
    tasks_work.watch(vault, actor, watched, True)
    asked = {
        "who=me": ["Mine"],
        "who=nobody": ["Watched"],
        "watched=1": ["Watched"],
        "stage=waiting": ["Mine"],
        "q=watch": ["Watched"],
        "severity=high": ["Watched"],
        "check=task.manual": ["Watched", "Mine"],
        f"subject={mine}": ["Mine"],
        "due=overdue": [],
        "q=nothing&who=me": [],
    }
    assert {query: titles(office.page(f"/tasks?{query}")) for query in asked} == asked


@pytest.mark.parametrize("group", ["subject", "check", "assignee", "severity", "week"])
def test_groups_follow_each_other_each_task_once(office: Office, group: str) -> None:
    for number in range(3):
        office.add(f"Low {number}", Severity.LOW)
        office.add(f"Critical {number}", Severity.CRITICAL)
    office.found("A gap")
    page = office.page(f"/tasks?group={group}")
    assert len(titles(page)) == len(set(titles(page))) == 7
    headings = re.findall(r'class="group-head">([^<]+)<', page)
    assert headings
    if group != "subject":
        assert len(headings) == len(set(headings))


def test_pages_of_groups_go_on_where_the_last_ended(office: Office) -> None:
    for number in range(60):
        office.add(f"Task {number}", Severity.LOW if number % 2 else Severity.HIGH)
    first = office.page("/tasks?group=severity")
    after = re.search(r'rel="next" href="[^"]*?/tasks([^"]+)"', first)
    assert after
    second = office.page("/tasks" + after[1].replace("&amp;", "&"))
    assert sorted(titles(first) + titles(second)) == sorted(f"Task {number}" for number in range(60))


def test_the_list_asks_as_much_for_many_tasks_as_for_few(office: Office) -> None:
    for address in ("/tasks", "/tasks/board", "/tasks/calendar", "/tasks?group=severity"):
        office.add()
        office.page(address)  # the first look notes in the session where the person works
        few = statements_of(office, address)
        for _ in range(5):
            office.add()
        assert statements_of(office, address) == few


def test_a_view_is_kept_and_removed(office: Office) -> None:
    data = {"csrf_token": office.desk.token, "name": "My week", "who": "me", "group": "week"}
    data |= {"account": office.shop.account_id, "next": f"{office.desk.base}/tasks"}
    page = office.desk.client.post("/tasks/views", data=data, follow_redirects=True).text
    assert "who=me" in page
    assert "My week" in page
    view = re.search(r'name="view" value="(\w+)"', page)
    assert view
    gone = {"csrf_token": office.desk.token, "view": view[1], "next": f"{office.desk.base}/tasks"}
    assert "My week" not in office.desk.client.post("/tasks/views/remove", data=gone, follow_redirects=True).text


def test_each_column_of_the_board_has_its_link_for_narrow_screens(office: Office) -> None:
    page = office.page("/tasks/board")
    switch = page.partition('class="board-switch"')[2].partition("</nav>")[0]
    columns = re.findall(r'class="board-column" id="([\w-]+)"', page)
    assert re.findall(r'href="#([\w-]+)"', switch) == columns
    assert len(columns) == 4


def test_the_board_shows_how_far_tasks_are_and_moves_them(office: Office) -> None:
    task_id, checked = office.add("By hand"), office.found("A gap")
    vault, actor = office.shop.vault, office.shop.actor
    tasks_work.change_task(vault, actor, task_id, moving(TaskStage.IN_PROGRESS))
    tasks_work.finish(vault, actor, office.add("Finished"))
    columns = dict(re.findall(r'data-stage="(\w+)">(.*?)</section>', office.page("/tasks/board"), re.DOTALL))
    assert {stage: [t for t in ("By hand", "A gap", "Finished") if t in text] for stage, text in columns.items()} == {
        "to_do": ["A gap"],
        "in_progress": ["By hand"],
        "waiting": [],
        "done": ["Finished"],
    }
    office.desk.post(f"/tasks/{task_id}/stage", stage="done")
    office.desk.post(f"/tasks/{checked}/stage", stage="done")
    assert (office.task(task_id).state, office.task(checked).state) == ("done", "open")


def test_the_calendar_shows_a_month(office: Office, clock: Clock) -> None:
    for _ in range(6):
        office.add("Due soon")
    day = office.task(office.add("Due soon")).due_on
    page = office.page(f"/tasks/calendar?month={day:%Y-%m}")
    assert page.count(">Due soon</a>") == 4
    assert "and 3 more" in page
    later = (day.replace(day=1) + timedelta(days=62)).strftime("%Y-%m")
    empty = office.page(f"/tasks/calendar?month={later}")
    assert "Nothing is due in this month" in empty
    for nonsense in ("2026-13", "x", "9999-12", "0001-01"):
        assert f"{clock().year}" in office.page(f"/tasks/calendar?month={nonsense}")


def test_over_all_accounts_each_person_sees_their_own(app: Flask, office: Office, second_account: str) -> None:
    office.add("Of the first")
    vault, actor = office.shop.vault, find(office.shop.vault, office.shop.actor.id)
    assert actor is not None
    tasks_work.add_task(vault, actor.actor(), second_account, ManualTask("Of the second"))
    assert sorted(titles(office.all_accounts())) == ["Of the first", "Of the second"]
    colleague = employ(app, second_account, Role.ASSISTANT).client
    assert titles(colleague.get("/tasks").text) == ["Of the second"]
    for address in ("/tasks/board", "/tasks/calendar?month=2026-11", "/tasks?group=check"):
        assert "Of the first" not in colleague.get(address).text
        assert "Of the second" in colleague.get(address).text


def test_a_task_of_two_accounts_is_on_no_page_of_who_sees_one(app: Flask, office: Office, second_account: str) -> None:
    task_id = office.found("Both use one bank", second_account)
    desk = employ(app, office.shop.account_id, Role.OWNER)
    month = f"{office.task(task_id).due_on:%Y-%m}"
    for address in (
        "/tasks",
        "/tasks/board",
        f"/tasks/calendar?month={month}",
        "/tasks?group=severity",
        "/",
        "/journal",
    ):
        assert "Both use one bank" not in desk.get(address).text
        assert "a.check" not in desk.get(address).text
    assert desk.get(f"/tasks/{task_id}").status_code == 404
    for action in ("stage", "assign", "due", "watch", "finish", "comments", "waive"):
        form = {"stage": "waiting", "text": "x", "due_on": "2026-11-20", "until": "2026-11-20", "reason": "x"}
        assert desk.post(f"/tasks/{task_id}/{action}", **form).status_code == 404, action
    data = {"csrf_token": desk.token, "task": task_id, "do": "stage", "stage": "waiting"}
    assert desk.client.post("/tasks/change", data=data).status_code == 404
    assert "Both use one bank" in office.page("/tasks")


@pytest.mark.parametrize("name", [name for name, subject in SUBJECTS.items() if subject.endpoint])
def test_each_task_leads_to_what_it_is_about(app: Flask, name: str) -> None:
    thing, account_id = "t" * 26, "a" * 26
    with app.test_request_context():
        found = subject_address(name, thing, account_id)
    assert found is not None
    assert thing in found or account_id in found
    assert "?" not in found


def test_a_whole_page_can_be_changed_at_once() -> None:
    assert task_bulk.MOST >= PAGE_SIZE
