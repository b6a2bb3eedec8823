"""Text that the page holds and does not show: covered by something opaque, or drawn in the colour of the paper.

Whether a word can be seen is not guessed: the page is drawn with its text and without it, and the two are compared.
That is dear, so only pages with something suspicious on them are drawn.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from vault.domain.readings import Box
from vault.reading.glyphs import GlyphWord
from vault.reading.signs.drawing import MOST_OBJECTS, Cover, Drawing, address_of, has_no_ink
from vault.sandbox.pictures import Grey, grey

_DPI = 100.0
_MOST_PIXELS = 4_000_000
_SAMPLE = 16
_PRICE = re.compile(r"\d[.,]\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Unseen:
    """Words that cannot be seen. `under` is what lies over them, None where they are drawn in vain; `over` the words on it."""

    words: tuple[GlyphWord, ...]
    under: Cover | None = None
    over: tuple[GlyphWord, ...] = ()


def unseen(
    page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE, words: Sequence[GlyphWord], drawing: Drawing
) -> list[Unseen]:
    """What cannot be seen of the words that matter: the covered ones by their cover, and figures drawn in vain."""
    look = _Look(page, textpage, words, drawing)
    covered, ghosts = look.covered(), look.ghosts()
    suspects = {word.first: word for group in (*covered.values(), ghosts) for word in group}
    gone = look.without_trace(list(suspects.values())) if suspects else set()
    found = [
        Unseen(hidden, cover, look.over(cover))
        for cover, under in covered.items()
        if (hidden := tuple(word for word in under if word.first in gone))
    ]
    vain = tuple(word for word in ghosts if word.first in gone)
    return [each for each in found if _matters(each)] + ([Unseen(vain)] if vain else [])


def patches(
    page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE, words: Sequence[GlyphWord], drawing: Drawing
) -> Iterator[tuple[GlyphWord, ...]]:
    """On a scan, what was written on each thing that was laid over its picture."""
    look = _Look(page, textpage, words, drawing)
    for cover in look.covers:
        over = look.over(cover)
        if any(character.isdigit() for word in over for character in word.text):
            yield over


def _matters(each: Unseen) -> bool:
    """A label behind a logo is no sign; a price behind anything is, and whatever was written over."""
    hidden, shown = ({word.text for word in group} for group in (each.words, each.over))
    return bool(shown - hidden) or (not shown and any(_PRICE.search(word.text) for word in each.words))


class _Look:
    """A page looked at closely. Words are those of its text layer."""

    def __init__(
        self, page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE, words: Sequence[GlyphWord], drawing: Drawing
    ) -> None:
        self._page, self._textpage, self._words = page, textpage, words
        self._drawing, self.covers = drawing, drawing.covers

    def covered(self) -> dict[Cover, list[GlyphWord]]:
        """By cover the words drawn before it where it lies, for covers that were added to a finished page.

        Nothing follows those but others and what is written on them. Report writers lay fields over each other, too,
        and go on with the rest of the page.
        """
        found: dict[Cover, list[GlyphWord]] = {}
        if not self.covers or self._goes_on(self.covers[-1]):
            return found
        on_covers = np.zeros(len(self._words), dtype=np.bool_)
        for cover in reversed(self.covers):
            inside, is_later = self._inside(cover.box), self._orders > cover.order
            on_covers |= inside
            if (is_later & ~on_covers).any():
                break
            if words := self._these(inside & ~is_later):
                found[cover] = words
        return found

    def over(self, cover: Cover) -> tuple[GlyphWord, ...]:
        """The words that can be seen and were drawn after the cover where it lies."""
        later = self._these(self._inside(cover.box) & (self._orders > cover.order))
        return tuple(word for word in later if not self._is_ghost(word))

    def ghosts(self) -> list[GlyphWord]:
        """Words with figures that are drawn with no ink, or in white."""
        return [word for word in self._words if any(map(str.isdigit, word.text)) and self._is_ghost(word)]

    def without_trace(self, words: Sequence[GlyphWord]) -> set[int]:
        """Of these words the first glyphs of those whose place looks the same without them."""
        drawn = {address_of(item): item for word in words if (item := self._drawn(word))}
        before = self._picture()
        for item in drawn.values():
            raw.FPDFPageObj_SetIsActive(item, False)
        after = self._picture()
        for item in drawn.values():
            raw.FPDFPageObj_SetIsActive(item, True)
        return {word.first for word in words if _looks_same(before, after, word.box)}

    @cached_property
    def _middles(self) -> NDArray[np.float64]:
        """The middle of each word: most pages have nothing on them that asks for it."""
        sides = [(word.box.x0 + word.box.x1, word.box.y0 + word.box.y1) for word in self._words]
        return np.array(sides, dtype=np.float64).reshape(-1, 2) / 2

    @cached_property
    def _orders(self) -> NDArray[np.int64]:
        return np.array([self._order(word) for word in self._words], dtype=np.int64)

    def _goes_on(self, cover: Cover) -> bool:
        """A quick look, enough for most pages: is one of a few words drawn after the cover and elsewhere?"""
        few = self._words[:: max(1, len(self._words) // _SAMPLE)]
        return any(self._order(word) > cover.order and not _is_in(word, cover.box) for word in few)

    def _order(self, word: GlyphWord) -> int:
        """When the word is drawn; after everything else where that is not known."""
        return self._drawing.orders.get(address_of(self._drawn(word)), MOST_OBJECTS)

    def _inside(self, box: Box) -> NDArray[np.bool_]:
        x, y = self._middles[:, 0], self._middles[:, 1]
        inside: NDArray[np.bool_] = (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)
        return inside

    def _these(self, chosen: NDArray[np.bool_]) -> list[GlyphWord]:
        return [self._words[position] for position in np.flatnonzero(chosen).tolist()]

    def _drawn(self, word: GlyphWord) -> raw.FPDF_PAGEOBJECT | None:
        return raw.FPDFText_GetTextObject(self._textpage, word.first) or None

    def _is_ghost(self, word: GlyphWord) -> bool:
        drawn = self._drawn(word)
        return drawn is not None and has_no_ink(drawn)

    def _picture(self) -> Grey:
        width, height = self._page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        return grey(self._page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False).to_pil())


def _is_in(word: GlyphWord, box: Box) -> bool:
    x, y = word.box.middle
    return box.x0 < x < box.x1 and box.y0 < y < box.y1


def _looks_same(before: Grey, after: Grey, box: Box) -> bool:
    rows, columns = before.shape
    top, bottom = int(box.y0 * rows), int(box.y1 * rows) + 1
    left, right = int(box.x0 * columns), int(box.x1 * columns) + 1
    return np.array_equal(before[top:bottom, left:right], after[top:bottom, left:right])
