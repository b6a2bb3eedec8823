"""The dates of a notice, and which of them is its own."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from vault.domain.notice_readings import Passage
from vault.reading.notice.labels import Labels
from vault.reading.notice.phrasebook import NoticeLabel
from vault.reading.notice.text import NoticeText
from vault.reading.understand.dates_in_text import dates_in_text

_HEAD = re.compile(
    r"(?im)^\W{0,3}(?:date|sent|datum|gesendet(?: am)?|envoy[ée](?: le)?|data|inviato(?: il)?|fecha|enviado(?: el)?)"
    r"\s?:\s?(?P<when>[^\n]{6,100})$"
)
_BEHIND_LABEL = 25
_DOUBT = 0.75
"""What is left of the confidence in a date that can be read in two ways."""


@dataclass(frozen=True, slots=True)
class NoticeDate:
    """A date at the characters `start` … `end` of the clean text."""

    value: date
    start: int
    end: int
    sure: float


def find_dates(text: NoticeText, american: bool) -> tuple[NoticeDate, ...]:
    """All dates, sentence by sentence. `american`: where both are possible, the month stands first."""
    found = []
    for begin, end in text.sentences:
        flowing = text.clean[begin:end].replace("\n", " ")
        for each in dates_in_text(flowing, scanned=True):
            value = each.swapped if american and each.swapped else each.value
            sure = each.sure * (_DOUBT if each.swapped else 1.0)
            found.append(NoticeDate(value, begin + each.start, begin + each.end, sure))
    return tuple(found)


def sent_at(text: NoticeText) -> Passage[datetime] | None:
    """When the mail was sent, as its head says with a time zone."""
    for match in _HEAD.finditer(text.clean):
        try:
            moment = parsedate_to_datetime(match["when"])
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.tzinfo is not None:
            return text.passage(moment, 0.97, *match.span("when"))
    return None


def dated(text: NoticeText, labels: Labels, dates: Sequence[NoticeDate], later: Set[int]) -> Passage[date] | None:
    """The day of the notice: in the head of the mail, behind a label, or else the first that is named.

    `later`: where the dates begin until which something is to be done; they are not the notice's own.
    """
    free = [each for each in dates if each.start not in later]
    heads = [match.span("when") for match in _HEAD.finditer(text.clean)]
    ranked = [(_own_date(text, labels, each, heads), each) for each in free]
    best = max(ranked, key=lambda item: (item[0], -item[1].start), default=None)
    if best is None or best[0] < 0:
        return None
    sure, each = best
    return text.passage(each.value, sure * each.sure, each.start, each.end)


def _own_date(text: NoticeText, labels: Labels, each: NoticeDate, heads: Sequence[tuple[int, int]]) -> float:
    """How sure it is that the date is the notice's own."""
    if any(begin <= each.start < end for begin, end in heads[:3]):
        return 0.95
    if labels.covers(NoticeLabel.DATE, each.start, _BEHIND_LABEL):
        return 0.85
    return 0.5 if each.start < 400 else 0.3
