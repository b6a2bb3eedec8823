"""The lines of a document with their products: what the matcher says, and what a person picked instead."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document, DocumentLine
from vault.domain.products import Candidate, Decision, LineMatch
from vault.domain.readings import LineItem, Reading
from vault.services.documents.values import dump_value


def store_lines(
    session: Session, document: Document, reading: Reading, matches: Sequence[LineMatch], picks: Mapping[int, str]
) -> None:
    """Makes the document's rows say what `reading` and `matches` say; both have one entry a line.

    `picks`: what a person said, by line; a product id, or empty for "none of the catalogue".
    Only supplier invoices have lines: those of another paper prove no purchase.
    """
    rows = {row.position: row for row in _rows(session, document.id)}
    pairs = zip(reading.lines, matches, strict=True) if document.is_invoice else ()
    for position, (line, match) in enumerate(pairs):
        row = rows.pop(position, None)
        if row is None:
            row = DocumentLine(document_id=document.id, position=position)
            session.add(row)
        _fill(row, line, match, picks.get(position))
    for row in rows.values():
        session.delete(row)
    session.flush()


def stored_matches(session: Session, document_id: str) -> tuple[LineMatch, ...]:
    """What `store_lines` kept, in the order of the lines."""
    return tuple(
        LineMatch(Decision(row.decision), row.product_id, _candidates(row), row.by_person)
        for row in _rows(session, document_id)
    )


def picks_in(corrections: Mapping[str, str]) -> dict[int, str]:
    """The products that a person picked, by line."""
    return {
        int(path.split(".")[1]): value
        for path, value in corrections.items()
        if path.startswith("lines.") and path.endswith(".product")
    }


def _rows(session: Session, document_id: str) -> list[DocumentLine]:
    wanted = select(DocumentLine).where(DocumentLine.document_id == document_id).order_by(DocumentLine.position)
    return list(session.scalars(wanted))


def _fill(row: DocumentLine, line: LineItem, match: LineMatch, pick: str | None) -> None:
    row.description = line.description.value if line.description else ""
    row.quantity = dump_value(line.quantity.value) if line.quantity else ""
    row.candidates = [
        {"product_id": item.product_id, "score": round(item.score, 4), "reasons": list(item.reasons)}
        for item in match.candidates
    ]
    row.by_person = pick is not None
    if pick is None:
        row.product_id, row.decision = match.product_id, match.decision
    else:
        row.product_id, row.decision = pick or None, Decision.MATCH if pick else Decision.NONE


def _candidates(row: DocumentLine) -> tuple[Candidate, ...]:
    return tuple(Candidate(item["product_id"], item["score"], tuple(item["reasons"])) for item in row.candidates)
