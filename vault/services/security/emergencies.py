"""The emergency routine of a seller account that somebody else may have got into: opened, worked through, ended."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.security import Emergency, EmergencyAnswer
from vault.db.queries.papers import Proof
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.domain.security import EmergencyEnd, StepState
from vault.services.access import Actor
from vault.services.documents.paper_kinds import take_as_proof
from vault.services.journal.notes import Note, record
from vault.services.locks import lock_account
from vault.services.security.control_statements import is_of_account
from vault.services.security.emergency_steps import open_emergency, open_steps, step_names
from vault.services.security.judging import emergency_subject, judge
from vault.services.tasks import tasks
from vault.services.vault import Vault

_LONGEST = 5000


def open_(vault: Vault, actor: Actor, account_id: str, noticed: str = "") -> Emergency:
    """Opens the emergency routine: each step becomes a critical task, every password is due at once.

    `noticed`: what made somebody think so; it can be added later. Raises NotFound, Forbidden, Invalid, and Conflict
    while one is open already.
    """
    actor.require(Permission.CORRECT, account_id)
    _require_short(noticed, "noticed")
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        if open_emergency(session, account_id):
            raise Conflict(N_("The emergency routine is running already. Go on with its steps."))
        emergency = Emergency(
            id=new_id(), account_id=account_id, noticed=noticed.strip(), opened_by=actor.id, opened_at=vault.clock()
        )
        session.add(emergency)
        session.flush()
        _record(session, vault, actor, emergency, "emergency.opened")
    return emergency


def describe(vault: Vault, actor: Actor, account_id: str, emergency_id: str, noticed: str) -> None:
    """Says what was noticed, in place of what was said before. Raises NotFound, Forbidden, Invalid once it has ended."""
    _require_short(noticed, "noticed")
    with vault.database.transaction() as session:
        emergency = _require(session, actor, account_id, emergency_id, Permission.CORRECT)
        emergency.noticed = noticed.strip()
        _record(session, vault, actor, emergency, "emergency.described")


def answer(
    vault: Vault,
    actor: Actor,
    account_id: str,
    emergency_id: str,
    step: str,
    state: StepState,
    note: str = "",
    document_id: str | None = None,
) -> None:
    """Says what became of a step: done, skipped with the reason in `note`, or open again after all.

    Raises NotFound, also for a step that there is not; Forbidden; Invalid with a problem a field, and once it has ended.
    """
    _require_short(note, "note")
    with vault.database.transaction() as session:
        emergency = _require(session, actor, account_id, emergency_id, Permission.CORRECT)
        if step not in {*step_names(vault), *(known.step for known in emergency.answers)}:
            raise NotFound()
        if state is StepState.SKIPPED and not note.strip():
            problem = Message(N_("Say why this step is not needed: Amazon may ask."))
            raise Invalid(N_("The step was not skipped."), {"note": problem})
        if not is_of_account(session, account_id, document_id):
            problem = Message(N_("There is no such document in this seller account."))
            raise Invalid(N_("The step was not recorded."), {"document_id": problem})
        said = EmergencyAnswer(id=new_id(), step=step, state=state, note=note.strip(), document_id=document_id)
        said.answered_by, said.answered_at = actor.id, vault.clock()
        emergency.answers.append(said)
        session.flush()
        _record(session, vault, actor, emergency, "emergency.answered", step=step, state=str(state))
    if document_id:
        take_as_proof(vault, actor, Proof(document_id, "emergency", ""))


def close(vault: Vault, actor: Actor, account_id: str, emergency_id: str, conclusion: str) -> None:
    """Ends the routine. `conclusion`: the cause, what was done about it, and what is different from now on.

    Raises NotFound, Forbidden, Invalid without a conclusion and while a step is open.
    """
    with vault.database.transaction() as session:
        emergency = _require(session, actor, account_id, emergency_id, Permission.MANAGE)
        left = len(open_steps(vault, emergency))
        if left:
            raise Invalid(N_("%(left)s steps are still open. Do them, or skip them with a reason."), left=str(left))
        problem = Message(N_("Write down the cause and what is different from now on: Amazon asks for both."))
        _end(session, vault, actor, emergency, EmergencyEnd.CLOSED, conclusion, problem)


def call_off(vault: Vault, actor: Actor, account_id: str, emergency_id: str, reason: str) -> None:
    """Ends the routine as a false alarm: its tasks close, and nobody has to renew a password because of it.

    For who manages the account, and for who opened it. Raises NotFound, Forbidden, Invalid without a reason.
    """
    with vault.database.transaction() as session:
        emergency = _require(session, actor, account_id, emergency_id, Permission.CORRECT)
        if emergency.opened_by != actor.id and not actor.may(Permission.MANAGE, account_id):
            raise Forbidden()
        problem = Message(N_("Say what turned out to be the reason for the alarm."))
        _end(session, vault, actor, emergency, EmergencyEnd.FALSE_ALARM, reason, problem)


def _end(
    session: Session, vault: Vault, actor: Actor, emergency: Emergency, end: EmergencyEnd, text: str, missing: Message
) -> None:
    if not text.strip():
        raise Invalid(N_("The emergency has not ended yet."), {"conclusion": missing})
    _require_short(text, "conclusion")
    emergency.ended_as, emergency.conclusion = end, text.strip()
    emergency.ended_by, emergency.ended_at = actor.id, vault.clock()
    session.flush()
    closed = tasks.reconcile(session, vault, emergency_subject(emergency), (), actor.id)
    action = "emergency.closed" if end is EmergencyEnd.CLOSED else "emergency.called_off"
    _record(session, vault, actor, emergency, action, further=closed)


def _require(session: Session, actor: Actor, account_id: str, emergency_id: str, permission: Permission) -> Emergency:
    actor.require(permission, account_id)
    lock_account(session, account_id)
    wanted = select(Emergency).where(Emergency.id == emergency_id, Emergency.account_id == account_id)
    emergency = session.scalars(wanted).first()
    if emergency is None:
        raise NotFound()
    if emergency.ended_as is not None:
        raise Invalid(N_("This emergency has ended. What was done stays readable; open a new one if it goes on."))
    return emergency


def _require_short(text: str, field: str) -> None:
    if len(text) > _LONGEST:
        problem = Message(N_("Write at most %(longest)s characters."), {"longest": str(_LONGEST)})
        raise Invalid(N_("This was not recorded. Correct the marked fields."), {field: problem})


def _record(
    session: Session,
    vault: Vault,
    actor: Actor,
    emergency: Emergency,
    action: str,
    *,
    further: list[Note] | None = None,
    **details: str,
) -> None:
    first = Note(action, emergency.id, actor.id, emergency.account_id, details)
    judged = judge(session, vault, emergency.account_id, actor.id)
    record(session, vault, [first, *(further or []), *judged])
