"""Bundles of an audit: asking for one, trying again, and noting that it was sent."""

from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditBundle, EventKind
from vault.db.entities.work import Job
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.audits.audits import add_event, audit_in_work, require_audit
from vault.services.audits.gathering import is_gathering
from vault.services.audits.judging import judge_audit
from vault.services.bundles.briefs import Brief, dump_brief
from vault.services.bundles.gathered import contents_of, see_one_moment
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.packing import require_room
from vault.services.bundles.standing import MadeBundle, files_of, is_failed, sent_of, standing_of
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault

LONGEST_CHANNEL = 200


def ask_for_bundle(vault: Vault, actor: Actor, account_id: str, audit_id: str, options: BundleOptions) -> AuditBundle:
    """Has a bundle made of what goes in now: that is fixed here, whatever changes before it is made.

    Raises NotFound, Forbidden; Conflict while invoices are looked through, and where nothing goes in; Invalid for a
    channel that is not there; DoesNotFit for a document that is too large for it.
    """
    brief = _brief(vault, actor, account_id, audit_id, options)
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        _require_gathered(session, audit)
        bundle = AuditBundle(id=new_id(), audit_id=audit.id, options=options.dump(), brief=dump_brief(brief))
        bundle.made_at, bundle.made_by = vault.clock(), actor.id
        session.add(bundle)
        session.flush()
        job = jobs.add(session, vault, JobKind.MAKE_BUNDLE, bundle.id, account_id)
        details = {"bundle": bundle.id, "channel": brief.channel.name}
        record(session, vault, [Note("audit.bundle_asked", audit.id, actor.id, account_id, details)])
    jobs.send(vault, job)
    return bundle


def read_bundle(vault: Vault, actor: Actor, account_id: str, audit_id: str, bundle_id: str) -> tuple[Audit, MadeBundle]:
    """How far one bundle of the audit is. Raises NotFound."""
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.SEE)
        return audit, standing_of(session, _bundle_of(session, audit, bundle_id))


def try_again(vault: Vault, actor: Actor, account_id: str, audit_id: str, bundle_id: str) -> Job:
    """Has a bundle made that could not be made before, of the same contents. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        bundle = _require_bundle(session, audit, bundle_id)
        if not is_failed(session, bundle):
            raise Conflict(N_("This bundle is being made, or is ready already."))
        bundle.problem = None
        session.flush()
        job = jobs.add(session, vault, JobKind.MAKE_BUNDLE, bundle.id, account_id)
        details = {"bundle": bundle.id}
        record(session, vault, [Note("audit.bundle_tried_again", audit.id, actor.id, account_id, details)])
    jobs.send(vault, job)
    return job


def note_sent(vault: Vault, actor: Actor, account_id: str, audit_id: str, bundle_id: str, channel: str) -> None:
    """Notes that a person sent the bundle to Amazon, over `channel`. Once; it is never changed.

    The timeline leads to the first of the files that were sent.

    Raises NotFound, Forbidden, Conflict, Invalid.
    """
    channel = channel.strip()
    if not channel or len(channel) > LONGEST_CHANNEL:
        problem = Message(N_("Say how it was sent: as a reply in the case, by mail …"))
        raise Invalid(N_("Nothing was noted. Correct the marked fields."), {"channel": problem})
    with vault.database.transaction() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.MANAGE, lock=True)
        bundle = _require_bundle(session, audit, bundle_id)
        if bundle.finished_at is None or bundle.sent_at is not None:
            raise Conflict(N_("This bundle is not ready, or was noted as sent already."))
        bundle.sent_at, bundle.sent_by, bundle.sent_over = vault.clock(), actor.id, channel
        sent = sent_of(files_of(session, bundle))
        add_event(session, vault, audit, EventKind.SENT, actor, channel, sent[0].id)
        if AuditState(audit.state).is_ours:
            audit.state = AuditState.SENT
        session.flush()
        details = {"bundle": bundle.id, "sha256": bundle.contents, "channel": channel}
        notes = [Note("audit.bundle_sent", audit.id, actor.id, account_id, details)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def _brief(vault: Vault, actor: Actor, account_id: str, audit_id: str, options: BundleOptions) -> Brief:
    channel = vault.rules.channels.get(options.channel)
    with vault.database.reading() as session:
        see_one_moment(session)
        audit = require_audit(session, actor, account_id, audit_id, Permission.CORRECT)
        if channel is None:
            raise Invalid(N_("Choose a channel from the list."), {"channel": Message(N_("Choose one from the list."))})
        if audit.confirmed_at is None:
            raise Conflict(N_("Confirm first what the notice says: then evidence can be gathered."))
        _require_gathered(session, audit)
        contents = contents_of(session, vault, audit)
    if not contents.enclosed:
        raise Conflict(N_("No document goes in yet. Put evidence into the audit first."))
    require_room(contents, channel, without_prices=options.without_prices)
    return Brief(contents, options, channel)


def _require_gathered(session: Session, audit: Audit) -> None:
    """Raises Conflict while what goes in is about to change by itself."""
    if is_gathering(session, audit.id):
        raise Conflict(
            N_(
                "The invoices of this audit are being looked through. Wait until that is done, look at the evidence "
                "again, then ask for the bundle."
            )
        )
    if audit.gathered_at is None:
        raise Conflict(
            N_(
                "The invoices of this audit could not be looked through. Confirm once more what the notice says: then it "
                "begins again."
            )
        )


def _require_bundle(session: Session, audit: Audit, bundle_id: str) -> AuditBundle:
    """The bundle, locked. Raises NotFound for one of another audit."""
    return _bundle_of(session, audit, bundle_id, lock=True)


def _bundle_of(session: Session, audit: Audit, bundle_id: str, *, lock: bool = False) -> AuditBundle:
    bundle = session.get(AuditBundle, bundle_id, with_for_update=lock)
    if bundle is None or bundle.audit_id != audit.id:
        raise NotFound()
    return bundle
