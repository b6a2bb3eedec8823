"""Judging audits: what is to be done for each, as findings and as tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.checks.audit.facts import AuditFacts, SentDocument
from vault.checks.judge import judge as judge_facts
from vault.checks.registry import AUDIT_CHECKS
from vault.db.entities.audits import Audit, AuditEvent, EventKind
from vault.domain.audits import AuditKind, AuditState
from vault.domain.errors import Invalid
from vault.domain.findings import Finding, Outcome
from vault.letters.facts import LetterKind
from vault.rules.evidence import EvidenceList
from vault.services.audits.evidence import Section, sections_of
from vault.services.audits.part_facts import doubtful_invoices, part_facts
from vault.services.audits.sent_before import sent_before
from vault.services.days import day_of, today
from vault.services.journal.notes import MACHINE, Note
from vault.services.letters.askings import awaited
from vault.services.letters.letters import letter_of
from vault.services.tasks import tasks
from vault.services.vault import Vault

PROFILE = "audit"
SUBJECT = "audit"
# The rule of letters about plans of action that nobody asked for.
_IDLE_PLAN = "letter.plan"


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


def findings_of(
    session: Session, vault: Vault, audit: Audit, sections: tuple[Section, ...] | None = None
) -> tuple[Finding, ...]:
    """What is in order and what is not. `sections` saves gathering the evidence where the caller has it."""
    if not AuditState(audit.state).is_ours:
        sections = ()
    elif sections is None:
        sections = sections_of(session, vault, audit)
    return judge_facts(_facts(session, vault, audit, sections), vault.rules.profiles[PROFILE], AUDIT_CHECKS)


def _facts(session: Session, vault: Vault, audit: Audit, sections: tuple[Section, ...]) -> AuditFacts:
    letter = _answer(session, vault, audit, sections)
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
        parts=tuple(map(part_facts, sections)),
        doubtful=doubtful_invoices(sections),
        sent_before=_sent_before(session, vault, audit, sections),
        lacks_products=_lacks_products(asked, sections),
        letter_flaws=letter.flaws if letter else None,
        has_idle_plan=bool(letter and letter.has_idle_plan),
        awaited=tuple(awaited(session, vault, audit, sections)),
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    flaws: int
    has_idle_plan: bool = False


def _answer(session: Session, vault: Vault, audit: Audit, sections: tuple[Section, ...]) -> _Answer | None:
    """Only while the answer is ours to give and the evidence is there; a template with a mistake is one flaw."""
    if not AuditState(audit.state).is_ours or audit.confirmed_at is None or audit.gathered_at is None:
        return None
    try:
        letter = letter_of(session, vault, audit, LetterKind.ANSWER, audit.language, sections=sections)
    except Invalid:
        return _Answer(1)
    failed = [each.rule for each in letter.findings if each.outcome is Outcome.FAIL]
    return _Answer(len(failed), _IDLE_PLAN in failed)


def _lacks_products(asked: EvidenceList | None, sections: tuple[Section, ...]) -> bool:
    needed = {part.name for part in asked.parts if part.is_per_product and part.required} if asked else set()
    return bool(needed) and not any(section.part.name in needed for section in sections)


def _sent_before(session: Session, vault: Vault, audit: Audit, sections: Iterable[Section]) -> tuple[SentDocument, ...]:
    """Of everything that goes in, what Amazon has had already."""
    chosen = {each.document.id: each.document for section in sections for each in section.chosen}
    sent = sent_before(session, audit.account_id, chosen.values())
    return tuple(SentDocument(key, chosen[key].filename, day_of(vault, sent[key])) for key in sorted(sent))


def _in_zone(vault: Vault, audit: Audit) -> datetime | None:
    """The deadline in the time zone of the settings: its day is the one that the people see."""
    return audit.deadline.astimezone(ZoneInfo(vault.settings.time_zone)) if audit.deadline else None


def _sent_on(session: Session, vault: Vault, audit: Audit) -> date | None:
    wanted = select(func.max(AuditEvent.happened_at)).where(
        AuditEvent.audit_id == audit.id, AuditEvent.kind == EventKind.SENT
    )
    sent = session.scalar(wanted)
    return sent.astimezone(ZoneInfo(vault.settings.time_zone)).date() if sent else None
