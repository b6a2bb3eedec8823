"""Bundles of an audit: asking for one, and noting that it was sent."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditBundle, AuditBundleFile, EventKind
from vault.db.entities.documents import Document
from vault.db.entities.work import Job, JobState
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.audits.audits import add_event, audit_in_work, require_audit
from vault.services.audits.evidence import sections_of
from vault.services.audits.judging import judge_audit
from vault.services.bundles.options import BundleOptions
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault

LONGEST_CHANNEL = 200


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle with its files. `is_failed`: its making was given up; `is_running`: it goes on or is to begin."""

    bundle: AuditBundle
    files: tuple[Document, ...]
    is_running: bool
    is_failed: bool


def ask_for_bundle(vault: Vault, actor: Actor, account_id: str, audit_id: str, options: BundleOptions) -> AuditBundle:
    """Has a bundle made of what goes in now. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        if not any(section.chosen for section in sections_of(session, vault, audit)):
            raise Conflict(N_("No document goes in yet. Put evidence into the audit first."))
        bundle = AuditBundle(id=new_id(), audit_id=audit.id, options=options.dump())
        bundle.made_at, bundle.made_by = vault.clock(), actor.id
        session.add(bundle)
        session.flush()
        job = jobs.add(session, vault, JobKind.MAKE_BUNDLE, bundle.id, account_id)
        record(session, vault, [Note("audit.bundle_asked", audit.id, actor.id, account_id, {"bundle": bundle.id})])
    jobs.send(vault, job)
    return bundle


def note_sent(vault: Vault, actor: Actor, account_id: str, audit_id: str, bundle_id: str, channel: str) -> None:
    """Notes that a person sent the bundle to Amazon, over `channel`. Once; it is never changed.

    Raises NotFound, Forbidden, Conflict, Invalid.
    """
    channel = channel.strip()
    if not channel or len(channel) > LONGEST_CHANNEL:
        problem = Message(N_("Say how it was sent: as a reply in the case, by mail …"))
        raise Invalid(N_("Nothing was noted. Correct the marked fields."), {"channel": problem})
    with vault.database.transaction() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.MANAGE, lock=True)
        bundle = session.get(AuditBundle, bundle_id, with_for_update=True)
        if bundle is None or bundle.audit_id != audit.id:
            raise NotFound()
        if bundle.finished_at is None or bundle.sent_at is not None:
            raise Conflict(N_("This bundle is not ready, or was noted as sent already."))
        bundle.sent_at, bundle.sent_by, bundle.sent_over = vault.clock(), actor.id, channel
        add_event(session, vault, audit, EventKind.SENT, actor, channel, _files(session, bundle)[0].id)
        if AuditState(audit.state).is_ours:
            audit.state = AuditState.SENT
        session.flush()
        details = {"bundle": bundle.id, "sha256": bundle.contents, "channel": channel}
        notes = [Note("audit.bundle_sent", audit.id, actor.id, account_id, details)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def bundles_of(session: Session, audit: Audit) -> tuple[MadeBundle, ...]:
    """The latest first."""
    wanted = select(AuditBundle).where(AuditBundle.audit_id == audit.id)
    found = session.scalars(wanted.order_by(AuditBundle.made_at.desc(), AuditBundle.id.desc())).all()
    return tuple(_made(session, bundle) for bundle in found)


def _made(session: Session, bundle: AuditBundle) -> MadeBundle:
    wanted = select(Job.state).where(Job.kind == JobKind.MAKE_BUNDLE, Job.subject_id == bundle.id)
    state = session.scalar(wanted)
    is_running = bundle.finished_at is None and state in (JobState.WAITING, JobState.RUNNING)
    return MadeBundle(bundle, _files(session, bundle), is_running, bundle.finished_at is None and not is_running)


def _files(session: Session, bundle: AuditBundle) -> tuple[Document, ...]:
    wanted = (
        select(Document)
        .join(AuditBundleFile, AuditBundleFile.document_id == Document.id)
        .where(AuditBundleFile.bundle_id == bundle.id)
        .order_by(AuditBundleFile.position)
    )
    return tuple(session.scalars(wanted))
