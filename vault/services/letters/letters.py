"""The letters of an audit: written anew from the facts each time, or as a person has edited them. Nothing is ever sent."""

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import Audit
from vault.db.entities.letters import AuditLetter
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.message import N_
from vault.letters.draft import Draft
from vault.letters.facts import LANGUAGES, AuditFacts, LetterKind, SupplierFacts, Surroundings
from vault.letters.lint import LetterFinding, can_be_sent, lint
from vault.letters.writing import write_letter
from vault.services.access import Actor
from vault.services.audits.evidence import Section, sections_of
from vault.services.letters.facts import audit_facts
from vault.services.letters.folders import letter_folders
from vault.services.letters.requests import asked_of, supplier_facts
from vault.services.letters.surroundings import surroundings_of
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it stands. `written`: what the facts give now; `text` is another where a person has edited it.

    `is_outdated`: the facts have changed since it was edited. `supplier` of a request to one.
    """

    kind: LetterKind
    language: str
    text: str
    written: str
    findings: tuple[LetterFinding, ...]
    is_edited: bool = False
    is_outdated: bool = False
    supplier: Supplier | None = None

    @property
    def version(self) -> str:
        """Another one for every other text."""
        return digest_of(self.text)

    @property
    def can_be_sent(self) -> bool:
        return can_be_sent(self.findings)


def letter_of(
    session: Session,
    vault: Vault,
    audit: Audit,
    kind: LetterKind,
    language: str,
    supplier_id: str = "",
    *,
    actor: Actor | None = None,
    sections: tuple[Section, ...] | None = None,
) -> Letter:
    """The letter of a confirmed audit, looked over for `actor` (None: for the machine).

    `sections` saves gathering the evidence where the caller has it. Raises NotFound for who is no supplier of
    the seller account, Conflict for one who is asked for nothing, Invalid for a template with a mistake or a language without letters.
    """
    if language not in LANGUAGES:
        raise Invalid(N_("Choose a language from the list."))
    sections = sections_of(session, vault, audit) if sections is None else sections
    supplier = _supplier(session, audit, sections, supplier_id) if kind is LetterKind.SUPPLIER_REQUEST else None
    edited = edited_letter(session, audit, kind, language, supplier_id)
    facts: AuditFacts | SupplierFacts
    if supplier is not None:
        facts = supplier_facts(session, vault, audit, sections, supplier)
    else:
        facts = audit_facts(session, vault, audit, sections)
    written = write_letter(kind, language, facts, letter_folders(vault.settings))
    text = edited.text if edited else written
    around = surroundings_of(session, vault, audit, sections, actor, text, language)
    return Letter(
        kind=kind,
        language=language,
        text=text,
        written=written,
        findings=lint(Draft(text, kind, language, facts, _known(around, supplier)), vault.rules.letters),
        is_edited=edited is not None,
        is_outdated=edited is not None and edited.written_from != digest_of(written),
        supplier=supplier,
    )


def edited_letter(
    session: Session, audit: Audit, kind: LetterKind, language: str, supplier_id: str = ""
) -> AuditLetter | None:
    """The letter as a person has edited it."""
    wanted = select(AuditLetter).where(
        AuditLetter.audit_id == audit.id,
        AuditLetter.kind == kind,
        AuditLetter.language == language,
        AuditLetter.supplier_id == supplier_id,
    )
    return session.scalars(wanted).one_or_none()


def text_for_bundle(session: Session, vault: Vault, audit: Audit) -> str:
    """The answer that goes in: as edited, or as written where it can be sent like that; else empty."""
    edited = edited_letter(session, audit, LetterKind.ANSWER, audit.language)
    if edited is not None:
        return edited.text
    try:
        letter = letter_of(session, vault, audit, LetterKind.ANSWER, audit.language)
    except Invalid:  # an operator's template with a mistake, which the audit's page shows
        return ""
    return letter.text if letter.can_be_sent else ""


def digest_of(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()


def _supplier(session: Session, audit: Audit, sections: tuple[Section, ...], supplier_id: str) -> Supplier:
    """Raises NotFound for who is no supplier of the seller account, Conflict for one who is asked for nothing."""
    asked = {each.supplier_id for each in map(asked_of, sections) if each}
    supplier = session.get(Supplier, supplier_id)
    if supplier is None or supplier.account_id != audit.account_id:
        raise NotFound()
    if supplier_id not in asked:
        raise Conflict(N_("This supplier has nothing that is missing now."))
    return supplier


def _known(around: Surroundings, supplier: Supplier | None) -> Surroundings:
    """Whom the letter goes to may be named with phone and address."""
    if supplier is None:
        return around
    theirs = {each for each in (supplier.email, supplier.phone) if each}
    return replace(around, contacts=around.contacts | theirs)
