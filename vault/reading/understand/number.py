"""The number of the invoice."""

import re

from vault.domain.readings import Extracted
from vault.reading.understand.kind import KINDS
from vault.reading.understand.labels import Label
from vault.reading.understand.layout import Row
from vault.reading.understand.marks import Mark, Marked
from vault.reading.understand.paper import Paper

_VALUE = re.compile(
    r"[\s:.#°º№=|;\-–—'\"‘’“*(]*(?P<value>(?:[A-Za-z0-9]{1,10}(?:[\-/_.\\]| [\-/] ))*[A-Za-z0-9]{1,20})"
)
_DATE_LIKE = re.compile(r"\d{1,4}[./\-]\d{1,2}[./\-]\d{2,4}")
_TITLED = 0.8
_DIGITS = re.compile(r"\d{4}")
_WORTH = {Label.INVOICE_NUMBER: 1.0, Label.NUMBER: 0.45, Label.REFERENCE: 0.35}


def find_number(paper: Paper) -> Extracted[str] | None:
    """The invoice number: what stands behind or below its label and holds a digit."""
    best: tuple[float, Extracted[str]] | None = None
    for index, page in enumerate(paper.pages):
        for row_marks in page.marks:
            for mark in row_marks:
                worth = _TITLED if mark.label is Label.NUMBER and _is_titled(mark) else _WORTH.get(mark.label)
                found = _value_of(page, mark) if worth else None
                if worth and found is not None:
                    row, start, end, closeness = found
                    score = worth * closeness - 0.1 * index - 0.1 * mark.box.y0
                    if best is None or score > best[0]:
                        value = re.sub(r"\s", "", row.text[start:end])
                        best = score, row.extract(value, 0.3 + 0.65 * worth * closeness, start, end)
    return best[1] if best is not None else None


def _is_titled(mark: Mark) -> bool:
    """Does the title of the paper stand before the label: ``Teilrechnung (875) Nr. 210111``?"""
    return any(title.end <= mark.start for title in KINDS.find(mark.row.text))


def _value_of(page: Marked, mark: Mark) -> tuple[Row, int, int, float] | None:
    """Row, start and end of the value, and how close it stands (0 … 1)."""
    row = mark.row
    following = min(
        (each.start for each in page.marks[row.index] if each.start > mark.end and row.text[each.start - 1].isspace()),
        default=len(row.text),
    )
    match = _VALUE.match(row.text, mark.end)
    long_enough = mark.label is Label.INVOICE_NUMBER or (match is not None and len(match["value"]) > 3)
    if match and following >= match.end("value") and _is_number(match["value"]) and long_enough:
        return row, match.start("value"), match.end("value"), 1.0
    if mark.label is not Label.INVOICE_NUMBER and not _stands_alone(mark):
        return None
    for below in page.sheet.rows[row.index + 1 : row.index + 4]:
        if (below.box.y0 - mark.box.y1) / page.sheet.line > 3:
            break
        for segment_start, segment in _segments(below):
            if min(segment.box.x1, mark.box.x1) > max(segment.box.x0, mark.box.x0):
                match = _VALUE.match(segment.text)
                if (
                    match
                    and _is_number(match["value"])
                    and (mark.label is Label.INVOICE_NUMBER or _DIGITS.search(match["value"]))
                ):
                    return below, segment_start + match.start("value"), segment_start + match.end("value"), 0.8
    return None


def _stands_alone(mark: Mark) -> bool:
    """The label is a segment of its own, as the title of a column is."""
    return any(segment.text.strip(" .:#") == mark.text.strip(" .:#") for segment in mark.row.segments)


def _segments(row: Row) -> list[tuple[int, Row]]:
    found, offset = [], 0
    for segment in row.segments:
        found.append((offset, segment))
        offset += len(segment.text) + 1
    return found  # type: ignore[return-value]


def _is_number(value: str) -> bool:
    return any(letter.isdigit() for letter in value) and not _DATE_LIKE.fullmatch(value) and len(value) >= 2
