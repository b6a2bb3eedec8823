"""The letters and bundles of an audit as somebody outside may see them: no name of who works here, but of who signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import Audit, AuditBundle, AuditBundleFile, AuditEvent
from vault.db.entities.documents import Document
from vault.db.entities.letters import AuditAnswer, AuditRequest
from vault.db.entities.people import Membership, User
from vault.domain.audits import AuditState
from vault.domain.errors import Invalid
from vault.letters.draft import fold, name_pattern
from vault.letters.facts import LetterKind
from vault.services.audits.guest_documents import GuestDocument, plain
from vault.services.letters.letters import letter_of
from vault.services.vault import Vault

# What stands in place of a name.
_LEFT_OUT = "[…]"


@dataclass(frozen=True, slots=True)
class GuestLetter:
    """A letter as it stands, or as it was sent at `sent_at`. `supplier`: whom it went to, empty for Amazon."""

    kind: LetterKind
    text: str
    sent_at: datetime | None = None
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class GuestBundle:
    """A bundle that was made: when, whether without prices, whether it was sent, and its files with their sizes."""

    made_at: datetime
    is_without_prices: bool
    sent_at: datetime | None
    files: tuple[GuestDocument, ...]


def letters_for_guests(session: Session, vault: Vault, audit: Audit) -> Iterator[GuestLetter]:
    """What is written to Amazon now, and what was sent to suppliers. What was sent to Amazon stands on the timeline."""
    if audit.confirmed_at is None:
        return
    names = names_left_out(session, audit)
    if AuditState(audit.state).is_ours and audit.acknowledged_at is None:
        yield from _written(session, vault, audit, LetterKind.ACKNOWLEDGEMENT, names)
    yield from _written(session, vault, audit, LetterKind.ANSWER, names)
    wanted = (
        select(AuditEvent, Supplier.name)
        .join(AuditRequest, AuditRequest.event_id == AuditEvent.id)
        .join(Supplier, Supplier.id == AuditRequest.supplier_id)
        .where(AuditRequest.audit_id == audit.id, AuditEvent.taken_back_at.is_(None))
        .order_by(AuditRequest.asked_at, AuditRequest.id)
    )
    for event, supplier in session.execute(wanted):
        yield GuestLetter(LetterKind.SUPPLIER_REQUEST, without_names(event.text, names), event.happened_at, supplier)


def bundles_for_guests(session: Session, audit: Audit) -> Iterator[GuestBundle]:
    """Those that are ready, the latest first. Over what one was sent is somebody's own remark."""
    wanted = (
        select(AuditBundle, Document)
        .join(AuditBundleFile, AuditBundleFile.bundle_id == AuditBundle.id)
        .join(Document, Document.id == AuditBundleFile.document_id)
        .where(
            AuditBundle.audit_id == audit.id,
            AuditBundle.finished_at.is_not(None),
            Document.account_id == audit.account_id,
        )
        .order_by(AuditBundle.made_at.desc(), AuditBundle.id.desc(), AuditBundleFile.position)
    )
    for bundle, rows in groupby(session.execute(wanted), key=lambda row: row[0]):
        is_without_prices = bool(bundle.options.get("without_prices"))
        yield GuestBundle(bundle.made_at, is_without_prices, bundle.sent_at, tuple(plain(row[1]) for row in rows))


def names_left_out(session: Session, audit: Audit) -> tuple[str, ...]:
    """Everybody who works for the seller account or on the audit, but for whom people have named to sign its letters."""
    answer = session.get(AuditAnswer, audit.id)
    signer = name_pattern(answer.signer_name) if answer else ""
    of_account = select(Membership.user_id).where(Membership.account_id == audit.account_id)
    on_audit = select(AuditEvent.made_by).where(AuditEvent.audit_id == audit.id)
    wanted = select(User.name).where(
        User.id.in_(of_account) | User.id.in_(on_audit) | User.id.in_([audit.owner_id or "", audit.created_by])
    )
    names = {name.strip() for name in session.scalars(wanted)}
    return tuple(
        sorted((name for name in names if name and name_pattern(name) != signer), key=lambda name: (-len(name), name))
    )


def without_names(text: str, names: tuple[str, ...]) -> str:
    """The text without these names, however they are written: large or small, with accents or without, over two lines."""
    if not names:
        return text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(name_pattern, names))})(?!\w)")
    written, at = [], 0
    for match in pattern.finditer(fold(text)):
        written += [text[at : match.start()], _LEFT_OUT]
        at = match.end()
    return "".join([*written, text[at:]])


def _written(
    session: Session, vault: Vault, audit: Audit, kind: LetterKind, names: tuple[str, ...]
) -> Iterator[GuestLetter]:
    try:
        letter = letter_of(session, vault, audit, kind, audit.language)
    except Invalid:  # an operator's template with a mistake, which the audit's page shows
        return
    yield GuestLetter(kind, without_names(letter.text, names))
