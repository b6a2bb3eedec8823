"""Looking at what a person wants to attest before it is recorded: is it of this account, and can it be?"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.register import AccessGrant
from vault.db.entities.security import ControlAttestation
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.register import GrantKind
from vault.domain.security import AFTER_ALARM, PERSONAL, AlertKind, Control, IdentityPaper, TwoStepMethod
from vault.services.days import day_of, today
from vault.services.documents.belonging import document_of
from vault.services.security.facts import last_emergency
from vault.services.vault import Vault

_LONGEST_NOTE = 2000
_LONGEST_NAME = 200
_LONGEST_DEVICE = 80
_YES_OR_NO = ("yes", "no")
Problems = Iterator[tuple[str, Message]]


@dataclass(frozen=True, slots=True)
class Statement:
    """A security duty was done on `done_on` by `done_by` (a name; empty: whoever attests it).

    `about`: the access grant of the person, for `PERSONAL` controls; the paper, empty for a new one; else empty.
    `details` by control. TWO_STEP: ``primary_method``, ``primary_device``, ``backup_method``, ``backup_device``.
    PASSWORD: ``unique``, ``manager`` and, where it was renewed on the day of an alarm, AFTER_ALARM (yes or no each).
    ALERTS: an `AlertKind` each (yes or no). PAPER: ``kind``, ``holder``, ``expires_on`` (ISO 8601, or empty where it is
    not known), ``never_expires`` (yes or empty), ``retired``. `document_id`: the proof, a document of this account.
    """

    control: Control
    done_on: date
    about: str = ""
    done_by: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    document_id: str | None = None


def checked(session: Session, vault: Vault, account_id: str, statement: Statement) -> ControlAttestation:
    """The statement as a row that is not yet in the session.

    Raises NotFound for a person or a paper that is not this account's, Invalid with a problem for each field.
    """
    about = _subject(session, account_id, statement)
    details = {name: text.strip() for name, text in statement.details.items()}
    problems = dict([*_general_problems(vault, statement), *_PROBLEMS[statement.control](details)])
    if AFTER_ALARM not in details and _is_of_alarm(session, vault, account_id, statement):
        problems[AFTER_ALARM] = Message(N_("The alarm was raised on that day: say whether it was renewed after it."))
    if not is_of_account(session, account_id, statement.document_id):
        problems["document_id"] = Message(N_("There is no such document in this seller account."))
    if problems:
        raise Invalid(N_("This was not recorded. Correct the marked fields."), problems)
    return ControlAttestation(
        account_id=account_id,
        control=statement.control,
        about=about,
        done_on=statement.done_on,
        done_by=statement.done_by.strip(),
        details={name: details[name] for name in _FIELDS[statement.control] if details.get(name)},
        note=statement.note.strip(),
        document_id=statement.document_id,
    )


def _is_of_alarm(session: Session, vault: Vault, account_id: str, statement: Statement) -> bool:
    """Whether the day alone does not tell that a password was renewed after somebody else may have known it."""
    last = last_emergency(session, account_id)
    return (
        statement.control is Control.PASSWORD
        and last is not None
        and statement.done_on == day_of(vault, last.opened_at)
        and session.get_one(AccessGrant, statement.about).created_at <= last.opened_at
    )


def is_of_account(session: Session, account_id: str, document_id: str | None) -> bool:
    """Whether this is a document of the seller account; None, no document at all, is fine."""
    return document_id is None or document_of(session, document_id, account_id) is not None


def _subject(session: Session, account_id: str, statement: Statement) -> str:
    if statement.control in PERSONAL:
        grant = session.get(AccessGrant, statement.about)
        if grant is None or grant.account_id != account_id or grant.kind != GrantKind.PERSON:
            raise NotFound()
        return grant.id
    if statement.control is Control.PAPER:
        return _paper(session, account_id, statement.about) if statement.about else new_id()
    if statement.about:
        raise NotFound()
    return ""


def _paper(session: Session, account_id: str, paper_id: str) -> str:
    known = select(ControlAttestation.id).where(
        ControlAttestation.account_id == account_id,
        ControlAttestation.control == Control.PAPER,
        ControlAttestation.about == paper_id,
    )
    if session.scalar(known.limit(1)) is None:
        raise NotFound()
    return paper_id


def _general_problems(vault: Vault, statement: Statement) -> Problems:
    if statement.done_on > today(vault):
        yield "done_on", Message(N_("Choose today or an earlier day."))
    if len(statement.done_by) > _LONGEST_NAME:
        yield "done_by", _too_long(_LONGEST_NAME)
    if len(statement.note) > _LONGEST_NOTE:
        yield "note", _too_long(_LONGEST_NOTE)
    if statement.control is Control.PASSWORD and statement.note.strip():
        yield "note", Message(N_("Nothing is noted beside a password, so that none is ever written down here."))


def _two_step_problems(details: Mapping[str, str]) -> Problems:
    for way in ("primary", "backup"):
        method, device = details.get(f"{way}_method", ""), details.get(f"{way}_device", "")
        if method not in set(TwoStepMethod):
            yield f"{way}_method", _choose()
        elif method != TwoStepMethod.NONE and not re.search(r"\w", device):
            yield f"{way}_device", Message(N_("Say which device, so that nobody has both ways on the same one."))
        elif re.search(r"\d(?:\W?\d){4}", device):
            yield f"{way}_device", Message(N_("Give the device a name, such as “Anna's phone”, and no number of it."))
        elif len(device) > _LONGEST_DEVICE:
            yield f"{way}_device", _too_long(_LONGEST_DEVICE)


def _yes_or_no_problems(details: Mapping[str, str]) -> Problems:
    for name, said in details.items():
        if said not in _YES_OR_NO:
            yield name, _choose()


def _paper_problems(details: Mapping[str, str]) -> Problems:
    if details.get("kind", "") not in set(IdentityPaper):
        yield "kind", _choose()
    if not details.get("holder"):
        yield "holder", Message(N_("Say whose paper it is: a person's or the company's name."))
    elif len(details["holder"]) > _LONGEST_NAME:
        yield "holder", _too_long(_LONGEST_NAME)
    if details.get("expires_on"):
        try:
            date.fromisoformat(details["expires_on"])
        except ValueError:
            yield "expires_on", Message(N_("Enter a day, or leave it empty."))
        if details.get("never_expires"):
            yield "never_expires", Message(N_("A paper has a date of expiry or none, not both."))
    if details.get("never_expires") not in (None, "", "yes"):
        yield "never_expires", _choose()


def _nothing_to_say(details: Mapping[str, str]) -> Problems:
    return iter(())


def _too_long(longest: int) -> Message:
    return Message(N_("Write at most %(longest)s characters."), {"longest": str(longest)})


def _choose() -> Message:
    return Message(N_("Choose one of the answers."))


_FIELDS: Mapping[Control, tuple[str, ...]] = MappingProxyType(
    {
        Control.TWO_STEP: ("primary_method", "primary_device", "backup_method", "backup_device"),
        Control.PASSWORD: ("unique", "manager", AFTER_ALARM),
        Control.TRAINING: (),
        Control.ALERTS: tuple(AlertKind),
        Control.CONTACT: (),
        Control.ACCESS_REVIEW: (),
        Control.PAPER: ("kind", "holder", "expires_on", "never_expires", "retired"),
    }
)
_PROBLEMS: Mapping[Control, Callable[[Mapping[str, str]], Problems]] = MappingProxyType(
    {
        Control.TWO_STEP: _two_step_problems,
        Control.PASSWORD: _yes_or_no_problems,
        Control.TRAINING: _nothing_to_say,
        Control.ALERTS: _yes_or_no_problems,
        Control.CONTACT: _nothing_to_say,
        Control.ACCESS_REVIEW: _nothing_to_say,
        Control.PAPER: _paper_problems,
    }
)
