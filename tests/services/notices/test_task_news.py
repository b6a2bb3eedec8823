"""What people do with tasks reaches whom it concerns, and says nothing that should not leave the house."""

from datetime import timedelta

from tests.services.notices.conftest import Office
from vault.db.entities.people import User
from vault.domain.roles import Role
from vault.services.tasks.changes import assigning
from vault.services.tasks.comments import add_comment, edit_comment
from vault.services.tasks.tasks_work import ManualTask, add_task, change_task


def give(office: Office, task_id: str, to: str, by: str = "owner") -> None:
    change_task(office.vault, office.actor(by), task_id, assigning(office.people[to]))


def test_who_is_given_a_task_is_told_and_who_takes_one_is_not(office: Office) -> None:
    give(office, office.add_task(due_in=9), to="assistant")
    give(office, office.add_task(due_in=9), to="owner")
    (told,) = office.told("assistant")
    assert told.body["params"] == {"who": "Owner", "day": "2026-11-09"}
    assert office.told("owner") == []


def test_a_task_that_goes_there_and_back_is_told_again_each_time(office: Office) -> None:
    task_id = office.add_task(due_in=9)
    for name in ("assistant", "manager", "assistant"):
        office.clock.advance(timedelta(minutes=1))
        give(office, task_id, to=name)
    assert office.kinds("assistant") == ["assigned", "assigned"]


def test_a_task_that_is_added_for_somebody_is_told(office: Office) -> None:
    wanted = ManualTask("Call the supplier", assignee_id=office.people["assistant"])
    add_task(office.vault, office.actor("manager"), office.accounts["Lavandine"], wanted)
    assert office.kinds("assistant") == ["assigned"]


def test_a_comment_is_told_to_whom_it_names_and_to_who_works_on_the_task_but_not_what_it_says(office: Office) -> None:
    task_id = office.add_task(due_in=9, assignee="assistant")
    add_comment(office.vault, office.actor("manager"), task_id, "@Owner the IBAN is FR76 3000 6000 0112 3456 7890 189")
    assert office.kinds("owner") == ["mentioned"]
    assert office.kinds("assistant") == ["commented"]
    assert office.told("manager") == []
    assert all("FR76" not in str((each.title, each.body, each.href)) for each in office.told("owner"))


def test_an_edited_comment_is_told_only_to_who_has_not_heard_of_it(office: Office) -> None:
    task_id = office.add_task(due_in=9, assignee="assistant")
    manager = office.actor("manager")
    comment = add_comment(office.vault, manager, task_id, "Look at this")
    edit_comment(office.vault, manager, task_id, comment.id, "@Owner look at this")
    assert (office.kinds("assistant"), office.kinds("owner")) == (["commented"], ["mentioned"])


def test_who_cannot_look_is_not_told(office: Office) -> None:
    office.employ("other", Role.MANAGER)
    with office.vault.database.transaction() as session:
        session.get_one(User, office.people["other"]).totp_secret = None
    give(office, office.add_task(due_in=9), to="other")
    assert office.told("other") == []
