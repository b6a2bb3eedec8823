"""Making the files of a report: a job that prints, attaches and keeps them as documents of the vault.

They say what everybody may know who sees the seller account, so that nobody learns from a file of another one: links
with other seller accounts of the vault are left out, and the page shows them to who sees both. A report that somebody
signs gets a second set, with the signature on it; the first one stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.composing.associated import Attachment
from vault.composing.composer import Composer
from vault.db.entities.people import Membership, User
from vault.db.entities.reports import Report, ReportFile, ReportStage
from vault.domain.ids import new_id
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.services.documents.made import add_made, store_made
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.reports.files import as_csv, as_json, filename
from vault.services.reports.kept import kept_files
from vault.services.reports.pages import page_of, title_of
from vault.services.reports.reports import OpenReport, opened
from vault.services.reports.signing import Signature, signature_of
from vault.services.vault import Vault
from vault.services.workroom import workroom
from vault.store.protocol import Stored

_MEDIA_TYPES = MappingProxyType({"pdf": "application/pdf", "csv": "text/csv", "json": "application/json"})
_ROOM = 64 << 20  # both sets are a few megabytes


@dataclass(frozen=True, slots=True)
class _Brief:
    """What a set of files is made of, read at one moment."""

    opened: OpenReport
    signature: Signature | None
    language: str

    @property
    def stage(self) -> ReportStage:
        return ReportStage.SIGNED if self.signature else ReportStage.MADE


def keep_files(vault: Vault, lease: jobs.Lease) -> None:
    """The job: makes and keeps the files of a report that are missing. Running it again makes none.

    Raises LeaseLost; OutOfSpace; as `Composer.printed` and the store do.
    """
    with kept_alive(vault, lease), workroom(vault.settings.home, _ROOM) as folder:
        with vault.database.reading() as session:
            briefs = _missing(session, session.get_one(Report, lease.subject_id))
        made = [(brief, _make(vault, brief, folder)) for brief in briefs]
    with jobs.effect(vault, lease) as session:
        report = session.get_one(Report, lease.subject_id, with_for_update=True)
        there = kept_files(session, report)
        notes = [
            note
            for brief, stored in made
            if brief.stage not in there
            for note in _keep(session, vault, report, brief, stored)
        ]
        record(session, vault, notes)


def _missing(session: Session, report: Report) -> list[_Brief]:
    """For everybody who sees the account: what any of them may not know is not in it."""
    seen, language = opened(session, report, [report.account_id]), _language(session, report.account_id)
    signature, there = signature_of(session, report), kept_files(session, report)
    wanted = [_Brief(seen, None, language), *([_Brief(seen, signature, language)] if signature else [])]
    return [brief for brief in wanted if brief.stage not in there]


def _language(session: Session, account_id: str) -> str:
    """Of the business: that of the owner who has been there longest."""
    wanted = select(User.language).join(Membership, Membership.user_id == User.id)
    wanted = wanted.where(Membership.account_id == account_id, Membership.role == Role.OWNER)
    return session.scalar(wanted.order_by(Membership.since, User.id).limit(1)) or "en"


def _make(vault: Vault, brief: _Brief, folder: Path) -> dict[str, Stored]:
    """The files in the store, by format: when this returns, they survive a power cut."""
    report, figures = brief.opened.report, brief.opened.figures
    data = {"csv": as_csv(figures), "json": as_json(report, figures, brief.signature)}
    contents = {"pdf": _printed(vault, brief, data), **data}
    stored = {}
    for format_, content in contents.items():
        path = folder / f"{brief.stage}.{format_}"
        path.write_bytes(content)
        stored[format_] = store_made(vault, path, PaperKind.MONTHLY_REPORT)
    return stored


def _printed(vault: Vault, brief: _Brief, data: Mapping[str, bytes]) -> bytes:
    """PDF/A-3b with the data in it."""
    title = title_of(brief.opened, brief.language)
    html = page_of(vault, brief.opened, brief.signature, brief.language)
    report = brief.opened.report
    at = (brief.signature.at if brief.signature else report.made_at).astimezone(UTC)
    attached = [
        Attachment(
            filename(report, format_, brief.stage),
            _MEDIA_TYPES[format_],
            f"{title}: {format_.upper()}",
            content.decode(),
            f"D:{at:%Y%m%d%H%M%S}Z",
        )
        for format_, content in data.items()
    ]
    with Composer(allow_unsandboxed=vault.settings.allow_unsandboxed) as composer:
        return composer.printed(html, title, brief.language, attached).content


def _keep(session: Session, vault: Vault, report: Report, brief: _Brief, stored: Mapping[str, Stored]) -> list[Note]:
    signed_by = report.signed_by if brief.stage is ReportStage.SIGNED else None
    notes: list[Note] = []
    for format_, each in stored.items():
        name = filename(report, format_, brief.stage)
        document, made = add_made(
            *(session, vault, report.account_id, each, PaperKind.MONTHLY_REPORT),
            *(name, _MEDIA_TYPES[format_], signed_by or report.made_by),
        )
        row = ReportFile(id=new_id(), report_id=report.id, stage=brief.stage, format=format_, document_id=document.id)
        session.add(row)
        notes += made
    session.flush()
    hashes = {format_: str(each.sha256) for format_, each in stored.items()}
    note = Note("monthly_report.files_kept", report.id, MACHINE, report.account_id, {"stage": brief.stage, **hashes})
    return [*notes, note]
