"""Numbers with what they count: "72 hours", "zehn Werktagen", "365 derniers jours", and the words around them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vault.reading.notice.phrasebook import Cue, Unit, phrasebook
from vault.reading.notice.text import NoticeText
from vault.reading.understand.vocabulary import Phrase, fold

_NUMBER = (
    r"(?<![\w.,-])(?:(?P<digits>[\dOolI]{1,4})|(?P<word>[^\W\d_]{2,14}))[\s-]{0,2}"
    r"(?:\(\s?(?P<bracket>[^()\s]{1,20})\s?\)\s?)?"
)
# Right before the unit, or with one word between: "365 derniers jours".
_BEFORE = (re.compile(_NUMBER + "$"), re.compile(_NUMBER + r"[^\W\d_]{3,12}\s$"))
_WINDOW = 60
_NEAR = 32
"""Characters between a number and the words that say what it is about."""
_CLOSE = 16
_SLIPS = str.maketrans("OolI", "0011")


@dataclass(frozen=True, slots=True)
class Count:
    """`number` of `unit` at the characters `start` … `end`; `sure`: how clear the number is."""

    number: int
    unit: Unit
    start: int
    end: int
    sure: float


@dataclass(frozen=True, eq=False)
class Counted:
    """A notice with its counts and the words around them."""

    text: NoticeText

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        found = (self._count(unit) for unit in phrasebook().units.find(self.text.clean, forgiving=True))
        return tuple(each for each in found if each is not None)

    @cached_property
    def _cues(self) -> list[Phrase[Cue]]:
        return phrasebook().cues.find(self.text.clean, forgiving=True)

    @cached_property
    def _starts(self) -> list[int]:
        return [cue.start for cue in self._cues]

    def counts_near(self, place: int, reach: int) -> Iterator[Count]:
        """The counts at most `reach` characters from a place, in the order of the text."""
        for index in range(bisect_left(self.counts, place - reach, key=lambda each: each.start), len(self.counts)):
            if self.counts[index].start > place + reach:
                return
            yield self.counts[index]

    def cues(self, start: int, end: int) -> Iterator[Phrase[Cue]]:
        """The cues that lie between two places."""
        for index in range(bisect_left(self._starts, start), len(self._cues)):
            cue = self._cues[index]
            if cue.start >= end:
                return
            if cue.end <= end:
                yield cue

    def is_near(self, wanted: Cue, start: int, end: int) -> bool:
        """Whether such words stand close before `start`, with the number, or close behind `end`."""
        around = self.cues(max(0, start - _CLOSE), end + _CLOSE)
        return any(
            cue.meaning is wanted and not self._parted(cue.end, start) and not self._parted(end, cue.start)
            for cue in around
        )

    def is_announced(self, wanted: Cue, start: int) -> bool:
        """Whether such words stand right before `start`."""
        before = [cue for cue in self.cues(max(0, start - _NEAR), start) if cue.meaning in (wanted, Cue.PAST)]
        return bool(before) and before[-1].meaning is wanted and not self._parted(before[-1].end, start)

    def _parted(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two places."""
        return start < end and bool(re.search(r"[.!?;]\s|\n\n|\d", self.text.clean[start:end]))

    def _count(self, unit: Phrase[Unit]) -> Count | None:
        begin = max(0, unit.start - _WINDOW)
        before = self.text.clean[begin : unit.start]
        for pattern in _BEFORE:
            match = pattern.search(before)
            number, sure = _number(match) if match else (None, 0.0)
            if match and number:
                return Count(number, unit.meaning, begin + match.start(), unit.end, sure)
        return None


def _number(match: re.Match[str]) -> tuple[int | None, float]:
    """The number, and how clear it is: digits, else digits in brackets, else a word."""
    if match["digits"]:
        digits = match["digits"].translate(_SLIPS)
        return (
            (int(digits), 1.0 if digits == match["digits"] else 0.7)
            if re.search(r"\d", match["digits"])
            else (None, 0.0)
        )
    if match["bracket"] and match["bracket"].isdecimal():
        return int(match["bracket"][:4]), 1.0
    return phrasebook().numbers.get(fold(match["word"])), 0.95
