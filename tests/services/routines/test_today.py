"""The day of a person: the own turns, the due tasks, what is done; nothing of accounts one does not see."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.services.routines.conftest import Team, hire
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.routines import Routine
from vault.db.entities.work import Task, TaskState
from vault.db.queries.routines import figures
from vault.domain.cadence import Monthly, Weekly
from vault.domain.errors import NotFound
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.domain.routines import OccurrenceState
from vault.services.access import Actor
from vault.services.routines import absences, routines
from vault.services.routines.absences import Away
from vault.services.routines.today import AccountDay, Day, read_day


def day_of(team: Team, actor: Actor) -> AccountDay:
    [day] = read_day(team.vault, actor, team.account_id).accounts
    return day


def task(team: Team, account_id: str, title: str, **fields: object) -> None:
    row = Task(id=new_id(), account_id=account_id, subject_type="document", subject_id=new_id(), check_id="x")
    row.outcome, row.severity, row.state = "fail", "normal", TaskState.OPEN
    row.title, row.advice, row.finding = {"text": title, "params": {}}, {}, {}
    row.due_on, row.opened_at = team.day, team.clock()
    for name, value in fields.items():
        setattr(row, name, value)
    with team.vault.database.transaction() as session:
        session.add(row)


def account(team: Team) -> str:
    """Another seller account, of nobody."""
    other = SellerAccount(id=new_id(), name="Other", legal_name="Other", marketplaces=[], created_at=team.clock())
    with team.vault.database.transaction() as session:
        session.add(other)
    return other.id


def test_one_sees_ones_own_turns_and_how_long_they_take(team: Team) -> None:
    team.routine(minutes=5)
    team.routine(title="Stock", minutes=4)
    day = read_day(team.vault, team.ada)
    assert (day.routines, day.minutes) == (2, 9)
    assert day_of(team, team.kim).own == ()
    assert [item.routine.title for item in day_of(team, team.kim).others] == ["Look", "Stock"]


def test_what_is_done_moves_to_the_end_of_the_page(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    day = day_of(team, team.ada)
    assert [item.routine.id for item in day.done] == [routine.id]
    assert day.is_calm
    team.later()
    assert day_of(team, team.ada).done == ()


def test_what_comes_within_a_week_is_told(team: Team) -> None:
    team.routine(Weekly(frozenset({5})), "Friday")
    team.routine(Monthly(1, 20), "Later")
    assert [item.routine.title for item in day_of(team, team.ada).coming] == ["Friday"]


def test_an_overdue_duty_stays_until_it_is_done(team: Team) -> None:
    routine = team.routine(Monthly(1, 2))
    team.later(10)
    [item] = day_of(team, team.ada).own
    assert (item.routine.id, item.state) == (routine.id, OccurrenceState.OVERDUE)


def test_due_tasks_are_ones_own_or_nobodys_the_gravest_first(team: Team) -> None:
    task(team, team.account_id, "mine", assignee_id=team.ada.id)
    task(team, team.account_id, "nobody's", severity="critical")
    task(team, team.account_id, "Kim's", assignee_id=team.kim.id)
    task(team, team.account_id, "tomorrow", due_on=team.day + timedelta(days=1))
    task(team, team.account_id, "done", state=TaskState.DONE)
    task(team, team.account_id, "of two accounts", other_account_id=account(team))
    day = day_of(team, team.ada)
    assert [each.title["text"] for each in day.tasks] == ["nobody's", "mine"]
    assert day.task_count == 2


def test_many_tasks_are_counted_and_a_few_are_shown(team: Team) -> None:
    for number in range(8):
        task(team, team.account_id, f"task {number}")
    day = day_of(team, team.ada)
    assert (len(day.tasks), day.task_count) == (5, 8)


def test_nobody_sees_the_day_of_an_account_that_is_not_theirs(team: Team) -> None:
    team.routine()
    stranger = Actor("s", "S")
    assert read_day(team.vault, stranger).accounts == ()
    with pytest.raises(NotFound):
        read_day(team.vault, stranger, team.account_id)


def everything_of(day: Day) -> list[tuple[str, list[str], list[str], list[str]]]:
    """Of each account what is one's own, nobody's and to come, by id."""
    return [
        (
            each.account.id,
            [item.routine.id for item in each.own],
            [item.routine.id for item in each.nobodys],
            [item.routine.id for item in each.coming],
        )
        for each in day.accounts
    ]


def test_the_day_everywhere_is_that_of_each_account(team: Team) -> None:
    """Of all accounts only those routines are read that can stand on the page; of one account all of them."""
    left = hire(team.vault, team.account_id, "Lou", Role.MANAGER)
    crew = [(owner, deputy) for owner in (team.ada, team.bo, team.kim, left) for deputy in (None, team.ada, team.kim)]
    made = [team.routine(title=f"Number {number:02}").id for number in range(len(crew))]
    with team.vault.database.transaction() as session:
        for id_, (owner, deputy) in zip(made, crew, strict=True):
            routine = session.get_one(Routine, id_)
            routine.owner_id, routine.deputy_id = owner.id, deputy.id if deputy else None
    team.leave(left)
    for away in (None, team.kim, team.ada):
        if away is not None:
            absences.enter(team.vault, team.ada, team.account_id, Away(away.id, team.day, team.day + timedelta(days=2)))
        for who in (team.ada, team.bo, team.kim):
            here = read_day(team.vault, who, team.account_id)
            everywhere = read_day(team.vault, who)
            assert everything_of(everywhere) == everything_of(here)
            assert everywhere.has_routines
    assert any(everything_of(read_day(team.vault, team.ada))[0][2])


def test_a_paused_routine_is_one_though_nothing_of_it_is_due(team: Team) -> None:
    routine = team.routine()
    routines.pause(team.vault, team.ada, team.account_id, routine.id)
    day = read_day(team.vault, team.ada)
    assert (day.routines, day.has_routines) == (0, True)
    assert not read_day(team.vault, Actor("s", "S")).has_routines


def test_an_auditor_looks_on(team: Team) -> None:
    team.routine()
    auditor = hire(team.vault, team.account_id, "Udo", Role.AUDITOR)
    day = day_of(team, auditor)
    assert (day.own, len(day.others), day.may_attest) == ((), 1, False)


def test_figures_count_what_the_pages_show(team: Team) -> None:
    daily, monthly = team.routine(), team.routine(Monthly(1, 2))
    team.later(4)
    team.attest(daily)
    found = team.figures()
    assert (found.due, found.overdue, found.done_today, found.skipped_30d) == (0, 1, 1, 4)
    team.attest(monthly, monthly.plans[0].begins_on)
    assert (team.figures().overdue, team.figures().done_today) == (0, 2)


def test_figures_take_three_statements_however_many_the_accounts_are(team: Team) -> None:
    team.routine()
    others = [account(team) for _ in range(5)]
    seen: list[str] = []
    with team.vault.database.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *given: seen.append(given[2]))
        found = figures(session, [team.account_id, *others], team.day)
    assert len(seen) == 3
    assert found[team.account_id].due == 1
    assert found[others[0]].due == 0
