"""Guests of an audit: who outside may look at it, invited by a secret that is shown once, for a while, until revoked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditGuest
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue, read_moment
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.audits.audits import require_audit
from vault.services.audits.guest_view import GuestView, view_for_guests
from vault.services.journal.notes import Note, record
from vault.services.people.web_sessions import key_of, new_token
from vault.services.vault import Vault

LONGEST_NAME = 200
LONGEST_STAY = 30  # days
# So many may look at one audit at the same time: more than these are no circle of confidence any more.
MOST = 20
LOOKED = "audit.looked_at"


@dataclass(frozen=True, slots=True)
class Invited:
    """A new guest. `link` holds the secret behind its ``#``, which browsers send to nobody; it is shown this once."""

    name: str
    expires_at: datetime
    link: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A guest in the list. `looked_at`: the last look, None before the first; `is_open`: may look now."""

    id: str
    name: str
    expires_at: datetime
    revoked_at: datetime | None
    looked_at: datetime | None
    is_open: bool
    may_have_bundles: bool


def invite(
    vault: Vault,
    actor: Actor,
    account_id: str,
    audit_id: str,
    name: str,
    days: int,
    *,
    may_have_bundles: bool = False,
) -> Invited:
    """Lets whoever gets the link look at the audit for `days` days (1 … LONGEST_STAY), and have the files of its bundles.

    Raises NotFound, Forbidden, Invalid, and Conflict where nobody can be invited now.
    """
    name = " ".join(name.split())
    _require_sense(name, days)
    secret, now = new_token(), vault.clock()
    with vault.database.transaction() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.MANAGE, lock=True)
        _require_room(session, audit, now)
        guest = AuditGuest(id=new_id(), audit_id=audit.id, name=name, secret_hash=key_of(secret))
        guest.expires_at, guest.created_at, guest.created_by = now + timedelta(days=days), now, actor.id
        guest.may_have_bundles = may_have_bundles
        session.add(guest)
        details: dict[str, JsonValue] = {
            "guest": name,
            "until": guest.expires_at.date().isoformat(),
            "bundles": may_have_bundles,
        }
        record(session, vault, [Note("audit.guest_invited", audit.id, actor.id, account_id, details)])
    return Invited(name, guest.expires_at, f"{vault.settings.address}/guest#{secret}")


def revoke(vault: Vault, actor: Actor, account_id: str, audit_id: str, guest_id: str) -> None:
    """Ends a guest's looking, at the next click at the latest. It cannot be undone; once is enough.

    Raises NotFound, Forbidden.
    """
    with vault.database.transaction() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.MANAGE)
        guest = session.get(AuditGuest, guest_id, with_for_update=True)
        if guest is None or guest.audit_id != audit.id:
            raise NotFound()
        if guest.revoked_at is None:
            guest.revoked_at = vault.clock()
            record(session, vault, [Note("audit.guest_revoked", audit.id, actor.id, account_id, {"guest": guest.name})])


def list_guests(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> list[GuestRow]:
    """Everybody who was ever invited, the latest first. Raises NotFound, Forbidden."""
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.MANAGE)
        wanted = select(AuditGuest).where(AuditGuest.audit_id == audit.id)
        guests = session.scalars(wanted.order_by(AuditGuest.created_at.desc(), AuditGuest.id.desc())).all()
        looks = _last_looks(session, [guest.id for guest in guests])
    now, is_shown = vault.clock(), audit.state != AuditState.WITHDRAWN
    return [
        GuestRow(
            id=each.id,
            name=each.name,
            expires_at=each.expires_at,
            revoked_at=each.revoked_at,
            looked_at=looks.get(each.id),
            is_open=is_shown and is_welcome(each, now),
            may_have_bundles=bool(each.may_have_bundles),
        )
        for each in guests
    ]


def preview(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> GuestView:
    """What guests see, for who is to invite them. Raises NotFound, Forbidden."""
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.MANAGE)
        return view_for_guests(session, vault, audit, may_have_bundles=True)


def is_welcome(guest: AuditGuest, now: datetime) -> bool:
    """Whether nobody has revoked the invitation and its time is not over."""
    return guest.revoked_at is None and now < guest.expires_at


def _require_sense(name: str, days: int) -> None:
    problems = {}
    if not name:
        problems["name"] = Message(N_("Fill in this field."))
    elif len(name) > LONGEST_NAME:
        problems["name"] = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST_NAME)})
    if not 1 <= days <= LONGEST_STAY:
        problems["days"] = Message(N_("Choose between 1 and %(most)s days."), {"most": str(LONGEST_STAY)})
    if problems:
        raise Invalid(N_("Nobody was invited. Correct the marked fields."), problems)


def _require_room(session: Session, audit: Audit, now: datetime) -> None:
    if audit.state == AuditState.WITHDRAWN:
        raise Conflict(N_("This audit was withdrawn, so nobody outside can look at it."))
    still = select(func.count()).where(
        AuditGuest.audit_id == audit.id, AuditGuest.revoked_at.is_(None), AuditGuest.expires_at > now
    )
    if (session.scalar(still) or 0) >= MOST:
        raise Conflict(N_("%(most)s people may look already. Revoke somebody's access first."), most=str(MOST))


def _last_looks(session: Session, guest_ids: Sequence[str]) -> Mapping[str, datetime]:
    wanted = (
        select(entries.c.subject, func.max(entries.c.at))
        .where(entries.c.subject.in_(guest_ids), entries.c.action == LOOKED)
        .group_by(entries.c.subject)
    )
    return {row[0]: read_moment(row[1]) for row in session.execute(wanted)}
