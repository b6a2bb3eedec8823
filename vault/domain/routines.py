"""What became of a routine: its due dates from its plans, its state from what people said of them, and whose turn it is.

Nothing here is kept: the same plans, the same words and the same day always give the same answer, however long the
service was switched off in between.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from vault.domain.cadence import Cadence, due_dates, last_due, next_due


class RoutineState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Outcome(StrEnum):
    """What a person says of a duty."""

    DONE = "done"
    SKIPPED = "skipped"


class OccurrenceState(StrEnum):
    """`SKIPPED`: a person said so, or nobody had done it when the next one fell due."""

    DONE = "done"
    SKIPPED = "skipped"
    DUE = "due"
    OVERDUE = "overdue"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Plan:
    """A cadence from `begins_on` until `ends_on`, both included; None while it runs.

    One that ended before it began has no due dates.
    """

    cadence: Cadence
    begins_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    due_on: date
    state: OccurrenceState

    @property
    def is_open(self) -> bool:
        return self.state in (OccurrenceState.DUE, OccurrenceState.OVERDUE)


def latest_due(plans: Collection[Plan], on: date) -> date | None:
    """The latest date, not later than `on`, on which the duty was due."""
    found = (last_due(plan.cadence, plan.begins_on, min(on, plan.ends_on or on)) for plan in plans)
    return max((day for day in found if day), default=None)


def was_due(plans: Iterable[Plan], on: date) -> bool:
    """Whether the duty was, is or will be due on that day."""
    return latest_due(tuple(plans), on) == on


def upcoming(plans: Collection[Plan], after: date) -> date | None:
    """The first date later than `after` on which the duty is due; None where no plan reaches so far."""
    found = ((plan, next_due(plan.cadence, plan.begins_on, after)) for plan in plans)
    return min((day for plan, day in found if plan.ends_on is None or day <= plan.ends_on), default=None)


def all_due(plans: Iterable[Plan], since: date, until: date) -> list[date]:
    """Every due date from `since` to `until`, both included, in order. No two plans reach over the same day."""
    found = (due_dates(plan.cadence, plan.begins_on, since, min(until, plan.ends_on or until)) for plan in plans)
    return sorted(chain.from_iterable(found))


def current(plans: Collection[Plan], said: Collection[date], today: date) -> Occurrence | None:
    """The duty of now that is still to be done: the latest one, since the next one that falls due skips it.

    `said`: the due dates of which a person has said something.
    """
    due_on = latest_due(plans, today)
    if due_on is None or due_on in said:
        return None
    return Occurrence(due_on, OccurrenceState.DUE if due_on == today else OccurrenceState.OVERDUE)


def history(
    plans: Collection[Plan], said: Mapping[date, Outcome], since: date, today: date, is_running: bool
) -> Iterator[Occurrence]:
    """What became of each due date from `since` until today. Where the routine does not run, nothing is left open."""
    now = current(plans, said, today) if is_running else None
    for due_on in all_due(plans, since, today):
        if due_on in said:
            yield Occurrence(due_on, OccurrenceState(said[due_on]))
        elif now and due_on == now.due_on:
            yield now
        else:
            yield Occurrence(due_on, OccurrenceState.SKIPPED)


class Why(StrEnum):
    """Why it is a person's turn, or nobody's."""

    OWNER = "owner"
    OWNER_AWAY = "owner_away"  # so it is the deputy's
    OWNER_LEFT = "owner_left"  # so it is the deputy's
    ALL_AWAY = "all_away"
    UNOWNED = "unowned"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: `person_id`, None where nobody is there to do it."""

    person_id: str | None
    why: Why


def turn_of(owner_id: str | None, deputy_id: str | None, there: Collection[str], away: Collection[str]) -> Turn:
    """`there`: who may work for the seller account at all; `away`: who is not there on that day."""
    here = [person_id for person_id in (owner_id, deputy_id) if person_id in there and person_id not in away]
    if not here:
        is_away = any(person_id in there for person_id in (owner_id, deputy_id))
        return Turn(None, Why.ALL_AWAY if is_away else Why.UNOWNED)
    if here[0] == owner_id:
        return Turn(owner_id, Why.OWNER)
    return Turn(deputy_id, Why.OWNER_AWAY if owner_id in there else Why.OWNER_LEFT)
