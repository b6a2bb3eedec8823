"""What people say to Amazon: the points of the notice one by one, root cause, actions taken, prevention, who signs."""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit
from vault.db.entities.letters import AuditAnswer
from vault.domain.errors import Conflict, Invalid
from vault.domain.message import N_, Message
from vault.letters.facts import Signer
from vault.services.access import Actor
from vault.services.audits.audits import audit_in_work
from vault.services.audits.evidence import sections_of
from vault.services.audits.judging import judge_audit
from vault.services.days import today
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault

MOST = 50
LONGEST_TEXT = 5000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SaidPoint:
    """A point of the notice and the answer to it. `proofs`: ids of documents that go in."""

    point: str
    answer: str = ""
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidAction:
    """What was done, and when. `proofs`: ids of documents that go in."""

    what: str
    done_on: date | None = None
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that people say. `answer_on`: the day that the acknowledgement promises."""

    points: tuple[SaidPoint, ...] = ()
    root_cause: str = ""
    actions: tuple[SaidAction, ...] = ()
    prevention: tuple[str, ...] = ()
    signer: Signer = Signer()
    answer_on: date | None = None

    @property
    def version(self) -> str:
        """Another one for everything else that can be said."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def said_of(session: Session, audit: Audit) -> Said:
    """What was said last; nothing where nobody has said anything."""
    row = session.get(AuditAnswer, audit.id)
    if row is None:
        return Said()
    return Said(
        points=tuple(SaidPoint(each["point"], each["answer"], tuple(each["proofs"])) for each in row.points),
        root_cause=row.root_cause,
        actions=tuple(SaidAction(each["what"], _day(each["done_on"]), tuple(each["proofs"])) for each in row.actions),
        prevention=tuple(row.prevention),
        signer=Signer(row.signer_name, row.signer_role),
        answer_on=row.answer_on,
    )


def save_answer(
    vault: Vault, actor: Actor, account_id: str, audit_id: str, said: Said, *, instead_of: str = ""
) -> None:
    """Keeps what people say, in place of what they said before; the letter is written anew from it.

    Proofs that do not go into the bundle are left out. `instead_of`: the `version` of what was said before, as it was
    known. Raises NotFound, Forbidden, Invalid with a problem for each field that cannot be; Conflict for an audit that is
    over, and where something else has been said meanwhile.
    """
    problems = _problems(said, today(vault))
    if problems:
        raise Invalid(N_("Nothing was saved. Correct the marked fields."), problems)
    with vault.database.transaction() as session:
        audit = confirmed_in_work(session, actor, account_id, audit_id)
        going_in = {each.document.id for part in sections_of(session, vault, audit) for each in part.chosen}
        row, wanted = session.get(AuditAnswer, audit.id), _columns(said, going_in)
        if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
            return
        if instead_of and instead_of != said_of(session, audit).version:
            raise Conflict(
                N_(
                    "Somebody else has kept other answers since you opened this page. Compare them with yours in a second "
                    "window, then keep what is to be sent."
                )
            )
        if row is None:
            row = AuditAnswer(audit_id=audit.id)
            session.add(row)
        for name, value in wanted.items():
            setattr(row, name, value)
        row.changed_at, row.changed_by = vault.clock(), actor.id
        session.flush()
        notes = [Note("audit.answer_said", audit.id, actor.id, account_id)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def confirmed_in_work(session: Session, actor: Actor, account_id: str, audit_id: str) -> Audit:
    """The audit, locked, for somebody who writes its letters. Raises NotFound, Forbidden, Conflict."""
    audit = audit_in_work(session, actor, account_id, audit_id)
    require_confirmed(audit)
    return audit


def require_confirmed(audit: Audit) -> None:
    if audit.confirmed_at is None:
        raise Conflict(N_("Confirm first what the notice says: then its letters can be written."))


def _columns(said: Said, going_in: set[str]) -> Mapping[str, Any]:
    """The values of the row."""
    return {
        "points": [
            {"point": _text(each.point), "answer": _text(each.answer), "proofs": _among(each.proofs, going_in)}
            for each in said.points
        ],
        "root_cause": _text(said.root_cause),
        "actions": [
            {
                "what": _text(each.what),
                "done_on": each.done_on.isoformat() if each.done_on else None,
                "proofs": _among(each.proofs, going_in),
            }
            for each in said.actions
        ],
        "prevention": [_text(each) for each in said.prevention if each.strip()],
        "signer_name": _text(said.signer.name),
        "signer_role": _text(said.signer.role),
        "answer_on": said.answer_on,
    }


def _text(said: str) -> str:
    """Without blanks around it, accents joined with their letters: wordings would not be found otherwise."""
    return unicodedata.normalize("NFC", said).strip()


def _among(proofs: Iterable[str], going_in: set[str]) -> list[str]:
    return [each for each in dict.fromkeys(proofs) if each in going_in]


def _problems(said: Said, day: date) -> dict[str, Message]:
    too_long = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST_TEXT)})
    too_many = Message(N_("At most %(most)s are taken."), {"most": str(MOST)})
    problems: dict[str, Message] = {}
    texts = {
        "points": [text for each in said.points for text in (each.point, each.answer)],
        "root_cause": [said.root_cause],
        "actions": [each.what for each in said.actions],
        "prevention": list(said.prevention),
    }
    for name, written in texts.items():
        if any(len(text) > LONGEST_TEXT for text in written):
            problems[name] = too_long
        elif len(written) > 2 * MOST:
            problems[name] = too_many
    if any(not each.point.strip() for each in said.points):
        problems["points"] = Message(N_("Write what Amazon wants to know beside each answer."))
    if any(not each.what.strip() for each in said.actions):
        problems["actions"] = Message(N_("Write what was done on each of these days."))
    if any(each.done_on and each.done_on > day for each in said.actions):
        problems["actions"] = Message(N_("What was done cannot lie in the future. A plan belongs to prevention."))
    for name, text in (("signer_name", said.signer.name), ("signer_role", said.signer.role)):
        if len(text) > LONGEST_NAME:
            problems[name] = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST_NAME)})
    return problems


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
