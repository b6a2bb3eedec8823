"""The figures of a seller account's home page."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.documents import Document, DocumentState
from vault.db.queries.documents import DocumentRow, latest_documents
from vault.db.queries.keyset import count_each_up_to
from vault.db.queries.unindexed import through_indexes, unindexed
from vault.domain.findings import Verdict
from vault.domain.papers import PaperKind

COUNTED = 10_000
_DOCUMENTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is of an account's documents. `verdicts` counts those judged as supplier invoices by their verdict, none
    where 0.

    `moving` counts invoices that are kept or being read: their verdict is still to come. `latest`: what came last from
    outside; what the vault itself made stands where it was made. A count of `COUNTED` means
    that many or more: nobody needs the figure, and counting a million takes longer than a page may.
    """

    has_catalogue: bool
    has_documents: bool
    verdicts: Mapping[str, int]
    moving: int
    latest: tuple[DocumentRow, ...]


def read_overview(session: Session, account_id: str) -> Overview:
    """What the home page shows of the documents."""
    through_indexes(session)
    latest = latest_documents(session, account_id, _DOCUMENTS_SHOWN)
    own = select(Document.id).where(Document.account_id == account_id)
    plain = unindexed(session, Document.paper_kind)
    invoices = own.where(or_(plain.is_(None), plain == PaperKind.SUPPLIER_INVOICE))
    by_verdict = (invoices.where(Document.verdict == verdict) for verdict in Verdict)
    *counts, moving = count_each_up_to(
        session, (*by_verdict, invoices.where(Document.state == DocumentState.KEPT)), COUNTED
    )
    return Overview(
        has_catalogue=bool(session.scalar(select(exists().where(CatalogueProduct.account_id == account_id)))),
        has_documents=bool(latest),
        verdicts={verdict: count for verdict, count in zip(Verdict, counts, strict=True) if count},
        moving=moving,
        latest=latest,
    )
