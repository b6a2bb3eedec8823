"""A further account's file as the page shows it, and as a folder to hand out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.account.further_facts import ExistingAccount
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.documents import Document
from vault.db.entities.further import FurtherAccount, FurtherPaper, FurtherValue
from vault.domain.findings import Finding
from vault.domain.roles import Permission
from vault.domain.values import Sha256
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.bundles.bags import BagFile, bag_file, plain_name, zip_bag
from vault.services.documents.dossiers import Event
from vault.services.documents.originals import stored_chunks
from vault.services.further.contents import standing
from vault.services.further.further import require_file
from vault.services.further.judging import findings_of
from vault.services.further.links import PlannedLink, planned_links
from vault.services.journal.history import events_about, lines_about
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in the file. `exported` is its name in the folder."""

    id: str
    purpose: str
    document: Document
    exported: str


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file as somebody may see it: nothing in it tells of accounts that he may not see.

    `links`: what the planned values would link it with. `standing`: how each of the accounts that he sees stands now.
    `opened_name`: of the seller account that came of the plan, empty where he may not see it.
    """

    file: FurtherAccount
    findings: tuple[Finding, ...]
    papers: tuple[Paper, ...]
    values: tuple[FurtherValue, ...]
    links: tuple[PlannedLink, ...]
    standing: tuple[tuple[ExistingAccount, Finding], ...]
    people: Mapping[str, str]
    history: tuple[Event, ...]
    opened_name: str


def read_file(vault: Vault, actor: Actor, account_id: str, file_id: str) -> OpenFile:
    """Raises NotFound."""
    with vault.database.reading() as session:
        file = require_file(session, actor, account_id, file_id, Permission.SEE)
        wanted = select(FurtherValue).where(FurtherValue.file_id == file_id)
        return OpenFile(
            file=file,
            findings=findings_of(session, vault, file, actor.account_ids),
            papers=tuple(_papers(session, file_id)),
            values=tuple(session.scalars(wanted.order_by(FurtherValue.created_at, FurtherValue.id))),
            links=planned_links(session, vault, actor, file),
            standing=tuple(standing(session, vault, actor, file)),
            people=names_of(session, {each for each in (file.created_by, file.standing_by) if each}),
            history=events_about(session, [file_id]),
            opened_name=_name(session, actor, file.opened_id),
        )


def pack_folder(vault: Vault, actor: Actor, account_id: str, file_id: str, summary: bytes) -> Iterator[bytes]:
    """The file as a zip archive: `summary` (HTML), every original byte for byte, what the journal tells, checksums.

    Every original is verified before the first byte is given. Raises NotFound, Damaged, Unavailable.
    """
    with vault.database.reading() as session:
        file = require_file(session, actor, account_id, file_id, Permission.SEE)
        papers = list(_papers(session, file_id))
        journal = lines_about(session, actor, file_id)
    for sha256 in {paper.document.sha256 for paper in papers}:
        vault.store.verify(Sha256(sha256))
    files = [bag_file("summary.html", summary), *(_original(vault, paper) for paper in papers)]
    files.append(bag_file("journal.jsonl", journal))
    return zip_bag(f"further-account-{file.id[-8:]}", files, {"External-Identifier": file.id})


def _papers(session: Session, file_id: str) -> Iterator[Paper]:
    wanted = (
        select(FurtherPaper, Document)
        .join(Document, Document.id == FurtherPaper.document_id)
        .where(FurtherPaper.file_id == file_id)
        .order_by(FurtherPaper.purpose, FurtherPaper.added_at, FurtherPaper.id)
    )
    for number, (paper, document) in enumerate(session.execute(wanted), 1):
        exported = f"documents/{number:03}-{paper.purpose}-{plain_name(document.filename)}"
        yield Paper(paper.id, paper.purpose, document, exported)


def _original(vault: Vault, paper: Paper) -> BagFile:
    document = paper.document
    return BagFile(
        paper.exported, document.sha256, document.size, partial(stored_chunks, vault, Sha256(document.sha256))
    )


def _name(session: Session, actor: Actor, account_id: str | None) -> str:
    account = session.get(SellerAccount, account_id) if account_id in actor.account_ids else None
    return account.name if account else ""
