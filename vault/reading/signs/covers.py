"""Text that the page holds and does not show: covered by something opaque, or drawn in the colour of the paper.

Whether a word can be seen is not guessed: the page is drawn with its text and without it, and the two are compared.
That is dear, so only pages with something suspicious on them are drawn.
"""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from vault.domain.readings import Box
from vault.reading.glyphs import GlyphWord, Placing
from vault.sandbox.pictures import Grey, grey

_DPI = 100.0
_MOST_PIXELS = 4_000_000
_MOST_OBJECTS = 20_000  # a page of more is a drawing
_MOST_COVERS = 200
_LOWEST = 3.0  # points: what is lower or narrower is a line, not a cover
_WHOLE_PAGE = 0.5  # a picture over so much of the page is a scan, and text under it somebody's OCR
OPAQUE = 250
_PAPER = 250
_HIDDEN_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_CONTENT = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE)
_PRICE = re.compile(r"\d[.,]\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Cover:
    """Something opaque that lies over text. `order`: what is drawn later has a higher one; `box` in fractions of the page."""

    order: int
    box: Box


@dataclass(frozen=True, slots=True)
class Unseen:
    """Words that cannot be seen. `under` is what lies over them, None where they are drawn in vain; `over` the words on it."""

    words: tuple[GlyphWord, ...]
    under: Cover | None = None
    over: tuple[GlyphWord, ...] = ()


def unseen(
    page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE, words: Sequence[GlyphWord], place: Placing
) -> list[Unseen]:
    """What cannot be seen of the words that matter: the covered ones by their cover, and figures drawn in vain."""
    look = _Look(page, textpage, words)
    covers = list(_covers(page, place))
    covered = {cover.order: look.under(cover) for cover in covers}
    covers = [cover for cover in covers if covered[cover.order] and look.is_added(cover, covers)]
    ghosts = look.ghosts()
    suspects = {word.first: word for cover in covers for word in covered[cover.order]}
    suspects.update((word.first, word) for word in ghosts)
    gone = look.without_trace(list(suspects.values())) if suspects else set()
    found = [
        Unseen(hidden, cover, look.over(cover, hidden))
        for cover in covers
        if (hidden := tuple(word for word in covered[cover.order] if word.first in gone))
    ]
    vain = tuple(word for word in ghosts if word.first in gone)
    return [each for each in found if _matters(each)] + ([Unseen(vain)] if vain else [])


def patches(
    page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE, words: Sequence[GlyphWord], place: Placing
) -> Iterator[tuple[GlyphWord, ...]]:
    """On a scan, what was written on each thing that was laid over its picture."""
    look = _Look(page, textpage, words)
    for cover in _covers(page, place):
        over = look.written_on(cover)
        if any(character.isdigit() for word in over for character in word.text):
            yield over


def _matters(each: Unseen) -> bool:
    """A label behind a logo is no sign; a price behind anything is, and whatever was written over."""
    hidden, shown = ({word.text for word in group} for group in (each.words, each.over))
    return bool(shown - hidden) or (not shown and any(_PRICE.search(word.text) for word in each.words))


def _covers(page: pdfium.PdfPage, place: Placing) -> Iterator[Cover]:
    """Filled shapes and pictures that are drawn after the first text or picture."""
    count, is_after, found = raw.FPDFPage_CountObjects(page.raw), False, 0
    for order in range(min(count, _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, order)
        kind = raw.FPDFPageObj_GetType(item)
        if is_after and kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            box = _opaque_box(item, kind, place)
            if box is not None:
                yield Cover(order, box)
                found += 1
                if found >= _MOST_COVERS:
                    return
        is_after = is_after or kind in _CONTENT


def _opaque_box(item: raw.FPDF_PAGEOBJECT, kind: int, place: Placing) -> Box | None:
    """Where the thing lies that hides what is under it; None for lines, see-through things and whole pages."""
    if kind == raw.FPDF_PAGEOBJ_PATH and not is_filled(item):
        return None
    sides = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = sides
    if right.value - left.value < _LOWEST or top.value - bottom.value < _LOWEST:
        return None
    box = Box(*place(left.value, bottom.value, right.value, top.value))
    if raw.FPDFPageObj_HasTransparency(item) or box.width * box.height > _WHOLE_PAGE:
        return None
    return box


def is_filled(path: raw.FPDF_PAGEOBJECT) -> bool:
    """True for a shape with an area of one opaque colour."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))
    return mode.value != raw.FPDF_FILLMODE_NONE and _colour(path)[3] >= OPAQUE


def _colour(item: raw.FPDF_PAGEOBJECT) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha, 0 … 255 each; 0 where there is no plain colour."""
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    places = ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    raw.FPDFPageObj_GetFillColor(item, *places)
    return red.value, green.value, blue.value, alpha.value


class _Look:
    """A page looked at closely. Words are those of its text layer."""

    def __init__(self, page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE, words: Sequence[GlyphWord]) -> None:
        self._page, self._textpage, self._words = page, textpage, words
        self._orders: dict[int, int] = {}

    def under(self, cover: Cover) -> list[GlyphWord]:
        """The words that were drawn before the cover where it lies."""
        return [word for word in self._inside(cover.box) if self._order(word) < cover.order]

    def is_added(self, cover: Cover, covers: Sequence[Cover]) -> bool:
        """True when nothing follows but such covers and what is written on them, as where a finished page was edited.

        Report writers lay fields over each other, too, and go on with the rest of the page.
        """
        boxes = [each.box for each in covers if each.order >= cover.order]
        on_covers = {word.first for box in boxes for word in self._inside(box)}
        return all(word.first in on_covers or self._order(word) < cover.order for word in self._words)

    def over(self, cover: Cover, hidden: Iterable[GlyphWord]) -> tuple[GlyphWord, ...]:
        """The words that were drawn after the cover where it hides something."""
        firsts = {word.first for word in hidden}
        later = (word for word in self._inside(cover.box) if word.first not in firsts)
        return tuple(word for word in later if self._order(word) > cover.order)

    def written_on(self, cover: Cover) -> tuple[GlyphWord, ...]:
        """The words that can be seen and were drawn after the cover where it lies."""
        inside = self._inside(cover.box)
        return tuple(word for word in inside if self._order(word) > cover.order and not self._is_ghost(word))

    def ghosts(self) -> list[GlyphWord]:
        """Words with figures that are drawn with no ink, or in white."""
        return [word for word in self._words if any(map(str.isdigit, word.text)) and self._is_ghost(word)]

    def without_trace(self, words: Sequence[GlyphWord]) -> set[int]:
        """Of these words the first glyphs of those whose place looks the same without them."""
        drawn = {ctypes.addressof(item.contents): item for word in words if (item := self._drawn(word))}
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

    def _inside(self, box: Box) -> list[GlyphWord]:
        x, y = self._middles[:, 0], self._middles[:, 1]
        inside = np.flatnonzero((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1))
        return [self._words[int(position)] for position in inside]

    def _drawn(self, word: GlyphWord) -> raw.FPDF_PAGEOBJECT | None:
        return raw.FPDFText_GetTextObject(self._textpage, word.first) or None

    def _is_ghost(self, word: GlyphWord) -> bool:
        drawn = self._drawn(word)
        if drawn is None:
            return False
        mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
        *paint, alpha = _colour(drawn)
        return mode in _HIDDEN_MODES or alpha == 0 or min(paint) >= _PAPER

    def _order(self, word: GlyphWord) -> int:
        """When the word is drawn; after everything else where that is not known."""
        if not self._orders:
            self._orders = _orders(self._page)
        drawn = self._drawn(word)
        return self._orders.get(ctypes.addressof(drawn.contents), _MOST_OBJECTS) if drawn else _MOST_OBJECTS

    def _picture(self) -> Grey:
        width, height = self._page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        return grey(self._page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False).to_pil())


def _orders(page: pdfium.PdfPage) -> dict[int, int]:
    """The order of drawing of the page's own text objects, and of those in its forms, by address."""
    orders = {}
    for order in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, order)
        for part in _texts_in(item, depth=3):
            orders[ctypes.addressof(part.contents)] = order
    return orders


def _texts_in(item: raw.FPDF_PAGEOBJECT, depth: int) -> Iterator[raw.FPDF_PAGEOBJECT]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield item
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
        for position in range(min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
            yield from _texts_in(raw.FPDFFormObj_GetObject(item, position), depth - 1)


def _looks_same(before: Grey, after: Grey, box: Box) -> bool:
    rows, columns = before.shape
    top, bottom = int(box.y0 * rows), int(box.y1 * rows) + 1
    left, right = int(box.x0 * columns), int(box.x1 * columns) + 1
    return np.array_equal(before[top:bottom, left:right], after[top:bottom, left:right])
