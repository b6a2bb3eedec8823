"""What a person says a document is. Its columns, lines, verdict and tasks follow before this returns."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document, DocumentState, Judgement
from vault.db.entities.further import PaperPurpose
from vault.db.queries.papers import Proof, proofs_nobody_named
from vault.db.queries.seen_invoices import products_on
from vault.domain.errors import Conflict, NotFound, Unavailable
from vault.domain.links import ExplanationKind
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.domain.readings import DocumentKind
from vault.domain.roles import Permission
from vault.domain.security import Control, IdentityPaper
from vault.domain.values import Sha256
from vault.services.access import Actor
from vault.services.coverage.judging import judge_documents
from vault.services.documents.documents import describe, describe_paper, make_findable, require_document
from vault.services.documents.judging import judge_document, judge_others, twin_ids
from vault.services.documents.lines import picks_in, store_lines
from vault.services.documents.readings import corrected, corrections_of, machine_reading
from vault.services.documents.retention import hold
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.vault import Vault

_Kinds = Mapping[str, PaperKind]
_IDENTITY: _Kinds = {
    IdentityPaper.IDENTITY: PaperKind.IDENTITY_PAPER,
    IdentityPaper.COMPANY: PaperKind.COMPANY_PAPER,
    IdentityPaper.ADDRESS: PaperKind.PROOF_OF_ADDRESS,
    IdentityPaper.BANK: PaperKind.BANK_STATEMENT,
    IdentityPaper.TAX: PaperKind.TAX_CERTIFICATE,
}
_EXPLAINING: _Kinds = {
    ExplanationKind.APPROVAL: PaperKind.AMAZON_NOTICE,
    ExplanationKind.LICENCE: PaperKind.LICENCE_CONTRACT,
    ExplanationKind.CONTRACT: PaperKind.LICENCE_CONTRACT,
}
_FILED: _Kinds = {
    PaperPurpose.BRANDS: PaperKind.BRAND_REGISTRATION,
    PaperPurpose.APPROVAL: PaperKind.AMAZON_NOTICE,
}
# What a document is that proves something there: by place, then by what was said there.
_IMPLIED: Mapping[str, _Kinds] = MappingProxyType(
    {Control.PAPER.value: _IDENTITY, "link": _EXPLAINING, "further": _FILED}
)
# Security duties are mostly shown by a picture of a settings page.
_BY_DEFAULT: _Kinds = MappingProxyType(
    {control.value: PaperKind.SCREENSHOT for control in Control if control is not Control.PAPER}
)


def choose_kind(vault: Vault, actor: Actor, document_id: str, kind: PaperKind) -> Document:
    """Says what a document is; it is judged as that from now on. Saying it again changes nothing.

    The store keeps the original at least as long as its kind asks for. Raises NotFound, Forbidden, Unavailable, and
    Conflict for what the vault itself has made.
    """
    with vault.database.reading() as session:
        document = require_document(session, actor, document_id, Permission.CORRECT)
    if document.paper.is_made_here or kind.is_made_here:
        raise Conflict(N_("The vault has made this itself: it stays what it is."))
    with suppress(NotFound):  # of bytes that are lost the scrub tells
        hold(vault, Sha256(document.sha256), document.uploaded_at, kind)
    with vault.database.transaction() as session:
        document = require_document(session, actor, document_id, Permission.CORRECT, lock=True)
        if document.paper_kind != kind:
            record(session, vault, _become(session, vault, document, kind, actor.id, "document.kind_chosen"))
    return document


def implied_kind(place: str, said: str) -> PaperKind:
    """What a document is that proves something there (see `Proof`)."""
    return _IMPLIED.get(place, {}).get(said) or _BY_DEFAULT.get(place, PaperKind.OTHER)


def take_as_proof(vault: Vault, actor: Actor, proof: Proof) -> None:
    """Says what a document is that proves something elsewhere, where nobody has: it follows from the place.

    What the machine reads as an invoice stays one. A paper is judged again, since its last day may be looked after
    there from now on. Called after the transaction that gave the proof, which locks other things in another order;
    what is interrupted in between, or has to wait for the store, is made good when the day begins.
    """
    if not hold_proof(vault, proof):
        return
    with vault.database.transaction() as session:
        notes = _name(session, vault, proof, actor.id)
        record(session, vault, notes or _judge_paper(session, vault, proof.document_id, actor))


def judge_papers(vault: Vault, actor: Actor, document_ids: Iterable[str]) -> None:
    """Judges papers again: what is said elsewhere about their last day has changed. Others stay as they are."""
    with vault.database.transaction() as session:
        ids = sorted(set(document_ids))
        record(session, vault, [note for each in ids for note in _judge_paper(session, vault, each, actor)])


def proofs_to_name(vault: Vault, account_id: str) -> list[Proof]:
    """The proofs of the account of which nobody has said what they are, for `hold_proof` and then `name_proof`."""
    with vault.database.reading() as session:
        return sorted(proofs_nobody_named(session, account_id), key=lambda proof: proof.document_id)


def hold_proof(vault: Vault, proof: Proof) -> bool:
    """Has the store keep a proof as long as the kind asks for that it is about to get; False where it does not answer.

    Before the transaction that names it: no row stays locked while a store is waited for.
    """
    with vault.database.reading() as session:
        document = session.get_one(Document, proof.document_id)
    if _is_named(document):
        return True
    try:
        with suppress(NotFound):  # of bytes that are lost the scrub tells
            hold(vault, Sha256(document.sha256), document.uploaded_at, implied_kind(proof.place, proof.said))
    except Unavailable:
        return False
    return True


def name_proof(session: Session, vault: Vault, proof: Proof) -> list[Note]:
    """Says what one proof is, where nobody has. Returns the changes for the journal.

    One in a transaction: each change locks its document first and then what hangs on it, as every other change does.
    """
    return _name(session, vault, proof, MACHINE)


def _is_named(document: Document) -> bool:
    """Whether somebody has said what it is; what the machine reads as an invoice stays one."""
    return document.paper_kind is not None or document.kind == DocumentKind.INVOICE


def _name(session: Session, vault: Vault, proof: Proof, actor: str) -> list[Note]:
    document = session.get_one(Document, proof.document_id, with_for_update=True)
    if _is_named(document):
        return []
    kind = implied_kind(proof.place, proof.said)
    return _become(session, vault, document, kind, actor, "document.kind_implied")


def _judge_paper(session: Session, vault: Vault, document_id: str, actor: Actor) -> list[Note]:
    document = session.get_one(Document, document_id, with_for_update=True)
    return [] if document.is_invoice else judge_document(session, vault, document, actor=actor.id)


def _become(session: Session, vault: Vault, document: Document, kind: PaperKind, actor: str, action: str) -> list[Note]:
    details = {"before": document.paper.value, "after": kind.value}
    was_invoice = document.is_invoice
    others, products = twin_ids(session, document), products_on(session, [document.id])
    document.paper_kind = kind
    document.version += 1
    notes = [Note(action, document.id, actor, document.account_id, details)]
    if document.is_invoice != was_invoice:
        notes += _describe_anew(session, vault, document)
        _forget_judgements(session, document)
    notes += judge_document(session, vault, document, actor=actor)
    others |= twin_ids(session, document)
    notes += judge_others(session, vault, others, actor)
    concerned = {document.id, *others}
    return notes + judge_documents(session, vault, document.account_id, concerned, actor, before=products)


def _describe_anew(session: Session, vault: Vault, document: Document) -> list[Note]:
    """Columns, lines and search text as they are for what the document is now."""
    machine = machine_reading(session, document.id) if document.state == DocumentState.JUDGED else None
    if machine is None:
        if not document.is_invoice:
            describe_paper(session, document)
        make_findable(session, document, None)
        return []
    corrections = corrections_of(session, document.id)
    reading = corrected(machine, corrections)
    notes = describe(session, vault, document, reading)
    lines = reading.lines if document.is_invoice else ()
    matches = vault.matchers.match(session, document.account_id, lines)
    store_lines(session, document, reading, matches, picks_in(corrections))
    return notes


def _forget_judgements(session: Session, document: Document) -> None:
    """What was found under the profiles of its former kind says nothing any more; the journal remembers it."""
    for judgement in session.scalars(select(Judgement).where(Judgement.document_id == document.id)):
        session.delete(judgement)
    session.flush()
    document.verdict = ""
