"""A duty is done when a person says so: once, with a note and documents, and to be taken back on the same day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.routines.conftest import Team
from vault.domain.cadence import Monthly
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.routines import Outcome
from vault.services.access import Actor
from vault.services.routines import attestations, routines
from vault.services.routines.attestations import Words
from vault.services.routines.pages import read_history

FIRST = date(2026, 11, 2)


def test_attesting_twice_is_harmless(team: Team) -> None:
    routine = team.routine()
    first = attestations.attest(team.vault, team.ada, team.account_id, routine.id, FIRST, Words("quiet"))
    before = team.shop.journal()
    again = attestations.attest(team.vault, team.bo, team.account_id, routine.id, FIRST, Words("other"))
    assert (again.id, again.note, again.person_id) == (first.id, "quiet", team.ada.id)
    assert team.shop.journal() == before
    assert team.figures().done_today == 1


def test_who_did_it_in_whose_place_is_kept(team: Team) -> None:
    routine = team.routine()
    team.attest(routine, actor=team.kim)
    [entry] = read_history(team.vault, team.ada, team.account_id, routine.id).entries
    assert entry.said is not None
    assert (entry.said.person_id, entry.said.instead_of) == (team.kim.id, team.ada.id)


def test_documents_of_the_vault_show_that_it_was_done(team: Team) -> None:
    document_id = team.shop.keep(b"%PDF-1.4 a report").document_id
    routine = team.routine()
    words = Words("Report kept", [document_id, document_id])
    attestations.attest(team.vault, team.ada, team.account_id, routine.id, FIRST, words)
    [entry] = read_history(team.vault, team.ada, team.account_id, routine.id).entries
    assert [each.id for each in entry.documents] == [document_id]


def test_documents_of_other_accounts_do_not_exist(team: Team) -> None:
    routine = team.routine()
    with pytest.raises(NotFound):
        attestations.attest(team.vault, team.ada, team.account_id, routine.id, FIRST, Words("", ["0" * 26]))
    assert team.figures().due == 1


def test_what_was_said_today_can_be_taken_back_today(team: Team) -> None:
    routine = team.routine()
    team.attest(routine, actor=team.kim)
    attestations.undo(team.vault, team.kim, team.account_id, routine.id, FIRST)
    attestations.undo(team.vault, team.kim, team.account_id, routine.id, FIRST)
    assert team.figures().due == 1
    team.attest(routine)
    with pytest.raises(Forbidden):
        attestations.undo(team.vault, team.kim, team.account_id, routine.id, FIRST)
    attestations.undo(team.vault, team.bo, team.account_id, routine.id, FIRST)
    assert team.figures().due == 1


def test_the_day_after_what_was_said_stands(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    team.later()
    with pytest.raises(Invalid):
        attestations.undo(team.vault, team.ada, team.account_id, routine.id, FIRST)


def test_a_missed_daily_duty_cannot_be_attested_any_more_but_explained(team: Team) -> None:
    routine = team.routine()
    team.later()
    with pytest.raises(Invalid):
        team.attest(routine, FIRST)
    said = attestations.skip(team.vault, team.kim, team.account_id, routine.id, FIRST, "Public holiday")
    assert (said.outcome, said.note) == (Outcome.SKIPPED, "Public holiday")
    assert team.figures().skipped_30d == 1


def test_a_reason_is_needed_and_can_be_reworded_on_the_same_day(team: Team) -> None:
    routine = team.routine()
    with pytest.raises(Invalid):
        attestations.skip(team.vault, team.kim, team.account_id, routine.id, FIRST, "  ")
    attestations.skip(team.vault, team.kim, team.account_id, routine.id, FIRST, "Shop closed")
    said = attestations.skip(team.vault, team.bo, team.account_id, routine.id, FIRST, "Stocktaking")
    assert said.note == "Stocktaking"
    team.later()
    with pytest.raises(Conflict):
        attestations.skip(team.vault, team.bo, team.account_id, routine.id, FIRST, "Something else")


def test_done_and_skipped_exclude_each_other(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    with pytest.raises(Conflict):
        attestations.skip(team.vault, team.ada, team.account_id, routine.id, FIRST, "No")
    attestations.undo(team.vault, team.ada, team.account_id, routine.id, FIRST)
    attestations.skip(team.vault, team.ada, team.account_id, routine.id, FIRST, "Yes")
    with pytest.raises(Conflict):
        team.attest(routine)


@pytest.mark.parametrize("days", [-40, -1, 1, 40])
def test_on_a_day_without_the_duty_there_is_nothing_to_say(team: Team, days: int) -> None:
    routine, day = team.routine(), FIRST + timedelta(days=days)
    with pytest.raises(Invalid):
        team.attest(routine, day)
    with pytest.raises(Invalid):
        attestations.skip(team.vault, team.ada, team.account_id, routine.id, day, "No")


def test_a_late_duty_leaves_the_next_one_where_it_was_intended(team: Team) -> None:
    routine = team.routine(Monthly(1, 2))
    team.later(7)
    team.attest(routine, FIRST)
    found = read_history(team.vault, team.ada, team.account_id, routine.id)
    assert found.standing is not None
    assert (found.standing.open, found.standing.next_due) == (None, date(2026, 12, 2))


def test_a_monthly_duty_can_be_done_ahead_and_then_comes_back_a_month_later(team: Team) -> None:
    routine = team.routine(Monthly(1, 5))
    found = read_history(team.vault, team.ada, team.account_id, routine.id)
    assert found.ahead == date(2026, 11, 5)
    team.attest(routine, found.ahead)
    found = read_history(team.vault, team.ada, team.account_id, routine.id)
    assert found.standing is not None
    assert (found.ahead, found.standing.next_due) == (None, date(2026, 12, 5))
    assert [entry.due_on for entry in found.entries] == [date(2026, 11, 5)]
    team.later(3)
    assert team.figures().due == 0


def test_what_does_not_run_cannot_be_attested(team: Team) -> None:
    routine = team.routine()
    routines.pause(team.vault, team.ada, team.account_id, routine.id)
    with pytest.raises(Invalid):
        team.attest(routine)


def test_others_may_not_attest(team: Team) -> None:
    routine = team.routine()
    with pytest.raises(NotFound):
        team.attest(routine, actor=Actor("s", "S"))


def test_days_are_those_of_the_time_zone_also_when_the_clocks_change(team: Team) -> None:
    settings = replace(team.vault.settings, time_zone="Europe/Berlin")
    berlin = replace(team, vault=replace(team.vault, settings=settings))
    team.clock.now = datetime(2026, 10, 23, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
    routine = berlin.routine()
    seen = []
    for hours in (0, 24, 24, 1):  # 25 October has 25 hours there
        berlin.clock.advance(timedelta(hours=hours))
        seen.append((berlin.day.day, berlin.figures().due))
        berlin.attest(routine)
    assert seen == [(24, 1), (25, 1), (25, 0), (26, 1)]
    assert berlin.figures().skipped_30d == 0


def test_every_word_is_in_the_journal(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    attestations.undo(team.vault, team.ada, team.account_id, routine.id, FIRST)
    said = [action for action, subject in team.shop.journal() if subject == routine.id]
    assert said == ["routine.added", "routine.attested", "routine.undone"]
