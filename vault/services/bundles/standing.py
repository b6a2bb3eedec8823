"""How far the bundles of an audit are: ready, being made and at which step, or why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditBundle, AuditBundleFile
from vault.db.entities.documents import Document, DocumentState
from vault.db.entities.work import Job, JobState
from vault.domain.message import N_, Message
from vault.services.audits.evidence import Section
from vault.services.jobs.jobs import JobKind

# What is said of an attempt that ended without a result, by the code that the job begins its error with.
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "out_of_space": N_("There is not enough free space on the vault's disk."),
        "unavailable": N_("Something that the vault needs does not answer: its store, its database or its disk."),
        "reader_died": N_("A document could not be copied: the reader ended without an answer."),
        "misconfigured": N_("The vault is not set up as it should be. Whoever runs it finds the reason in its log."),
        "not_found": N_(
            "A stored original is missing. Run “sellervault verify” on the vault: it names what to restore."
        ),
        "damaged": N_("A stored original is damaged. Run “sellervault verify” on the vault."),
    }
)
_UNFORESEEN = N_("Something went wrong that nobody foresaw. Whoever runs the vault finds the reason in its log.")


@dataclass(frozen=True, slots=True)
class Without:
    """A document of which there is no copy in the bundle. `message`: why, and what to do about it."""

    document_id: str
    name: str
    message: Message


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle with its files.

    `is_running`: its making goes on or is to begin; `progress`: ``{"step", "done", "of"}`` of it, empty before it
    begins. `problem`: why it could not be made, or what the making waits for. `is_failed`: it was given up.
    """

    bundle: AuditBundle
    files: tuple[Document, ...]
    is_running: bool
    is_failed: bool
    progress: Mapping[str, Any]
    problem: Message | None
    without_copy: tuple[Without, ...]

    @property
    def is_lossy(self) -> bool:
        """Whether what has no copy is not there at all: originals stay out, too."""
        return bool(self.without_copy) and bool(self.bundle.options.get("without_prices"))

    def is_for_records(self, file: Document) -> bool:
        """Whether a file is not sent."""
        return file not in sent_of(self.files)


def doubtful(sections: Iterable[Section]) -> tuple[Document, ...]:
    """The documents that go in although it is known already that no copy can be made of them."""
    chosen = {each.document.id: each.document for section in sections for each in section.chosen}
    return tuple(
        each for each in chosen.values() if each.state in (DocumentState.UNREADABLE, DocumentState.QUARANTINED)
    )


def bundles_of(session: Session, audit: Audit) -> tuple[MadeBundle, ...]:
    """The latest first."""
    wanted = select(AuditBundle).where(AuditBundle.audit_id == audit.id)
    found = session.scalars(wanted.order_by(AuditBundle.made_at.desc(), AuditBundle.id.desc())).all()
    return tuple(standing_of(session, bundle) for bundle in found)


def standing_of(session: Session, bundle: AuditBundle) -> MadeBundle:
    """How far one bundle is."""
    job = _job(session, bundle) if bundle.finished_at is None else None
    is_running = _is_running(job)
    return MadeBundle(
        bundle=bundle,
        files=files_of(session, bundle),
        is_running=is_running,
        is_failed=bundle.finished_at is None and not is_running,
        progress=job.progress if job is not None and is_running else {},
        problem=_problem(bundle, job),
        without_copy=tuple(_without(each) for each in bundle.left_out or ()),
    )


def is_failed(session: Session, bundle: AuditBundle) -> bool:
    """Whether nobody makes it any more, and it is not ready."""
    return bundle.finished_at is None and not _is_running(_job(session, bundle))


def files_of(session: Session, bundle: AuditBundle) -> tuple[Document, ...]:
    """In their order."""
    wanted = (
        select(Document)
        .join(AuditBundleFile, AuditBundleFile.document_id == Document.id)
        .where(AuditBundleFile.bundle_id == bundle.id)
        .order_by(AuditBundleFile.position)
    )
    return tuple(session.scalars(wanted))


def sent_of(files: tuple[Document, ...]) -> tuple[Document, ...]:
    """Those that are sent: not the archive beside the PDFs of a channel that takes no archives."""
    pdfs = tuple(each for each in files if each.media_type == "application/pdf")
    return pdfs or files


def _job(session: Session, bundle: AuditBundle) -> Job | None:
    """The latest attempt that somebody asked for."""
    wanted = select(Job).where(Job.kind == JobKind.MAKE_BUNDLE, Job.subject_id == bundle.id)
    return session.scalars(wanted.order_by(Job.created_at.desc(), Job.id.desc()).limit(1)).first()


def _is_running(job: Job | None) -> bool:
    return job is not None and job.state in (JobState.WAITING, JobState.RUNNING)


def _problem(bundle: AuditBundle, job: Job | None) -> Message | None:
    if bundle.finished_at is not None:
        return None
    if bundle.problem:
        return Message(bundle.problem["text"], bundle.problem["params"])
    if job is None or not job.error:
        return None
    return Message(_WORDS.get(job.error.partition(":")[0], _UNFORESEEN))


def _without(stored: Mapping[str, Any]) -> Without:
    return Without(stored["document"], stored["name"], Message(stored["message"]["text"], stored["message"]["params"]))
