"""The reading of a document as it counts: what the machine read, with people's corrections over it."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Correction, StoredReading
from vault.domain.readings import DocumentKind, Extracted, Fields, LineItem, Reading, Source
from vault.reading.schema import dump_reading, load_reading
from vault.services.documents.values import parse_value

LINE_PATH = re.compile(r"lines\.(0|[1-9][0-9]{0,3})\.(description|quantity|unit_price|amount|product)")
# Beyond this a person adds no further lines by hand.
MOST_LINES = 500


def pack(reading: Reading) -> bytes:
    """A reading as the database keeps it."""
    return zlib.compress(json.dumps(dump_reading(reading), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(payload: bytes) -> Reading:
    """Raises Damaged when `payload` is not what `pack` made."""
    return load_reading(json.loads(zlib.decompress(payload)))


def machine_reading(session: Session, document_id: str) -> Reading | None:
    """The latest thing that the machine read, or None while there is nothing."""
    latest = (
        select(StoredReading.payload)
        .where(StoredReading.document_id == document_id)
        .order_by(StoredReading.attempt.desc())
        .limit(1)
    )
    payload = session.scalar(latest)
    return None if payload is None else unpack(payload)


def current_reading(session: Session, document_id: str) -> Reading | None:
    """The reading with the corrections applied: what is judged. None while the machine has read nothing."""
    reading = machine_reading(session, document_id)
    return None if reading is None else corrected(reading, corrections_of(session, document_id))


def corrections_of(session: Session, document_id: str) -> dict[str, str]:
    """The corrections in force, by path."""
    wanted = select(Correction).where(Correction.document_id == document_id, Correction.withdrawn_at.is_(None))
    return {correction.path: correction.value for correction in session.scalars(wanted)}


def corrected(reading: Reading, corrections: Mapping[str, str]) -> Reading:
    """`reading` with each corrected value in place of the machine's, marked as a person's.

    Products of lines are no part of a reading: `vault.services.documents.lines` applies those.
    """
    fields: dict[str, Any] = {}
    lines: dict[int, dict[str, Any]] = {}
    kind = reading.kind
    for path, text in corrections.items():
        if path == "kind":
            kind = _by_person(DocumentKind(text), text)
        elif path in Fields.names():
            fields[path] = _by_person(parse_value(path, text), text)
        elif (match := LINE_PATH.fullmatch(path)) and match[2] != "product":
            lines.setdefault(int(match[1]), {})[match[2]] = _by_person(parse_value(path, text), text)
    return replace(
        reading, kind=kind, fields=replace(reading.fields, **fields), lines=_with_lines(reading.lines, lines)
    )


def _with_lines(lines: tuple[LineItem, ...], corrections: Mapping[int, Mapping[str, Any]]) -> tuple[LineItem, ...]:
    result = list(lines)
    for position in sorted(corrections):
        if position == len(result) < MOST_LINES:  # a line that the machine did not see
            result.append(LineItem())
        if position < len(result):
            result[position] = replace(result[position], **corrections[position])
    return tuple(result)


def _by_person(value: Any, text: str) -> Extracted[Any]:
    return Extracted(value, 1.0, Source.PERSON, raw=text)
