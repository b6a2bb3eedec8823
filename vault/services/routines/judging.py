"""Judging routines: a task where one is overdue, skipped too often or belongs to nobody who could do it."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from vault.checks.judge import judge as judge_facts
from vault.checks.registry import ROUTINE_CHECKS
from vault.checks.routine.facts import LOOK_BACK_DAYS, RoutineFacts
from vault.db.entities.people import User
from vault.db.entities.routines import Routine
from vault.db.queries.routines import said_since
from vault.domain.routines import Occurrence, RoutineState, history
from vault.services.days import today
from vault.services.journal.notes import MACHINE, Note
from vault.services.locks import lock_account
from vault.services.routines.standing import Crew, Standing, crews_of, stand
from vault.services.tasks.tasks import Subject, reconcile
from vault.services.tasks.turns import follow
from vault.services.vault import Vault

PROFILE = "routine"
SUBJECT = "routine"


def judge(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """Judges every routine of the account, and hands its open tasks to those whose turn it is.

    A rule book without the profile judges none, and closes what was open. Raises NotFound.
    """
    lock_account(session, account_id)
    session.flush()
    day, profile = today(vault), vault.rules.profiles.get(PROFILE)
    crew = crews_of(session, [account_id], day)[account_id]
    notes: list[Note] = []
    standings = stand(session, [account_id], day, {account_id: crew})
    since = day - timedelta(days=LOOK_BACK_DAYS)
    said = said_since(session, [each.routine.id for each in standings], since, day)
    for each in standings:
        runs = each.routine.state == RoutineState.ACTIVE
        became = tuple(history(each.plans, said.get(each.routine.id, {}), since, day, is_running=runs))
        facts = _facts(session, each, became, crew, day)
        findings = judge_facts(facts, profile, ROUTINE_CHECKS) if profile and runs else ()
        notes += reconcile(session, vault, _subject(each.routine), findings, actor, assignee_id=each.turn.person_id)
    turns = {each.routine.id: each.turn.person_id for each in standings}
    return notes + follow(session, vault, account_id, SUBJECT, turns, actor)


def close_tasks(session: Session, vault: Vault, routine: Routine, actor: str) -> list[Note]:
    """For a routine that has ended: nothing of it is a gap any more."""
    return reconcile(session, vault, _subject(routine), (), actor)


def _facts(session: Session, each: Standing, became: tuple[Occurrence, ...], crew: Crew, day: date) -> RoutineFacts:
    owner = session.get(User, each.routine.owner_id) if each.routine.owner_id else None
    return RoutineFacts(
        title=each.routine.title,
        as_of=day,
        occurrences=became,
        open=each.open,
        next_due=each.next_due,
        owner=owner.name if owner else "",
        owner_has_left=owner is not None and owner.id not in crew.workers,
    )


def _subject(routine: Routine) -> Subject:
    return Subject(SUBJECT, routine.id, routine.account_id)
