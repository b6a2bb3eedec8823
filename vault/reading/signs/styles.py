"""Numbers whose figures come from several fonts or sizes.

What an editor types into a finished page is drawn by itself and rarely in the font of what it replaces. Senders' software
draws a number in one go, or glyph by glyph in one font: raised figures (cents, footnotes) are told by their baseline.
"""

import ctypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2.raw as raw

from vault.reading.glyphs import Glyph, GlyphWord
from vault.reading.signs.drawing import address_of

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FILLING = re.compile(r"(?:PS)?MT\b|PSMT|[\s,_\-]|regular|roman|normal", re.IGNORECASE)
# Two columns that touch are one word; letters between two numbers keep them apart.
_NUMBER = re.compile(r"\d(?:[.,'’/:\-]?\d)+")
_SAME_SIZE = 0.04  # of the larger size: what rounding makes of one
_SAME_LINE = 0.10  # of the size: figures further up or down are raised, lowered, or on another line
_LONGEST_NAME = 200
_MOST_PARTS = 24  # a word drawn in more parts is a line of figures, not a number


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of figures is drawn. `size` is points on the page; `font` the name without subset mark and fillings."""

    font: str
    name: str
    size: float


class Styles:
    """The styles of a page's text objects, looked up once each."""

    def __init__(self, textpage: raw.FPDF_TEXTPAGE) -> None:
        self._textpage = textpage
        self._styles: dict[int, Style] = {}

    def drawn_by(self, index: int) -> int:
        """Which object draws the glyph: equal numbers are the same object; 0: none does."""
        return address_of(raw.FPDFText_GetTextObject(self._textpage, index))

    def of(self, index: int) -> Style:
        """How the glyph is drawn."""
        drawn_by = self.drawn_by(index)
        if drawn_by not in self._styles:
            self._styles[drawn_by] = self._look_up(index)
        return self._styles[drawn_by]

    def baseline(self, index: int) -> float:
        """Where the glyph stands: points from the foot of the page."""
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._textpage, index, ctypes.byref(x), ctypes.byref(y))
        return y.value

    def _look_up(self, index: int) -> Style:
        drawn, matrix = raw.FPDFText_GetTextObject(self._textpage, index), raw.FS_MATRIX()
        name = _font_name(drawn) if drawn else ""
        raw.FPDFText_GetMatrix(self._textpage, index, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(self._textpage, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        return Style(_FILLING.sub("", name).casefold(), name, size)


def mixed_fonts(styles: Styles, words: Iterable[GlyphWord], glyphs: list[Glyph]) -> Iterator[tuple[GlyphWord, str]]:
    """Each number with figures of several styles, and what these are called."""
    for word in words:
        if not _NUMBER.search(word.text):
            continue
        text = "".join([glyph[1] for glyph in glyphs[word.first : word.last + 1]])
        for number in _NUMBER.finditer(text):
            figures = [word.first + at for at in range(*number.span()) if text[at].isdigit()]
            parts = {styles.drawn_by(index): index for index in figures}
            if 1 < len(parts) <= _MOST_PARTS and (named := _difference(styles, list(parts.values()))):
                yield word, named
                break


def _difference(styles: Styles, figures: list[int]) -> str:
    """The two styles that the figures of one number are drawn in; empty where they are one."""
    first, *others = figures
    is_, line = styles.of(first), styles.baseline(first)
    for index in others:
        other = styles.of(index)
        largest = max(is_.size, other.size)
        if abs(styles.baseline(index) - line) > _SAME_LINE * largest:
            continue
        if is_.font and other.font and is_.font != other.font:
            return f"{is_.name} / {other.name}"
        if abs(is_.size - other.size) > _SAME_SIZE * largest:
            return f"{is_.size:.1f} pt / {other.size:.1f} pt"
    return ""


def _font_name(drawn: raw.FPDF_PAGEOBJECT) -> str:
    font = raw.FPDFTextObj_GetFont(drawn)
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, _LONGEST_NAME)
    said = buffer.value.decode("utf-8", "replace") if 0 < length <= _LONGEST_NAME else ""
    return _SUBSET.sub("", said)
