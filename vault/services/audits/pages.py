"""Audits as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditOrder, AuditProduct
from vault.db.entities.work import Job, JobState
from vault.db.queries import audits as queries
from vault.domain.audits import AuditState
from vault.domain.findings import Finding
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.audits.audits import require_audit
from vault.services.audits.evidence import Section, sections_of
from vault.services.audits.judging import findings_of
from vault.services.audits.notice import Notice, notice_of
from vault.services.audits.timeline import Entry, entries_of
from vault.services.browsing import names_of
from vault.services.bundles.standing import MadeBundle, bundles_of
from vault.services.documents.dossiers import Event
from vault.services.jobs.jobs import JobKind
from vault.services.journal.history import events_about
from vault.services.tasks.people import colleagues
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An audit in the list, with how many products it is about and who answers for it."""

    audit: Audit
    products: int
    owner: str


@dataclass(frozen=True, slots=True)
class OpenAudit:
    """One audit. `asins` and `orders`: as confirmed. `gathered`: how many invoices were looked through in the run that
    goes on now; None where none does. `bundles`: the latest first. `people`: names by id; `owners`: who may answer for it.
    """

    audit: Audit
    asins: tuple[str, ...]
    orders: tuple[str, ...]
    notice: Notice
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    timeline: tuple[Entry, ...]
    history: tuple[Event, ...]
    people: Mapping[str, str]
    owners: Mapping[str, str]
    gathered: int | None
    bundles: tuple[MadeBundle, ...]


def list_audits(vault: Vault, actor: Actor, account_id: str) -> list[AuditRow]:
    """What we have to answer first, the nearest deadline first. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        found = queries.list_audits(session, account_id)
        products = queries.count_products(session, account_id)
        names = names_of(session, {audit.owner_id for audit in found if audit.owner_id})
    return [AuditRow(each, products.get(each.id, 0), names.get(each.owner_id or "", "")) for each in found]


def read_audit(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> OpenAudit:
    """Raises NotFound."""
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.SEE)
        timeline, history = entries_of(session, audit), events_about(session, [audit.id])
        sections = sections_of(session, vault, audit)
        writers = {entry.event.made_by for entry in timeline} | {audit.owner_id or "", audit.confirmed_by or ""}
        asins = select(AuditProduct.asin).where(AuditProduct.audit_id == audit.id).order_by(AuditProduct.asin)
        orders = select(AuditOrder.number).where(AuditOrder.audit_id == audit.id).order_by(AuditOrder.number)
        return OpenAudit(
            audit=audit,
            asins=tuple(session.scalars(asins)),
            orders=tuple(session.scalars(orders)),
            notice=notice_of(session, audit),
            sections=sections,
            findings=() if AuditState(audit.state).is_over else findings_of(session, vault, audit, sections),
            timeline=timeline,
            history=history,
            people=names_of(session, writers - {""}),
            owners=colleagues(session, account_id, Permission.CORRECT),
            gathered=_gathered(session, audit),
            bundles=bundles_of(session, audit),
        )


def read_gathering(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> tuple[Audit, int | None]:
    """The audit, and how many invoices were looked through in the run that goes on now. Raises NotFound."""
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.SEE)
        return audit, _gathered(session, audit)


def _gathered(session: Session, audit: Audit) -> int | None:
    """How far the looking through has come that goes on or is to begin."""
    wanted = select(Job).where(
        Job.kind == JobKind.GATHER_AUDIT,
        Job.subject_id == audit.id,
        Job.state.in_((JobState.WAITING, JobState.RUNNING)),
    )
    job = session.scalars(wanted.order_by(Job.id.desc()).limit(1)).first()
    return int(job.progress.get("done", 0)) if job else None
