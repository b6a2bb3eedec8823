"""Glyphs on a page put together to words."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from vault.domain.readings import Box

# index in the page's text, the character (a space ends a word), left, bottom, right, top in points
Glyph = tuple[int, str, float, float, float, float]
Placing = Callable[[float, float, float, float], tuple[float, float, float, float]]
"""Left, bottom, right, top in points to x0, y0, x1, y1 as fractions of the displayed page, origin top left."""


@dataclass(frozen=True, slots=True)
class GlyphWord:
    """`first` and `last` are the indices of its glyphs in the page's text; `box` is cut at the page's edges."""

    first: int
    last: int
    text: str
    box: Box


def box_of(words: Sequence[GlyphWord]) -> Box:
    """The box that holds all of at least one word."""
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return box


def words_of(glyphs: Iterable[Glyph], place: Placing) -> Iterator[GlyphWord]:
    """Words in the order of the page's text, without those that lie off the page or are drawn twice (a fake bold)."""
    seen: set[tuple[str, int, int]] = set()
    for run in _runs(glyphs):
        word = _word(run, place)
        if word is None:
            continue
        seen_at = (word.text, round(word.box.x0 * 400), round(word.box.y0 * 400))
        if seen_at not in seen:
            seen.add(seen_at)
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
    reach = 1.5 * max(ax1 - ax0, bx1 - bx0, ay1 - ay0, by1 - by0, 2.0)
    return bx0 - ax1 > reach or ax0 - bx1 > reach or by0 - ay1 > reach or ay0 - by1 > reach


def _word(run: list[Glyph], place: Placing) -> GlyphWord | None:
    text = clean("".join([glyph[1] for glyph in run]))
    _, _, lefts, bottoms, rights, tops = zip(*run, strict=True)
    x0, y0, x1, y1 = place(min(lefts), min(bottoms), max(rights), max(tops))
    if not text or x1 <= 0.0 or y1 <= 0.0 or x0 >= 1.0 or y0 >= 1.0:
        return None
    return GlyphWord(run[0][0], run[-1][0], text, Box(_within(x0), _within(y0), _within(x1), _within(y1)))


def _within(side: float) -> float:
    return round(min(1.0, max(0.0, side)), 5)


def clean(text: str) -> str:
    """Ligatures taken apart, composed letters, and nothing that a database or a terminal would choke on."""
    if text.isascii() and text.isprintable():
        return text
    parts = (unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char for char in text)
    kept = (char for char in "".join(parts) if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()
