"""Which of the printed dates is the day of issue, and which the day on which payment is due."""

from dataclasses import dataclass
from datetime import date

from vault.domain.readings import Extracted
from vault.reading.understand.dates import PrintedDate, month_first, settle
from vault.reading.understand.labels import AMOUNT_LABELS, DATE_LABELS, NUMBER_LABELS, Label
from vault.reading.understand.marks import Claim, Marked
from vault.reading.understand.paper import Paper

_CLAIMANTS = DATE_LABELS | NUMBER_LABELS | {Label.PHONE}
_WORTH = {
    Label.ISSUE_DATE: 1.0,
    Label.DATE: 0.75,
    Label.INVOICE_NUMBER: 0.7,
    Label.NUMBER: 0.6,
    Label.OTHER_NUMBER: 0.2,
    Label.OTHER_DATE: 0.05,
    Label.DUE_DATE: -0.5,
}
_UNLABELLED = 0.4


@dataclass(frozen=True, slots=True)
class _Candidate:
    printed: PrintedDate
    claim: Claim | None
    score: float


def issue_date(paper: Paper, country: str | None) -> Extracted[date] | None:
    """The day of issue, or None where the paper names no date that can be one."""
    candidates = _candidates(paper)
    if not candidates:
        return None
    american = month_first([each.printed for each in candidates], country)
    best = max(candidates, key=lambda each: each.score)
    if best.score <= 0:
        return None
    value = settle(best.printed, american)
    rivals = [each.score for each in candidates if settle(each.printed, american) != value]
    lead = best.score - max(rivals, default=0.0)
    sure = min(0.98, 0.55 + 0.25 * min(best.score, 1.0) + 0.3 * min(lead, 0.6))
    doubt = 0.9 if best.printed.swapped is not None and country is None else 1.0
    return best.printed.extract(value, sure * doubt * best.printed.sure)


def due_date(paper: Paper, country: str | None, issued: date | None) -> Extracted[date] | None:
    """The day on which payment is due, where the paper says so."""
    candidates = _candidates(paper)
    american = month_first([each.printed for each in candidates], country)
    for each in candidates:
        value = settle(each.printed, american)
        if each.claim is not None and each.claim.label is Label.DUE_DATE and (issued is None or value >= issued):
            return each.printed.extract(value, 0.7 + 0.25 * each.claim.strength)
    return None


def _candidates(paper: Paper) -> list[_Candidate]:
    return [
        _weigh(page, each, index)
        for index, (page, found) in enumerate(zip(paper.pages, paper.dates, strict=True))
        for each in found
    ]


def _weigh(page: Marked, each: PrintedDate, page_index: int) -> _Candidate:
    beside = page.beside(each, _CLAIMANTS | AMOUNT_LABELS)
    claim = beside if beside is not None and beside.label in _CLAIMANTS else page.above(each, _CLAIMANTS)
    score = _UNLABELLED
    if claim is not None and claim.label in _WORTH:
        worth = _WORTH[claim.label]
        score = _UNLABELLED + (worth - _UNLABELLED) * claim.strength
    score -= 0.12 * page_index + 0.1 * each.box.y0
    return _Candidate(each, claim, score * each.sure if score > 0 else score)
