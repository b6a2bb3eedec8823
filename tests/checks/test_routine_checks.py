"""Routines are judged by the rule book's numbers: a day of grace, daily duties skipped and not chased, gaps counted."""

from datetime import date, timedelta

import pytest

from vault.checks.judge import judge
from vault.checks.registry import ROUTINE_CHECKS
from vault.checks.routine.facts import RoutineFacts
from vault.domain.findings import Finding, Outcome
from vault.domain.routines import Occurrence, OccurrenceState
from vault.rules.loader import load_rules

TODAY = date(2026, 11, 20)
PROFILE = load_rules().profiles["routine"]


def judged(
    open_for: int | None = None, returns_in: int = 7, done: int = 0, skipped: int = 0, owner: str = "Ada"
) -> dict[str, Finding]:
    """The findings about a routine with that many done and skipped due dates, open since `open_for` days."""
    states = [OccurrenceState.DONE] * done + [OccurrenceState.SKIPPED] * skipped
    past = [Occurrence(TODAY - timedelta(days=1 + place), state) for place, state in enumerate(states)]
    still = Occurrence(TODAY - timedelta(days=open_for), OccurrenceState.OVERDUE) if open_for is not None else None
    following = (still.due_on if still else TODAY) + timedelta(days=returns_in)
    facts = RoutineFacts("Look", TODAY, tuple(past), still, following, owner)
    return {finding.check: finding for finding in judge(facts, PROFILE, ROUTINE_CHECKS)}


@pytest.mark.parametrize(
    ("open_for", "returns_in", "outcome"),
    [(None, 7, Outcome.PASS), (1, 7, Outcome.PASS), (2, 7, Outcome.FAIL), (2, 3, Outcome.PASS), (40, 90, Outcome.FAIL)],
)
def test_a_duty_is_overdue_after_its_grace_unless_the_next_one_comes_soon(
    open_for: int | None, returns_in: int, outcome: Outcome
) -> None:
    assert judged(open_for, returns_in)["routine.overdue"].outcome is outcome


@pytest.mark.parametrize(
    ("done", "skipped", "outcome"),
    [(1, 2, Outcome.NOT_APPLICABLE), (3, 1, Outcome.PASS), (3, 2, Outcome.WARN), (0, 20, Outcome.WARN)],
)
def test_more_than_a_quarter_skipped_is_too_many(done: int, skipped: int, outcome: Outcome) -> None:
    assert judged(done=done, skipped=skipped)["routine.skipped"].outcome is outcome


def test_what_was_skipped_long_ago_does_not_count() -> None:
    long_ago = tuple(Occurrence(TODAY - timedelta(days=31 + day), OccurrenceState.SKIPPED) for day in range(9))
    facts = RoutineFacts("Look", TODAY, long_ago, None, TODAY, "Ada")
    found = {finding.check: finding for finding in judge(facts, PROFILE, ROUTINE_CHECKS)}
    assert found["routine.skipped"].outcome is Outcome.NOT_APPLICABLE


def test_a_duty_of_nobody_fails() -> None:
    assert judged()["routine.owner"].outcome is Outcome.PASS
    assert judged(owner="")["routine.owner"].outcome is Outcome.FAIL
