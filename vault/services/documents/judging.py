"""Judging documents: the findings, the verdict and the tasks that follow from what is known now.

Judging may run as often as one likes: the same facts change no row and write nothing in the journal.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.judge import judge, judge_invoice
from vault.checks.registry import PAPER_CHECKS
from vault.db.entities.documents import Document, DocumentState, Judgement, StoredFinding
from vault.domain.findings import Finding, Outcome, Severity, verdict_of
from vault.domain.message import N_, Message
from vault.domain.readings import Reading
from vault.rules.book import Profile
from vault.sandbox.refusals import unreadable
from vault.services.audits.touching import touch
from vault.services.documents.facts import invoice_facts, twins_of
from vault.services.documents.paper_facts import paper_facts
from vault.services.documents.readings import current_reading
from vault.services.findings import digest, dump_finding
from vault.services.journal.notes import MACHINE, Note
from vault.services.tasks import tasks
from vault.services.vault import Vault

PROFILE = "guide"
# The profile of everything that is no supplier invoice.
PAPER_PROFILE = "papers"
# The finding about a document that no check can look into.
READABLE = "document.readable"
# The check of papers that it takes the place of.
_LEGIBLE = "paper.legible"


def judge_document(
    session: Session, vault: Vault, document: Document, reading: Reading | None = None, actor: str = MACHINE
) -> list[Note]:
    """Judges `document` under the profile `guide`, or `papers` where a person says that it is no supplier invoice.

    Stores what is new, and opens and closes its tasks.

    `reading`, where the caller has it at hand, is the document's with the corrections applied. Returns the changes
    for the journal: write them with `vault.services.journal.notes.record` at the end of the transaction.
    """
    if document.state == DocumentState.KEPT:
        return []
    profile = vault.rules.profiles[profile_name(document)]
    findings = _findings(session, vault, document, profile, reading)
    notes = _store(session, vault, document, profile, findings, actor)
    subject = tasks.Subject("document", document.id, document.account_id)
    touch(session, vault, document)
    return notes + tasks.reconcile(session, vault, subject, findings, actor)


def profile_name(document: Document) -> str:
    """The profile that decides on the document's verdict."""
    return PROFILE if document.is_invoice else PAPER_PROFILE


def judge_others(session: Session, vault: Vault, document_ids: Iterable[str], actor: str = MACHINE) -> list[Note]:
    """Judges these documents again, in the order of their ids, so that two transactions never lock crosswise."""
    wanted = select(Document).where(Document.id.in_(list(document_ids))).order_by(Document.id).with_for_update()
    return [
        note for other in session.scalars(wanted).all() for note in judge_document(session, vault, other, actor=actor)
    ]


def twin_ids(session: Session, document: Document) -> set[str]:
    """The documents whose judgement depends on this one."""
    return {twin.id for twin, _ in twins_of(session, document)}


def _findings(
    session: Session, vault: Vault, document: Document, profile: Profile, reading: Reading | None
) -> tuple[Finding, ...]:
    if document.state != DocumentState.JUDGED:
        unread = _cannot_be_read(vault, document, profile)
        return (unread,) if document.is_invoice else (unread, *_of_unread_paper(session, vault, document, profile))
    reading = reading or current_reading(session, document.id)
    assert reading is not None, "a judged document has a reading"
    if document.is_invoice:
        return judge_invoice(invoice_facts(session, vault, document, reading), profile)
    return judge(paper_facts(session, vault, document, reading), profile, PAPER_CHECKS)


def _of_unread_paper(session: Session, vault: Vault, document: Document, profile: Profile) -> tuple[Finding, ...]:
    """What a person said of a paper counts, also where nothing could be read on it."""
    found = judge(paper_facts(session, vault, document, None), profile, PAPER_CHECKS)
    return tuple(finding for finding in found if finding.check != _LEGIBLE)


def _cannot_be_read(vault: Vault, document: Document, profile: Profile) -> Finding:
    if document.state == DocumentState.QUARANTINED:
        message = Message(N_("This file stopped its reader again and again, so it was set aside unread."))
        advice = Message(
            N_("The original is kept. Ask the supplier for another copy, or scan the paper, and upload that.")
        )
    else:
        message = Message(N_("This file could not be read."))
        advice = unreadable(document.state_reason, vault.reader.limits).message
    return Finding(
        check=READABLE,
        outcome=Outcome.UNKNOWN,
        message=message,
        rule=profile.label,
        severity=Severity.HIGH,
        advice=advice,
        why={"state": document.state, "reason": document.state_reason},
    )


def _store(
    session: Session, vault: Vault, document: Document, profile: Profile, findings: tuple[Finding, ...], actor: str
) -> list[Note]:
    wanted = select(Judgement).where(Judgement.document_id == document.id, Judgement.profile == profile.name)
    judgement = session.scalar(wanted)
    is_what = digest(findings)
    if judgement is not None and judgement.digest == is_what:
        return []
    if judgement is None:
        judgement = Judgement(document_id=document.id, profile=profile.name, findings=[])
        session.add(judgement)
    judgement.rules_version, judgement.digest = vault.rules.version, is_what
    judgement.verdict, judgement.judged_at = verdict_of(findings), vault.clock()
    document.verdict = judgement.verdict
    _replace(judgement, findings)
    session.flush()
    details = {
        "verdict": judgement.verdict,
        "profile": profile.label,
        "rules": vault.rules.version,
        "findings": is_what,
    }
    return [Note("document.judged", document.id, actor, document.account_id, details)]


def _replace(judgement: Judgement, findings: tuple[Finding, ...]) -> None:
    kept = judgement.findings
    del kept[len(findings) :]
    for position, finding in enumerate(findings):
        if position == len(kept):
            kept.append(StoredFinding(position=position))
        row = kept[position]
        row.check_id, row.outcome, row.payload = finding.check, finding.outcome, dump_finding(finding)
