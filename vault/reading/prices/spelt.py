"""Amounts in words: “zwölfhundert Euro”, “arrêtée à la somme de mille deux cents euros”."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vault.reading.prices.prints import Printed
from vault.reading.understand.layout import Row
from vault.reading.understand.marks import Span
from vault.reading.understand.vocabulary import Vocabulary, fold

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_PART = 12
_NEAR = 2
"""So many other words may stand between the number and the currency."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """`parts`: words that are numbers; several make one word. `links` stand between two of them."""

    parts: frozenset[str]
    links: frozenset[str]
    currencies: frozenset[str]
    openings: Vocabulary[bool]

    def is_numeral(self, word: str) -> bool:
        """Whether parts alone make the word. Each place is reached once: words can be taken apart in more ways than one."""
        reached = [True]
        for end in range(1, len(word) + 1):
            begin = max(0, end - _LONGEST_PART)
            reached.append(any(reached[start] and word[start:end] in self.parts for start in range(begin, end)))
        return reached[-1]


def told_in_words(page: Printed) -> Iterator[Span]:
    """Runs of number words beside the name of a currency, or behind what announces an amount in words."""
    for row in page.sheet.rows:
        yield from _in_row(row, tongue())


@cache
def tongue() -> Tongue:
    # Read once: it is data of the program.
    data = tomllib.loads((files(__package__) / "data" / "spelt.toml").read_text("utf-8"))
    return Tongue(
        frozenset(data["numerals"]["parts"]),
        frozenset(data["numerals"]["links"]),
        frozenset(data["numerals"]["currencies"]),
        Vocabulary({True: data["numerals"]["openings"]}),
    )


def _in_row(row: Row, spoken: Tongue) -> Iterator[Span]:
    words = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(row.text)]
    openings = [each.end for each in spoken.openings.find(row.text)]
    place = 0
    while place < len(words):
        last = _run(words, place, spoken)
        if last is None:
            place += 1
            continue
        start, end = words[place][0], words[last][1]
        near = words[last + 1 : last + 2 + _NEAR] + words[max(0, place - 1 - _NEAR) : place]
        if any(each in spoken.currencies for _, _, each in near) or any(each <= start for each in openings):
            yield Span(row, start, end)
        place = last + 1


def _run(words: list[tuple[int, int, str]], first: int, spoken: Tongue) -> int | None:
    """The last number word of those that follow each other from `first`."""
    last, place = None, first
    while place < len(words):
        text = words[place][2]
        if spoken.is_numeral(text) and text not in spoken.links:
            last = place
        elif last is None or text not in spoken.links:
            break
        place += 1
    return last
