"""Glyphs on a page put together to words."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# index in the page's text, the character (a space ends a word), x0, y0, x1, y1 as fractions of the page
Glyph = tuple[int, str, float, float, float, float]


@dataclass(frozen=True, slots=True)
class GlyphWord:
    """`first` is the index of the word's first glyph in the page's text."""

    first: int
    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def words_of(glyphs: Iterable[Glyph]) -> Iterator[GlyphWord]:
    """Words in the order of the page's text, without those that lie off the page or are drawn twice (a fake bold)."""
    seen: set[tuple[str, int, int]] = set()
    for run in _runs(glyphs):
        word = _word(run)
        if word is None:
            continue
        place = (word.text, round(word.x0 * 400), round(word.y0 * 400))
        if place not in seen:
            seen.add(place)
            yield word


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (glyph[1] == " " or _is_apart(run[-1], glyph)):
            yield run
            run = []
        if glyph[1] != " ":
            run.append(glyph)
    if run:
        yield run


def _is_apart(before: Glyph, after: Glyph) -> bool:
    """True when two neighbours of the text stand so far from each other that they cannot be one word."""
    _, _, ax0, ay0, ax1, ay1 = before
    _, _, bx0, by0, bx1, by1 = after
    reach = 1.5 * max(ax1 - ax0, bx1 - bx0, ay1 - ay0, by1 - by0, 0.004)
    return bx0 - ax1 > reach or ax0 - bx1 > reach or by0 - ay1 > reach or ay0 - by1 > reach


def _word(run: list[Glyph]) -> GlyphWord | None:
    text = clean("".join(glyph[1] for glyph in run))
    x0, y0 = min(glyph[2] for glyph in run), min(glyph[3] for glyph in run)
    x1, y1 = max(glyph[4] for glyph in run), max(glyph[5] for glyph in run)
    on_page = x1 > 0.0 and y1 > 0.0 and x0 < 1.0 and y0 < 1.0
    return GlyphWord(run[0][0], text, x0, y0, x1, y1) if text and on_page else None


def clean(text: str) -> str:
    """Ligatures taken apart, composed letters, and nothing that a database or a terminal would choke on."""
    if text.isascii() and text.isprintable():
        return text
    parts = (unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char for char in text)
    kept = (char for char in "".join(parts) if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()
