"""The text of a notice made even, without losing where each character came from.

Pasted mails and scans break lines in the middle of words, quote with ">", and hide characters that nobody sees.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from vault.domain.notice_readings import Passage

T = TypeVar("T")

LONGEST = 200_000
"""Characters that are read; the longest notices known have about 15,000."""
_LONGEST_WORD = 200
_LONGEST_SENTENCE = 600
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00"))
_LINE = re.compile(r"[^\n]*\n?")
_QUOTES = re.compile(r"[\s>|]*")
_WORD = re.compile(r"\S+")
_BROKEN = re.compile(r"(?:.*\s)?\S{0,60}[^\W\d_]-", re.DOTALL)
"""A word that goes on behind the end of its line; not one that was put together from many lines already."""
_LONGEST_BROKEN = 80
_SENTENCE_END = re.compile(r"[.!?]['\")]?\s(?=[^a-z\s])|\n\n|\n(?=\s*(?:[-*•·–]|\d{1,2}[.)])\s)")
_ABBREVIATED = re.compile(r"(?:\b(?:Nr|no|No|St|ca|bzw|z\.B|Mr|Ms|art|núm|num|n|p|ex)|\d)\.$")


@dataclass(frozen=True, eq=False)
class NoticeText:
    """`clean` is the text on even lines; the character at `places[i]` of `original` became ``clean[i]``."""

    original: str
    clean: str
    places: "array[int]"
    is_cut: bool = False

    def passage(self, value: T, confidence: float, start: int, end: int) -> Passage[T]:
        """`value` as read from the characters `start` … `end` of `clean`."""
        first, last = self.places[start], self.places[end - 1] + 1
        return Passage(value, round(confidence, 3), self.original[first:last], first, last)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where each sentence or item of a list begins and ends in `clean`."""
        return tuple(self._cut())

    def sentence_at(self, place: int) -> tuple[int, int]:
        """The sentence that holds the character at `place`."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.sentences[middle][0] <= place else (low, middle - 1)
        return self.sentences[low]

    def _cut(self) -> Iterator[tuple[int, int]]:
        begin = 0
        for match in _SENTENCE_END.finditer(self.clean):
            if match.group()[0] == "." and _ABBREVIATED.search(
                self.clean[max(0, match.start() - 6) : match.start() + 1]
            ):
                continue
            yield from _pieces(begin, match.end())
            begin = match.end()
        yield from _pieces(begin, len(self.clean))


def notice_text(original: str) -> NoticeText:
    """Read at most `LONGEST` characters, words of ordinary length only: what is longer is no language."""
    clean: list[str] = []
    places: array[int] = array("L")
    blank = 0
    for line in _LINE.finditer(original, 0, LONGEST):
        quotes = _QUOTES.match(original, line.start(), line.end())
        begin = quotes.end() if quotes else line.start()
        words = [word for word in _WORD.finditer(original, begin, line.end()) if len(word[0]) <= _LONGEST_WORD]
        if not words:
            blank += 1
            continue
        _join(clean, places, words[0], blank)
        blank = 0
        for number, word in enumerate(words):
            if number:
                clean.append(" ")
                places.append(word.start() - 1)
            _append(clean, places, word)
    return NoticeText(original, "".join(clean), places, len(original) > LONGEST)


def _join(clean: list[str], places: "array[int]", word: re.Match[str], blank: int) -> None:
    """What stands between two lines: nothing where a word was broken, else the end of a line or of a paragraph."""
    if not clean:
        return
    if not blank and word[0][0].islower() and _BROKEN.fullmatch("".join(clean[-_LONGEST_BROKEN:])):
        clean.pop()
        places.pop()
        return
    for _ in range(2 if blank else 1):
        clean.append("\n")
        places.append(word.start() - 1)


def _append(clean: list[str], places: "array[int]", word: re.Match[str]) -> None:
    for place, letter in enumerate(word[0], word.start()):
        if ord(letter) not in _UNSEEN:
            clean.append(letter)
            places.append(place)


def _pieces(begin: int, end: int) -> Iterator[tuple[int, int]]:
    for start in range(begin, end, _LONGEST_SENTENCE):
        yield start, min(end, start + _LONGEST_SENTENCE)
