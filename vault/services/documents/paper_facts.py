"""Gathering what is known about one paper, for the checks to judge."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.paper.facts import PaperFacts
from vault.db.entities.documents import Document
from vault.db.entities.links import LinkExplanation
from vault.db.entities.papers import Paper
from vault.db.entities.security import ControlAttestation
from vault.domain.readings import Reading
from vault.domain.security import Control
from vault.services.days import today
from vault.services.security.control_history import latest
from vault.services.vault import Vault


def paper_facts(session: Session, vault: Vault, document: Document, reading: Reading | None) -> PaperFacts:
    """Everything that the checks need about `document`, which is no supplier invoice.

    `reading`: None where it could not be read.
    """
    rule, said = vault.rules.papers[document.paper], session.get(Paper, document.id)
    return PaperFacts(
        today=today(vault),
        pages=reading.pages if reading else (),
        expires=rule.expires,
        is_picture=rule.is_picture,
        valid_until=said.valid_until if said else None,
        never_expires=bool(said and said.never_expires),
        is_watched=_is_attested(session, document) or _explains_until(session, document),
    )


def _is_attested(session: Session, document: Document) -> bool:
    """Whether it is the scan of a paper that counts among the security duties, which ask for its last day."""
    scans = select(ControlAttestation.id).where(
        ControlAttestation.account_id == document.account_id,
        ControlAttestation.control == Control.PAPER,
        ControlAttestation.document_id == document.id,
    )
    if session.scalar(scans.limit(1)) is None:
        return False
    counting = latest(session, document.account_id).items()
    papers = [row for (control, _), row in counting if control == Control.PAPER and "retired" not in row.details]
    return any(row.document_id == document.id for row in papers)


def _explains_until(session: Session, document: Document) -> bool:
    """Whether it proves the explanation of a link, which ends on a day."""
    wanted = select(LinkExplanation.id).where(
        LinkExplanation.document_id == document.id,
        LinkExplanation.withdrawn_at.is_(None),
        LinkExplanation.valid_until.is_not(None),
    )
    return session.scalar(wanted.limit(1)) is not None
