"""The row of a page that speaks of a line item whose place nobody noted: it was read from embedded XML."""

import re
from collections.abc import Sequence

from vault.domain.readings import LineItem
from vault.reading.understand.layout import Row

_ENOUGH = 60
"""A row is that of an item where it has so many of its words, in percent."""


def sought(rows: Sequence[Row], line: LineItem) -> Row | None:
    """The row with the most words of the line's description, if it has most of them."""
    wanted = _words(line.description.value) if line.description else set()
    if not wanted:
        return None
    shares = [(100 * len(wanted & _words(row.text)) // len(wanted), -row.index, row) for row in rows]
    share, _, best = max(shares, default=(0, 0, None), key=lambda each: each[:2])
    return best if share >= _ENOUGH else None


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1}
