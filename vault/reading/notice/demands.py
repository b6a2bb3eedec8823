"""What a notice asks for: papers, a plan, an explanation, and of how many days and units."""

from vault.domain.audits import Request
from vault.domain.notice_readings import Demand, Passage
from vault.reading.notice.counts import Counted
from vault.reading.notice.phrasebook import Cue, Unit, phrasebook
from vault.reading.understand.vocabulary import Phrase

_REACH = 600
"""Characters from "please provide:" to the last item of its list; also from a paper to its days and units."""
_LONG = 9
_FORGIVEN, _DOUBTED = 0.9, 0.6
"""What is left of the confidence where a letter was forgiven: in a short word it may be another word."""
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_YEAR = 12


def demands(counted: Counted) -> tuple[Passage[Demand], ...]:
    """Each thing once, where it is asked for most clearly."""
    best: dict[Request, Passage[Demand]] = {}
    for phrase in phrasebook().requests.find(counted.text.clean, forgiving=True):
        offer = counted.text.passage(_demand(counted, phrase), _confidence(counted, phrase), phrase.start, phrase.end)
        known = best.get(phrase.meaning)
        if known is None or _rank(offer) > _rank(known):
            best[phrase.meaning] = offer
    return tuple(sorted(best.values(), key=lambda each: each.start))


def _rank(offer: Passage[Demand]) -> tuple[float, int]:
    return offer.confidence, (offer.value.days is not None) + (offer.value.units is not None)


def _confidence(counted: Counted, phrase: Phrase[Request]) -> float:
    begin, end = counted.text.sentence_at(phrase.start)
    clear = 1.0 if phrase.exact else _FORGIVEN if phrase.end - phrase.start >= _LONG else _DOUBTED
    if any(cue.meaning is Cue.URGE for cue in counted.cues(begin, end)):
        return 0.9 * clear
    listed = any(cue.meaning is Cue.URGE for cue in counted.cues(max(0, phrase.start - _REACH), phrase.start))
    return (0.75 if listed else 0.35) * clear


def _demand(counted: Counted, phrase: Phrase[Request]) -> Demand:
    if phrase.meaning is not Request.INVOICES:
        return Demand(phrase.meaning)
    return Demand(phrase.meaning, _days(counted, phrase), _units(counted, phrase))


def _days(counted: Counted, phrase: Phrase[Request]) -> int | None:
    for count in counted.counts_near(phrase.start, _REACH):
        if not counted.is_near(Cue.PAST, count.start, count.end):
            continue
        if count.unit in _DAYS:
            return count.number * _DAYS[count.unit]
        if count.unit is Unit.MONTHS:
            return 365 * count.number // _YEAR if count.number % _YEAR == 0 else 30 * count.number
    return None


def _units(counted: Counted, phrase: Phrase[Request]) -> int | None:
    for count in counted.counts_near(phrase.start, _REACH):
        if count.unit is Unit.PIECES and counted.is_near(Cue.LEAST, count.start, count.end):
            return count.number
    return None
