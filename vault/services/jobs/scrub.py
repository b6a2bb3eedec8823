"""The scrub: reads every byte that is kept, and says what is no longer what it was. Goes on where it was stopped."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Blob, Document
from vault.domain.errors import Damaged, NotFound
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.message import N_, Message
from vault.domain.values import Sha256
from vault.services.documents.retention import retention_ends
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.tasks import tasks
from vault.services.vault import Vault

SUBJECT = "store"
INTACT = tasks.STORE_CHECKS + "intact"
_STEP = 20


def scrub(vault: Vault, lease: jobs.Lease) -> None:
    """Verifies every blob that the database names; a damaged or missing one opens a task for each of its documents.

    The store is told how long each has to be kept: kinds of papers, and what the rule book says of them, change.
    The job's progress is the report: ``{"after", "checked", "damaged"}``. Raises LeaseLost, Unavailable.
    """
    progress = {"after": "", "checked": 0, "damaged": 0, **lease.progress}
    while blobs := _next(vault, str(progress["after"])):
        with kept_alive(vault, lease):
            broken = {sha256: problem for sha256 in blobs if (problem := _problem(vault, sha256))}
            _hold(vault, [sha256 for sha256 in blobs if sha256 not in broken])
        progress["after"] = blobs[-1]
        progress["checked"] += len(blobs)
        progress["damaged"] += len(broken)
        with jobs.step(vault, lease, progress) as session:
            record(session, vault, _report(session, vault, blobs, broken))
    with jobs.effect(vault, lease) as session:
        details = {"checked": int(progress["checked"]), "damaged": int(progress["damaged"])}
        record(session, vault, [Note("store.scrubbed", SUBJECT, MACHINE, None, details)])


def _next(vault: Vault, after: str) -> Sequence[str]:
    with vault.database.reading() as session:
        return session.scalars(select(Blob.sha256).where(Blob.sha256 > after).order_by(Blob.sha256).limit(_STEP)).all()


def _problem(vault: Vault, sha256: str) -> str:
    try:
        vault.store.verify(Sha256(sha256))
    except (Damaged, NotFound) as error:
        return error.code
    return ""


def _hold(vault: Vault, hashes: Sequence[str]) -> None:
    with vault.database.reading() as session:
        ends = retention_ends(session, vault, hashes)
    for sha256, end in ends.items():
        vault.store.hold(Sha256(sha256), end)


def _report(session: Session, vault: Vault, blobs: Sequence[str], broken: dict[str, str]) -> list[Note]:
    """The tasks of the documents concerned: opened where bytes are damaged, closed where they are whole again."""
    notes = [Note("blob.damaged", sha256, MACHINE, None, {"problem": problem}) for sha256, problem in broken.items()]
    documents = select(Document).where(Document.sha256.in_(blobs)).order_by(Document.id)
    for document in session.scalars(documents):
        subject = tasks.Subject("document", document.id, document.account_id)
        findings = [_finding(document, broken[document.sha256])] if document.sha256 in broken else []
        notes += tasks.reconcile(session, vault, subject, findings, of_store=True)
    return notes


def _finding(document: Document, problem: str) -> Finding:
    return Finding(
        check=INTACT,
        outcome=Outcome.FAIL,
        message=Message(N_("The kept file “%(file)s” is damaged or missing."), {"file": document.filename}),
        rule="vault/1",
        severity=Severity.CRITICAL,
        advice=Message(N_("Upload the same file again, or restore it from a backup: its checksum is known.")),
        why={"sha256": document.sha256, "problem": problem},
    )
