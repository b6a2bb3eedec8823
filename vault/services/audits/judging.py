"""Judging audits: what is to be done for each, as findings and as tasks."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.checks.audit.facts import AuditFacts, DoubtfulInvoice, PartFacts
from vault.checks.judge import judge as judge_facts
from vault.checks.registry import AUDIT_CHECKS
from vault.db.entities.audits import Audit, AuditEvent, EventKind
from vault.domain.audits import AuditKind, AuditState
from vault.domain.errors import Invalid
from vault.domain.findings import Finding, Outcome
from vault.letters.facts import LetterKind
from vault.rules.evidence import EvidenceList
from vault.services.audits.evidence import Section, sections_of
from vault.services.coverage.facts import latest_supplier
from vault.services.days import today
from vault.services.journal.notes import MACHINE, Note
from vault.services.letters.letters import letter_of
from vault.services.tasks import tasks
from vault.services.vault import Vault

PROFILE = "audit"
SUBJECT = "audit"


def judge(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """Judges every audit of the seller account that is not over. Returns the changes; none where nothing has changed."""
    over = [state.value for state in AuditState if state.is_over]
    wanted = select(Audit).where(Audit.account_id == account_id, Audit.state.not_in(over)).order_by(Audit.id)
    audits = session.scalars(wanted.with_for_update()).all()
    return [note for audit in audits for note in judge_audit(session, vault, audit, actor)]


def judge_audit(session: Session, vault: Vault, audit: Audit, actor: str = MACHINE) -> list[Note]:
    """Opens and closes the tasks of one audit. They go to who answers for it; one that is over has none."""
    findings = () if AuditState(audit.state).is_over else findings_of(session, vault, audit)
    subject = tasks.Subject(SUBJECT, audit.id, audit.account_id)
    return tasks.reconcile(session, vault, subject, findings, actor, assignee_id=audit.owner_id)


def findings_of(session: Session, vault: Vault, audit: Audit) -> tuple[Finding, ...]:
    """What is in order and what is not."""
    return judge_facts(_facts(session, vault, audit), vault.rules.profiles[PROFILE], AUDIT_CHECKS)


def _facts(session: Session, vault: Vault, audit: Audit) -> AuditFacts:
    sections = sections_of(session, vault, audit) if AuditState(audit.state).is_ours else ()
    asked = vault.rules.audits.get(AuditKind(audit.kind)) if audit.kind else None
    return AuditFacts(
        state=AuditState(audit.state),
        now=vault.clock(),
        as_of=today(vault),
        is_confirmed=audit.confirmed_at is not None,
        noticed_on=audit.noticed_on,
        deadline=_in_zone(vault, audit),
        hours=asked.hours if asked else 0,
        has_owner=audit.owner_id is not None,
        is_acknowledged=audit.acknowledged_at is not None,
        sent_on=_sent_on(session, vault, audit),
        is_gathered=audit.gathered_at is not None,
        parts=tuple(_part(each) for each in sections),
        doubtful=tuple(_doubtful(sections).values()),
        lacks_products=_lacks_products(asked, sections),
        letter_flaws=_letter_flaws(session, vault, audit, sections),
    )


def _letter_flaws(session: Session, vault: Vault, audit: Audit, sections: tuple[Section, ...]) -> int | None:
    """Only while the answer is ours to give and the evidence is there; a template with a mistake is one flaw."""
    if not AuditState(audit.state).is_ours or audit.confirmed_at is None or audit.gathered_at is None:
        return None
    try:
        letter = letter_of(session, vault, audit, LetterKind.ANSWER, audit.language, sections=sections)
    except Invalid:
        return 1
    return sum(each.outcome is Outcome.FAIL for each in letter.findings)


def _lacks_products(asked: EvidenceList | None, sections: tuple[Section, ...]) -> bool:
    needed = {part.name for part in asked.parts if part.is_per_product and part.required} if asked else set()
    return bool(needed) and not any(section.part.name in needed for section in sections)


def _part(section: Section) -> PartFacts:
    weighed = [each.proposal.weighed for each in section.candidates if each.proposal.weighed]
    return PartFacts(
        name=section.part.name,
        asin=section.asin,
        title=section.title,
        required=section.part.required,
        chosen=len(section.chosen),
        need=section.need,
        supplier=latest_supplier(weighed),
    )


def _doubtful(sections: Iterable[Section]) -> dict[str, DoubtfulInvoice]:
    """Each once, also where it is evidence of several products."""
    chosen = [each for section in sections for each in section.chosen if each.proposal.gaps]
    return {
        each.document.id: DoubtfulInvoice(each.document.id, each.document.filename, len(each.proposal.gaps))
        for each in sorted(chosen, key=lambda each: each.document.id)
    }


def _in_zone(vault: Vault, audit: Audit) -> datetime | None:
    """The deadline in the time zone of the settings: its day is the one that the people see."""
    return audit.deadline.astimezone(ZoneInfo(vault.settings.time_zone)) if audit.deadline else None


def _sent_on(session: Session, vault: Vault, audit: Audit) -> date | None:
    wanted = select(func.max(AuditEvent.happened_at)).where(
        AuditEvent.audit_id == audit.id, AuditEvent.kind == EventKind.SENT
    )
    sent = session.scalar(wanted)
    return sent.astimezone(ZoneInfo(vault.settings.time_zone)).date() if sent else None
