"""The dates of a notice, and which of them is its own."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from vault.domain.notice_readings import Passage
from vault.reading.notice.labels import Labels
from vault.reading.notice.phrasebook import NoticeLabel
from vault.reading.notice.text import NoticeText
from vault.reading.understand.dates_in_text import dates_in_text

_HEAD = re.compile(
    r"(?im)^\W{0,3}(?:date|sent|datum|gesendet(?: am)?|envoy[ée](?: le)?|data|inviato(?: il)?|fecha|enviado(?: el)?)"
    r"\s?:\s?(?P<when>[^\n]{6,100})$"
)
_SENDER = re.compile(r"(?im)^\W{0,3}(?:from|von|de|da|expéditeur|mittente|remitente)\s?:[^\n]{0,200}amazon")
_SAME_HEAD = 400
"""Characters between two lines of one head."""
_BEHIND_LABEL = 25
_BEGINNING = 400
_MOST_HEADS = 3
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
    """When Amazon sent the mail, as its head says with a time zone."""
    for start, end in _heads(text):
        try:
            moment = parsedate_to_datetime(text.clean[start:end])
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.tzinfo is not None:
            return text.passage(moment, 0.97, start, end)
    return None


def dated(text: NoticeText, labels: Labels, dates: Sequence[NoticeDate], later: Set[int]) -> Passage[date] | None:
    """The day of the notice: in the head of the mail, behind a label, or else the first that is named.

    `later`: where the dates begin until which something is to be done; they are not the notice's own.
    """
    free = [each for each in dates if each.start not in later]
    heads = _heads(text)
    ranked = [(_own_date(labels, each, heads), each) for each in free]
    best = max(ranked, key=lambda item: (item[0], -item[1].start), default=None)
    if best is None:
        return None
    sure, each = best
    return text.passage(each.value, sure * each.sure, each.start, each.end)


def _own_date(labels: Labels, each: NoticeDate, heads: Sequence[tuple[int, int]]) -> float:
    """How sure it is that the date is the notice's own."""
    for place, (start, end) in enumerate(heads):
        if start <= each.start < end:
            return 0.95 - 0.1 * place
    if labels.covers(NoticeLabel.DATE, each.start, _BEHIND_LABEL):
        return 0.65
    return 0.5 if each.start < _BEGINNING else 0.3


def _heads(text: NoticeText) -> list[tuple[int, int]]:
    """Where the heads of mails say when they were sent; of a mail that was passed on, Amazon's own head comes first."""
    found = [match.span("when") for match in islice(_HEAD.finditer(text.clean), _MOST_HEADS)]
    senders = [match.start() for match in islice(_SENDER.finditer(text.clean), _MOST_HEADS)]
    return sorted(found, key=lambda span: min((abs(span[0] - place) for place in senders), default=0) > _SAME_HEAD)
