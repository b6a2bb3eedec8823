"""What happened in the month, from rows that bear a date and from the journal: late data can still change it.

Tasks that tell of a second seller account are left out: not everybody who may read the report may know of them.
"""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit
from vault.db.entities.documents import DocumentState
from vault.db.entities.routines import Attestation, Routine
from vault.db.entities.work import Task
from vault.db.queries.monthly import count_attestations, count_dated, count_papers, read_days
from vault.db.queries.routines import plans_of, routines_of, said_since
from vault.db.queries.sales import known_days, units_by_asin
from vault.domain.routines import OccurrenceState, Outcome, RoutineState, history
from vault.journal.entry import moment, read_moment
from vault.journal.table import entries
from vault.services.days import day_of
from vault.services.reports.months import last_day, moments_of
from vault.services.vault import Vault

_OPENED = ("task.opened", "task.reopened")
_CLOSED = "task.done"
_WAIVED = "task.waived"
_AUDITS = ("audit.opened", "audit.moved")
_MOST_ROWS = 500

Moments = tuple[datetime, datetime]
Section = dict[str, Any]


def happened(session: Session, vault: Vault, account_id: str, month: date, until: date) -> Section:
    """The sections of the month that bear dates. `until`: the last day of it that has begun."""
    moments = moments_of(vault, month)
    return {
        "invoices": _invoices(session, account_id, month, moments),
        "sales": _sales(session, account_id, month),
        "gaps": _gaps(session, account_id, moments),
        "routines": _routines(session, account_id, month, until),
        "attested": dict(sorted(count_attestations(session, account_id, month, last_day(month)).items())),
        "audits": _audits(session, vault, account_id, moments),
        "days": [
            {"day": each.day.isoformat(), "readiness": each.readiness, "grave": each.grave, "overdue": each.overdue}
            for each in read_days(session, account_id, month, last_day(month))
        ],
    }


def _invoices(session: Session, account_id: str, month: date, moments: Moments) -> Section:
    """Supplier invoices that came in, by the verdict that they have by now; one not judged has none.

    `dated`: those that bear a date of the month, whenever they came in.
    """
    verdicts: Counter[str] = Counter()
    states: Counter[str] = Counter()
    others = 0
    for row in count_papers(session, account_id, *moments):
        if not row.is_invoice:
            others += row.documents
            continue
        verdicts[row.verdict] += row.documents
        states[row.state] += row.documents
    dated, passing = count_dated(session, account_id, month, last_day(month))
    return {
        "came_in": states.total(),
        "verdicts": {name: verdicts[name] for name in ("pass", "warn", "unknown", "fail")},
        "not_judged": verdicts[""],
        "unreadable": states[DocumentState.UNREADABLE] + states[DocumentState.QUARANTINED],
        "other_papers": others,
        "dated": dated,
        "dated_passing": passing,
    }


def _sales(session: Session, account_id: str, month: date) -> Section:
    """Units sold, and of how many days of the month that is known: a report that is imported late adds to both."""
    last, ranges = last_day(month), known_days(session, account_id)
    days = (month + timedelta(days=number) for number in range(last.day))
    return {
        "units": sum(units_by_asin(session, account_id, month, last).values()),
        "days": last.day,
        "known": sum(any(first <= day <= end for first, end in ranges) for day in days),
    }


def _gaps(session: Session, account_id: str, moments: Moments) -> Section:
    """Tasks that opened and closed. A task that opened twice is counted twice, as the journal has it."""
    hidden = select(Task.id).where(Task.account_id == account_id, Task.other_account_id.is_not(None))
    wanted = (
        select(entries.c.action, Task.subject_type, func.count())
        .select_from(entries.outerjoin(Task.__table__, Task.id == entries.c.subject))
        .where(
            entries.c.account_id == account_id,
            entries.c.at >= moment(moments[0]),
            entries.c.at < moment(moments[1]),
            entries.c.action.in_((*_OPENED, _CLOSED, _WAIVED)),
            entries.c.subject.not_in(hidden),
        )
        .group_by(entries.c.action, Task.subject_type)
    )
    areas: dict[str, Counter[str]] = {}
    for action, area, count in session.execute(wanted):
        what = {_CLOSED: "closed", _WAIVED: "waived"}.get(action, "opened")
        areas.setdefault(area or "", Counter())[what] += count
    kinds = ("opened", "closed", "waived")
    return {
        **{what: sum(area[what] for area in areas.values()) for what in kinds},
        "areas": {area: {what: counts[what] for what in kinds} for area, counts in sorted(areas.items())},
    }


def _routines(session: Session, account_id: str, month: date, until: date) -> Section:
    """What became of each due date of the month, late words included; what was not done is named."""
    counts: Counter[OccurrenceState] = Counter()
    missed: list[Section] = []
    routines = routines_of(session, [account_id], tuple(RoutineState))
    said = said_since(session, [each.id for each in routines], month, until)
    reasons = _reasons(session, account_id, month, until)
    for routine in routines:
        plans, words = plans_of(routine.plans), said.get(routine.id, {})
        is_running = any(plan.ends_on is None or plan.ends_on >= until for plan in plans)
        for each in history(plans, words, month, until, is_running):
            counts[each.state] += 1
            if each.state is not OccurrenceState.DONE:
                missed.append(_missed(routine, each.due_on, each.state, reasons.get((routine.id, each.due_on), "")))
    missed.sort(key=lambda row: (row["due_on"], row["title"], row["routine"]))
    return {
        "done": counts[OccurrenceState.DONE],
        "skipped": counts[OccurrenceState.SKIPPED],
        "open": counts[OccurrenceState.DUE] + counts[OccurrenceState.OVERDUE],
        "not_done": missed[:_MOST_ROWS],
        "further": max(0, len(missed) - _MOST_ROWS),
    }


def _missed(routine: Routine, due_on: date, state: OccurrenceState, reason: str) -> Section:
    what = "skipped" if state is OccurrenceState.SKIPPED else "open"
    return {
        "routine": routine.id,
        "title": routine.title,
        "due_on": due_on.isoformat(),
        "state": what,
        "reason": reason,
    }


def _reasons(session: Session, account_id: str, since: date, until: date) -> dict[tuple[str, date], str]:
    wanted = (
        select(Attestation.routine_id, Attestation.due_on, Attestation.note)
        .join(Routine)
        .where(
            Routine.account_id == account_id,
            Attestation.due_on.between(since, until),
            Attestation.outcome == Outcome.SKIPPED,
        )
    )
    return {(routine_id, due_on): note for routine_id, due_on, note in session.execute(wanted)}


def audits_named(session: Session, account_id: str) -> dict[str, Section]:
    """What each audit of the account is called by now: its kind, which a person may confirm later, and Amazon's number."""
    wanted = select(Audit.id, Audit.kind, Audit.case_id).where(Audit.account_id == account_id)
    return {audit_id: {"kind": kind, "case": case} for audit_id, kind, case in session.execute(wanted)}


def _audits(session: Session, vault: Vault, account_id: str, moments: Moments) -> list[Section]:
    """Notices taken in, and how far each answer came, in order."""
    wanted = select(entries.c.at, entries.c.subject, entries.c.details).where(
        entries.c.account_id == account_id,
        entries.c.at >= moment(moments[0]),
        entries.c.at < moment(moments[1]),
        entries.c.action.in_(_AUDITS),
    )
    return [
        {
            "on": day_of(vault, read_moment(at)).isoformat(),
            "audit": subject,
            "to": json.loads(details).get("to", "opened"),
        }
        for at, subject, details in session.execute(wanted.order_by(entries.c.seq))
    ]
