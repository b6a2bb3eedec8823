"""Attesting the security duties of a seller account, and taking back what was a mistake."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.security import ControlAttestation
from vault.db.queries.papers import Proof
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.domain.security import Control
from vault.services.access import Actor
from vault.services.documents.paper_kinds import judge_papers, take_as_proof
from vault.services.journal.notes import Note, record
from vault.services.locks import lock_account
from vault.services.security.control_history import latest
from vault.services.security.control_statements import Statement, checked
from vault.services.security.judging import judge
from vault.services.vault import Vault


def attest(vault: Vault, actor: Actor, account_id: str, statement: Statement) -> ControlAttestation:
    """Records that a security duty was done, and judges the account again.

    Raises NotFound, also for a person or a paper of another account; Forbidden; Invalid with a problem for each field
    that cannot be.
    """
    actor.require(Permission.CORRECT, account_id)
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        row = checked(session, vault, account_id, statement)
        row.done_by = row.done_by or actor.name
        _add(session, vault, actor, row, "control.attested")
    _documents_follow(vault, actor, row)
    return row


def take_back(vault: Vault, actor: Actor, account_id: str, attestation_id: str) -> None:
    """Says that an attestation was a mistake: what was attested before it counts again. The mistake stays readable.

    Raises NotFound, Forbidden, and Invalid for one that was taken back already.
    """
    actor.require(Permission.CORRECT, account_id)
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        mistaken = session.get(ControlAttestation, attestation_id)
        if mistaken is None or mistaken.account_id != account_id or mistaken.takes_back:
            raise NotFound()
        again = select(ControlAttestation.id).where(ControlAttestation.takes_back == attestation_id)
        if session.scalar(again):
            raise Invalid(N_("This was taken back already."))
        row = ControlAttestation(
            account_id=account_id,
            control=mistaken.control,
            about=mistaken.about,
            done_on=mistaken.done_on,
            details={},
            takes_back=mistaken.id,
        )
        _add(session, vault, actor, row, "control.taken_back")
    _documents_follow(vault, actor, row)


def retire_paper(vault: Vault, actor: Actor, account_id: str, paper_id: str) -> None:
    """The paper is no longer needed: nobody is warned of it any more. Raises NotFound, Forbidden."""
    actor.require(Permission.CORRECT, account_id)
    with vault.database.reading() as session:
        known = latest(session, account_id).get((Control.PAPER, paper_id))
    if known is None:
        raise NotFound()
    said = {**known.details, "retired": "yes"}
    attest(vault, actor, account_id, Statement(Control.PAPER, known.done_on, paper_id, details=said))


def _add(session: Session, vault: Vault, actor: Actor, row: ControlAttestation, action: str) -> None:
    row.id, row.attested_by, row.attested_at = new_id(), actor.id, vault.clock()
    session.add(row)
    session.flush()
    details = {"control": row.control, "about": row.about, "done_on": row.done_on.isoformat()}
    notes = [Note(action, row.id, actor.id, row.account_id, details)]
    record(session, vault, notes + judge(session, vault, row.account_id, actor.id))


def _documents_follow(vault: Vault, actor: Actor, row: ControlAttestation) -> None:
    """What the attestation makes of its document, and of the scans of the same paper that counted before."""
    if row.document_id:
        take_as_proof(vault, actor, Proof(row.document_id, row.control, row.details.get("kind", "")))
    if row.control == Control.PAPER:
        same = (ControlAttestation.account_id == row.account_id, ControlAttestation.about == row.about)
        scans = select(ControlAttestation.document_id).where(*same, ControlAttestation.document_id.is_not(None))
        with vault.database.reading() as session:
            others = {*filter(None, session.scalars(scans))} - {row.document_id}
        judge_papers(vault, actor, others)
