"""Where the values stand that a label announces: "ASIN:", "Fallnummer", "Numéro de dossier"."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from vault.reading.notice.phrasebook import NoticeLabel, phrasebook
from vault.reading.notice.text import NoticeText
from vault.reading.understand.vocabulary import Phrase

_REACH = 200
"""Characters after a label in which its values stand."""
_BETWEEN = re.compile(r"\s?(?:\([^()\n]{0,30}\)\s?)?(?:[:=#]|n[°º.]|nr\.?|is|ist|est|es|è)?\s?[#\"“„«]?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters `start` … `end` in which values of a label stand."""

    label: NoticeLabel
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labels:
    """The stretches behind all labels, in the order of the text."""

    stretches: tuple[Stretch, ...]

    def behind(self, label: NoticeLabel) -> Iterator[Stretch]:
        return (each for each in self.stretches if each.label is label)

    def covers(self, label: NoticeLabel, place: int, reach: int = _REACH) -> bool:
        """Whether the nearest label before `place` is this one, at most `reach` characters away."""
        index = bisect_right(self.stretches, place, key=lambda each: each.start)
        if not index:
            return False
        nearest = self.stretches[index - 1]
        return nearest.label is label and place < min(nearest.end, nearest.start + reach)


def find_labels(text: NoticeText) -> Labels:
    """A label's values end with its paragraph, or where they have gone far enough."""
    return Labels(tuple(_stretch(text, mark) for mark in phrasebook().labels.find(text.clean, forgiving=True)))


def _stretch(text: NoticeText, mark: Phrase[NoticeLabel]) -> Stretch:
    between = _BETWEEN.match(text.clean, mark.end)
    start = between.end() if between else mark.end
    paragraph = text.clean.find("\n\n", start, start + _REACH)
    return Stretch(mark.meaning, start, paragraph if paragraph >= 0 else min(len(text.clean), start + _REACH))
