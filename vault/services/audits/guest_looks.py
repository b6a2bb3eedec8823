"""A guest at the door and inside: the secret alone lets in, every look is asked anew and stands in the journal."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.audits import Audit, AuditGuest
from vault.domain.audits import AuditState
from vault.domain.errors import NotFound
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.domain.values import Sha256
from vault.journal.entry import JsonValue, moment
from vault.journal.table import entries
from vault.services.audits.guest_view import GuestView, view_for_guests
from vault.services.audits.guests import LOOKED, is_welcome
from vault.services.documents.belonging import document_of
from vault.services.documents.originals import Original, stored_chunks
from vault.services.journal.notes import Note, record
from vault.services.people.throttle import Limit, count_attempt
from vault.services.people.web_sessions import key_of
from vault.services.vault import Vault

# Who acts in the journal; the details say which guest.
GUEST = "guest"
# Looking at the same thing again within this time is one look.
ONE_LOOK = timedelta(minutes=1)
# In a quarter of an hour: codes tried from one network address, and what one guest opens.
_TRIES = 40
_LOOKS = 600


class NotAdmitted(NotFound):
    """A code that opens nothing: wrong, expired, revoked, or of an audit that was withdrawn; nobody learns which."""

    code = "not_admitted"

    def __init__(self) -> None:
        super().__init__(N_("This link opens nothing: it is wrong, too old or withdrawn. Ask for a new one."))


@dataclass(frozen=True, slots=True)
class Look:
    """What a guest sees now. `until`: when the invitation ends."""

    view: GuestView
    until: datetime


def admit(vault: Vault, secret: str, address: str) -> str:
    """The id of the guest whose secret, or whole link, this is. `address`: the network address that asks.

    It is looked up by its digest, so that the time it takes tells nothing about it. Raises NotAdmitted, Throttled.
    """
    count_attempt(vault, [Limit("guest-address", address, _TRIES)])
    wanted = select(AuditGuest.id).where(AuditGuest.secret_hash == key_of(secret.rpartition("#")[2].strip()))
    with vault.database.reading() as session:
        guest_id = session.scalar(wanted) or ""
        _require_guest(session, vault, guest_id)
    return guest_id


def look(vault: Vault, guest_id: str) -> Look:
    """The audit, for its guest. Raises NotAdmitted, Throttled."""
    _note_look(vault, guest_id, {"opened": "audit"})
    with vault.database.reading() as session:
        guest, audit = _require_guest(session, vault, guest_id)
        return Look(_view(session, vault, guest, audit), guest.expires_at)


def open_original(vault: Vault, guest_id: str, document_id: str) -> Original:
    """A document that goes in, the notice, or a file of a bundle where this guest may have it, byte for byte.

    Raises NotAdmitted, Throttled, NotFound for every other document, Damaged, Unavailable.
    """
    with vault.database.reading() as session:
        guest, audit = _require_guest(session, vault, guest_id)
        document = document_of(session, document_id, audit.account_id)
        if document is None or document_id not in _view(session, vault, guest, audit).document_ids:
            raise NotFound()
    opened = "bundle" if document.paper is PaperKind.AUDIT_BUNDLE else "document"
    _note_look(vault, guest_id, {"opened": opened, "document": document_id})
    chunks = stored_chunks(vault, Sha256(document.sha256))
    next(chunks)  # opens and verifies now, while an error can still be answered
    return Original(document.filename, document.media_type, document.size, document.sha256, chunks)


def _require_guest(session: Session, vault: Vault, guest_id: str, *, lock: bool = False) -> tuple[AuditGuest, Audit]:
    """The guest who may look now, and the audit. Raises NotAdmitted."""
    guest = session.get(AuditGuest, guest_id, with_for_update=lock or None)
    if guest is None or not is_welcome(guest, vault.clock()):
        raise NotAdmitted()
    audit = session.get_one(Audit, guest.audit_id)
    is_closed = session.get_one(SellerAccount, audit.account_id).closed_at is not None
    if is_closed or audit.state == AuditState.WITHDRAWN:
        raise NotAdmitted()
    return guest, audit


def _view(session: Session, vault: Vault, guest: AuditGuest, audit: Audit) -> GuestView:
    return view_for_guests(session, vault, audit, may_have_bundles=bool(guest.may_have_bundles))


def _note_look(vault: Vault, guest_id: str, what: dict[str, JsonValue]) -> None:
    """Writes the look in the journal before anything is shown, unless the same one stands there a moment ago.

    Raises NotAdmitted, Throttled.
    """
    with vault.database.reading() as session:
        _require_guest(session, vault, guest_id)
    count_attempt(vault, [Limit("guest-looks", guest_id, _LOOKS)])
    with vault.database.transaction() as session:
        guest, audit = _require_guest(session, vault, guest_id, lock=True)
        if not _is_noted(session, vault, guest, what):
            details = {"guest": guest.name, "audit": audit.id, **what}
            record(session, vault, [Note(LOOKED, guest.id, GUEST, audit.account_id, details)])


def _is_noted(session: Session, vault: Vault, guest: AuditGuest, what: dict[str, JsonValue]) -> bool:
    wanted = select(entries.c.details).where(
        entries.c.subject == guest.id,
        entries.c.action == LOOKED,
        entries.c.at > moment(vault.clock() - ONE_LOOK),
    )
    return any(what.items() <= json.loads(details).items() for details in session.scalars(wanted))
