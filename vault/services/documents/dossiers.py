"""Everything there is to know about one document, for the page that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Correction, Document, DocumentState, Judgement
from vault.db.entities.work import Job, JobState
from vault.db.queries.products import ProductRow, product_titles
from vault.db.queries.tasks import Scope, TaskRow, document_tasks
from vault.domain.errors import NotFound
from vault.domain.findings import Finding
from vault.domain.products import LineMatch
from vault.domain.readings import Reading
from vault.domain.roles import Permission
from vault.journal.entry import Entry, read_moment
from vault.journal.reader import to_recorded
from vault.journal.table import entries
from vault.journal.verifier import Broken
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.documents.judging import profile_name
from vault.services.documents.lines import stored_matches
from vault.services.documents.papers import PaperSheet, read_sheet
from vault.services.documents.readings import corrected, machine_reading
from vault.services.findings import load_finding
from vault.services.jobs.jobs import JobKind
from vault.services.vault import Vault

_HISTORY = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One journal entry about the document. `who`: the person's name, or the machine's own word."""

    at: datetime
    who: str
    action: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """How the document stands under the profile `rule`."""

    rule: str
    rules_version: str
    at: datetime
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One document. `reading` has the corrections applied, `machine` is what was read; both None while nothing is.

    `corrections`: those in force, by path. `matches`: one a line. `products`: every product that a match names.
    `sheet`: what people say of it. `progress` is ``{"page": 3, "pages": 10}`` while a worker reads. `people` names users by id.
    """

    document: Document
    machine: Reading | None
    reading: Reading | None
    corrections: Mapping[str, Correction]
    matches: tuple[LineMatch, ...]
    products: Mapping[str, ProductRow]
    sheet: PaperSheet
    judged: Judged | None
    tasks: tuple[TaskRow, ...]
    history: tuple[Event, ...]
    progress: Mapping[str, int]
    people: Mapping[str, str]


def read_dossier(vault: Vault, actor: Actor, account_id: str, document_id: str) -> Dossier:
    """Raises NotFound for a document that is not this account's, or an account that `actor` may not see."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        document = _require_document(session, account_id, document_id)
        machine = machine_reading(session, document_id)
        corrections = _corrections(session, document_id)
        matches = stored_matches(session, document_id)
        history, people = _history(session, document_id)
        uploader = names_of(session, {document.uploaded_by, *(item.made_by for item in corrections.values())})
        return Dossier(
            document=document,
            machine=machine,
            reading=machine and corrected(machine, {path: item.value for path, item in corrections.items()}),
            corrections=corrections,
            matches=matches,
            products=product_titles(session, account_id, _named_products(matches)),
            sheet=read_sheet(session, vault, document),
            judged=_judged(session, document),
            tasks=document_tasks(session, Scope((account_id,), actor.account_ids), document_id),
            history=history,
            progress=_progress(session, document),
            people={**people, **uploader},
        )


def get_document(vault: Vault, actor: Actor, account_id: str, document_id: str) -> Document:
    """Raises NotFound for a document that is not this account's, or an account that `actor` may not see."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return _require_document(session, account_id, document_id)


def _require_document(session: Session, account_id: str, document_id: str) -> Document:
    document = session.get(Document, document_id)
    if document is None or document.account_id != account_id:
        raise NotFound()
    return document


def _corrections(session: Session, document_id: str) -> Mapping[str, Correction]:
    wanted = select(Correction).where(Correction.document_id == document_id, Correction.withdrawn_at.is_(None))
    return {correction.path: correction for correction in session.scalars(wanted)}


def _named_products(matches: tuple[LineMatch, ...]) -> set[str]:
    candidates = {candidate.product_id for match in matches for candidate in match.candidates}
    return candidates | {match.product_id for match in matches if match.product_id}


def _judged(session: Session, document: Document) -> Judged | None:
    judgement = session.scalar(
        select(Judgement).where(Judgement.document_id == document.id, Judgement.profile == profile_name(document))
    )
    if judgement is None:
        return None
    findings = tuple(load_finding(row.payload) for row in judgement.findings)
    rule = findings[0].rule if findings else judgement.profile
    return Judged(rule, judgement.rules_version, judgement.judged_at, findings)


def _progress(session: Session, document: Document) -> Mapping[str, int]:
    if document.state != DocumentState.KEPT:
        return {}
    running = select(Job.progress).where(
        Job.kind == JobKind.READ_DOCUMENT, Job.subject_id == document.id, Job.state == JobState.RUNNING
    )
    return session.scalar(running.limit(1)) or {}


def _history(session: Session, document_id: str) -> tuple[tuple[Event, ...], Mapping[str, str]]:
    wanted = select(entries).where(entries.c.subject == document_id).order_by(entries.c.seq.desc()).limit(_HISTORY)
    found = [to_recorded(row) for row in session.execute(wanted)]
    written: list[Entry] = [item.entry for item in found if not isinstance(item, Broken)]
    people = names_of(session, {entry.actor for entry in written})
    events = (Event(read_moment(e.at), people.get(e.actor, e.actor), e.action, e.details) for e in written)
    return tuple(events), people
