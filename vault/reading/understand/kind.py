"""What kind of paper this is: the titles that it prints, weighed by where and how large they stand."""

import re

from vault.domain.readings import DocumentKind, Extracted, PageSource, Source
from vault.reading.understand.labels import Label
from vault.reading.understand.layout import Row
from vault.reading.understand.paper import Paper
from vault.reading.understand.phrasebook import load_vocabulary

KINDS = load_vocabulary("kinds", DocumentKind)

_TITLE_WORDS = 4
_NUMBERED = re.compile(
    r"\W*(?:\(\d+\)\s*)?(?:(?:nr|no|n|num|numero|number|#|nº|n°)\b[\W]*)?[\w/\-]*\d|\W*(?:\(\d+\)\s*)?(?:nr|no|n°|#)",
    re.IGNORECASE,
)
_TILL = frozenset({Label.PAID, Label.CHANGE})


def find_kind(paper: Paper) -> Extracted[DocumentKind]:
    """The kind whose titles weigh most; `OTHER` where nothing says."""
    weights: dict[DocumentKind, float] = {}
    best: dict[DocumentKind, tuple[float, Row, int, int]] = {}
    for page_index, page in enumerate(paper.pages[:2]):
        forgiving = page.sheet.page.source is PageSource.OCR
        for row in page.sheet.rows:
            for phrase in KINDS.find(row.text, forgiving):
                weight = _weight(row, phrase.start, phrase.end, page.sheet.line) / (1 + 2 * page_index)
                kind = phrase.meaning
                weights[kind] = max(weights.get(kind, 0.0), weight)
                if kind not in best or weight > best[kind][0]:
                    best[kind] = (weight, row, phrase.start, phrase.end)
    _weigh_the_till(paper, weights)
    if any(mark.label is Label.INVOICE_NUMBER for page in paper.pages for row in page.marks for mark in row):
        weights[DocumentKind.INVOICE] = weights.get(DocumentKind.INVOICE, 0.0) + 0.3
    if not weights:
        return Extracted(DocumentKind.OTHER, 0.5, Source.OCR if paper.is_scanned else Source.TEXT)
    kind = max(weights, key=lambda each: weights[each])
    rest = max((weight for each, weight in weights.items() if each is not kind), default=0.0)
    sure = min(0.98, 0.5 + 0.2 * min(weights[kind], 1.5) + 0.2 * min(weights[kind] - rest, 1.0))
    if kind not in best:
        return Extracted(kind, sure, Source.OCR if paper.is_scanned else Source.TEXT)
    _, row, start, end = best[kind]
    return row.extract(kind, sure, start, end)


def _weight(row: Row, start: int, end: int, line: float) -> float:
    """A title stands alone, high on the page, often in large or capital letters."""
    segment, offset = _segment_of(row, start)
    before, after = segment[: start - offset].strip(" -*#=_"), segment[end - offset :].strip(" -*#=_.")
    words = len((before + " " + after).split())
    if after.startswith(":") or segment.rstrip().endswith(":"):
        weight = 0.15
    elif not before and (not after or _NUMBERED.match(after)):
        weight = 1.0
    else:
        weight = 0.75 if not before and words <= _TITLE_WORDS else 0.3 if words <= _TITLE_WORDS else 0.12
    run = row.cut(start, end)
    weight += 0.4 * min(max(run.box.height / line - 1.2, 0.0), 1.5)
    if run.text.isupper():
        weight += 0.1
    return weight * (1.0 - 0.4 * row.box.y0)


def _segment_of(row: Row, start: int) -> tuple[str, int]:
    """The text of the segment that holds the character, and where it begins."""
    offset = 0
    for segment in row.segments:
        if start < offset + len(segment.text):
            return segment.text, offset
        offset += len(segment.text) + 1
    return row.text, 0


def _weigh_the_till(paper: Paper, weights: dict[DocumentKind, float]) -> None:
    """Cash and change make a till receipt, whatever its title says; a narrow page helps."""
    labels = {mark.label for page in paper.pages for row in page.marks for mark in row}
    clues = (
        1.0 * (Label.CHANGE in labels)
        + 0.4 * (Label.PAID in labels)
        + 0.5 * paper.is_narrow
        + 0.3 * (Label.ROUNDING in labels)
    )
    if clues >= 0.9 and labels & _TILL and len(paper.pages) == 1:
        weights[DocumentKind.RECEIPT] = weights.get(DocumentKind.RECEIPT, 0.0) + clues
