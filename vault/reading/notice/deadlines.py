"""Until when a notice wants its answer: by a date, or within a time.

Not every time in a notice is one: "invoices of the last 365 days" looks back, "we will answer within 48 hours" binds
Amazon itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import islice

from vault.domain.notice_readings import Deadline, Passage, Term, TermUnit
from vault.reading.notice.counts import Count, Counted
from vault.reading.notice.dates import NoticeDate
from vault.reading.notice.phrasebook import Cue, Unit

_MOST = 20
_LONGEST_DAYS = 400
_UNITS = {
    Unit.HOURS: (TermUnit.HOURS, 1),
    Unit.DAYS: (TermUnit.DAYS, 1),
    Unit.BUSINESS_DAYS: (TermUnit.BUSINESS_DAYS, 1),
    Unit.WEEKS: (TermUnit.DAYS, 7),
}


def deadlines(
    counted: Counted, dates: Iterable[NoticeDate], sent_at: datetime | None, dated: date | None
) -> tuple[Passage[Deadline], ...]:
    """The deadlines that the notice may set, the likeliest first; terms counted from when it was sent, where known."""
    found = [*_terms(counted), *_days(counted, dates, dated)]
    ranked = sorted(_once(found), key=lambda each: (-each.confidence, each.start))
    return tuple(replace(each, value=_begun(each.value, sent_at, dated)) for each in islice(ranked, _MOST))


def later_dates(counted: Counted, dates: Iterable[NoticeDate]) -> frozenset[int]:
    """Where the dates begin until which something is to be done."""
    return frozenset(each.start for each in dates if counted.is_announced(Cue.UNTIL, each.start))


def _terms(counted: Counted) -> Iterator[Passage[Deadline]]:
    for count in counted.counts:
        if count.unit not in _UNITS or counted.is_near(Cue.PAST, count.start, count.end):
            continue
        unit, times = _UNITS[count.unit]
        hours = count.number * times if unit is TermUnit.HOURS else count.number * times * 24
        sure = _term_confidence(counted, count)
        if sure and hours <= _LONGEST_DAYS * 24:
            sentence = _sentence(counted, count.start)
            deadline = Deadline(sentence, term=Term(count.number * times, unit))
            yield counted.text.passage(deadline, sure * count.sure, count.start, count.end)


def _term_confidence(counted: Counted, count: Count) -> float:
    urged = _is_urged(counted, count.start)
    announced = counted.is_announced(Cue.WITHIN, count.start)
    if _is_own(counted, count.start):
        return 0.1 if announced else 0.0
    if announced:
        return 0.9 if urged else 0.7
    return 0.5 if urged else 0.0


def _days(counted: Counted, dates: Iterable[NoticeDate], dated: date | None) -> Iterator[Passage[Deadline]]:
    for each in dates:
        if not counted.is_announced(Cue.UNTIL, each.start) or (dated and each.value < dated):
            continue
        sure = 0.92 if _is_urged(counted, each.start) else 0.75
        if _is_own(counted, each.start):
            sure = 0.1
        deadline = Deadline(_sentence(counted, each.start), day=each.value)
        yield counted.text.passage(deadline, sure * each.sure, each.start, each.end)


def _is_urged(counted: Counted, place: int) -> bool:
    begin, end = counted.text.sentence_at(place)
    return any(cue.meaning is Cue.URGE for cue in counted.cues(begin, end))


def _is_own(counted: Counted, place: int) -> bool:
    """Whether Amazon speaks of what it will do itself."""
    begin, _ = counted.text.sentence_at(place)
    said = [cue.meaning for cue in counted.cues(begin, place) if cue.meaning in (Cue.OWN, Cue.URGE)]
    return bool(said) and said[-1] is Cue.OWN


def _sentence(counted: Counted, place: int) -> str:
    begin, end = counted.text.sentence_at(place)
    return " ".join(counted.text.clean[begin:end].split())


def _begun(deadline: Deadline, sent_at: datetime | None, dated: date | None) -> Deadline:
    if sent_at is not None:
        return deadline.counted_from(sent_at)
    if dated is not None:
        # The hour is not known: counted from the day's beginning, nobody is late.
        counted = deadline.counted_from(datetime.combine(dated, time(), UTC))
        return replace(counted, moment=None)
    return deadline


def _once(found: Iterable[Passage[Deadline]]) -> list[Passage[Deadline]]:
    best: dict[tuple[date | None, Term | None], Passage[Deadline]] = {}
    for each in found:
        key = (each.value.day, each.value.term)
        if key not in best or best[key].confidence < each.confidence:
            best[key] = each
    return list(best.values())
