"""Editing the letters of an audit by hand, and going back to what the facts give."""

import unicodedata

from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit
from vault.db.entities.letters import AuditLetter
from vault.domain.errors import Conflict, Invalid
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.letters.facts import LetterKind
from vault.services.access import Actor
from vault.services.audits.audits import require_audit
from vault.services.audits.evidence import Section
from vault.services.audits.judging import judge_audit
from vault.services.journal.notes import Note, record
from vault.services.letters.answers import confirmed_in_work, require_confirmed
from vault.services.letters.letters import Letter, digest_of, edited_letter, letter_of
from vault.services.vault import Vault

LONGEST_LETTER = 50_000


def read_letter(
    vault: Vault,
    actor: Actor,
    account_id: str,
    audit_id: str,
    kind: LetterKind,
    language: str,
    supplier_id: str = "",
    *,
    sections: tuple[Section, ...] | None = None,
) -> Letter:
    """Looked over for `actor`. `sections` saves gathering the evidence where the caller has it.

    Raises NotFound, Conflict while the notice is not confirmed, and as `letter_of` does.
    """
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.SEE)
        require_confirmed(audit)
        return letter_of(session, vault, audit, kind, language, supplier_id, actor=actor, sections=sections)


def edit_letter(
    vault: Vault,
    actor: Actor,
    account_id: str,
    audit_id: str,
    kind: LetterKind,
    language: str,
    text: str,
    supplier_id: str = "",
    *,
    instead_of: str = "",
) -> None:
    """Keeps the letter as a person has written it. One that is as the facts give it is not kept.

    `instead_of`: the `version` of the letter that was edited. Raises NotFound, Forbidden, Invalid; Conflict for an audit
    that is over, and where the letter is no longer that one: somebody else's text is never written over unseen.
    """
    # Some systems give accents as signs of their own, and no wording would be found in what is pasted from there.
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\x00", "").strip() + "\n"
    _require_length(text)
    with vault.database.transaction() as session:
        audit = confirmed_in_work(session, actor, account_id, audit_id)
        letter = letter_of(session, vault, audit, kind, language, supplier_id, actor=actor)
        row = edited_letter(session, audit, kind, language, supplier_id)
        if text == letter.text and not letter.is_outdated:
            return
        if instead_of and instead_of != letter.version:
            raise Conflict(
                N_(
                    "The letter has changed since you opened it: somebody edited it, or what it is written from changed. "
                    "Compare your text with it as it stands now, then keep what is to be sent."
                )
            )
        if text == letter.written:
            _delete(session, vault, actor, audit, row)
            return
        if row is None:
            row = AuditLetter(id=new_id(), audit_id=audit.id, kind=kind, language=language, supplier_id=supplier_id)
            session.add(row)
        row.text, row.written_from = text, digest_of(letter.written)
        row.edited_at, row.edited_by = vault.clock(), actor.id
        session.flush()
        notes = [Note("audit.letter_edited", audit.id, actor.id, account_id, _details(row))]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def take_back(
    vault: Vault,
    actor: Actor,
    account_id: str,
    audit_id: str,
    kind: LetterKind,
    language: str,
    supplier_id: str = "",
) -> None:
    """Back to what the facts give. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        audit = confirmed_in_work(session, actor, account_id, audit_id)
        _delete(session, vault, actor, audit, edited_letter(session, audit, kind, language, supplier_id))


def _delete(session: Session, vault: Vault, actor: Actor, audit: Audit, row: AuditLetter | None) -> None:
    if row is None:
        return
    details = _details(row)
    session.delete(row)
    session.flush()
    notes = [Note("audit.letter_taken_back", audit.id, actor.id, audit.account_id, details)]
    record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def _require_length(text: str) -> None:
    problem = None
    if not text.strip():
        problem = Message(N_("Fill in this field."))
    elif len(text) > LONGEST_LETTER:
        problem = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST_LETTER)})
    if problem:
        raise Invalid(N_("Nothing was saved. Correct the marked fields."), {"text": problem})


def _details(row: AuditLetter) -> dict[str, str]:
    return {"kind": row.kind, "language": row.language, **({"supplier": row.supplier_id} if row.supplier_id else {})}
