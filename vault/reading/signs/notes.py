"""Comments, stamps and shapes that lie over a page's own text."""

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2.raw as raw

from vault.domain.readings import Box, Sign, SignKind
from vault.reading.glyphs import GlyphWord, Placing, clean
from vault.reading.signs.drawing import OPAQUE, is_filled
from vault.reading.signs.found import Found, in_part

_TEXTS = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
_SHAPES = (raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON)
_MOST = 1_000
_LONGEST = 20_000  # bytes of UTF-16


def laid_over(page: raw.FPDF_PAGE, words: Sequence[GlyphWord], place: Placing, *, is_scan: bool) -> Iterator[Found]:
    """A sign for each thing that hides or replaces text of the page, and a problem where there are too many.

    On a scan, whose text nobody knows yet, a typed comment with figures is one wherever it lies.
    """
    count = raw.FPDFPage_GetAnnotCount(page)
    if count > _MOST:
        yield in_part()
    for position in range(min(count, _MOST)):
        note = raw.FPDFPage_GetAnnot(page, position)
        if not note:
            continue
        try:
            box = _box(note, place) if _hides(note) else None
            if box is None:
                continue
            said = _contents(note)
            under = " ".join(word.text for word in words if _is_inside(word.box, box))
            if said is None and is_scan:
                yield in_part()
            if under or (is_scan and any(map(str.isdigit, said or ""))):
                yield Sign(SignKind.LAID_OVER, said or "", under, box=box)
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _hides(note: raw.FPDF_ANNOTATION) -> bool:
    """Typed text, a stamp, or a shape that is filled; not what viewers do not show."""
    kind = raw.FPDFAnnot_GetSubtype(note)
    if raw.FPDFAnnot_GetFlags(note) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW):
        return False
    return kind in _TEXTS or (kind in _SHAPES and _is_filled(note))


def _is_filled(note: raw.FPDF_ANNOTATION) -> bool:
    drawn = (raw.FPDFAnnot_GetObject(note, position) for position in range(raw.FPDFAnnot_GetObjectCount(note)))
    if any(raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH and is_filled(item) for item in drawn):
        return True
    paint = [ctypes.c_uint() for _ in range(4)]
    said = raw.FPDFAnnot_GetColor(note, raw.FPDFANNOT_COLORTYPE_InteriorColor, *map(ctypes.byref, paint))
    return bool(said) and paint[3].value >= OPAQUE


def _box(note: raw.FPDF_ANNOTATION, place: Placing) -> Box | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(note, ctypes.byref(rect)):
        return None
    (left, right), (bottom, top) = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
    sides = place(left, bottom, right, top)
    x0, y0, x1, y1 = (min(1.0, max(0.0, side)) for side in sides)
    return Box(x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _contents(note: raw.FPDF_ANNOTATION) -> str | None:
    """What the note says; None where that is too long: pdfium hands out the whole or nothing."""
    length = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    if length > _LONGEST:
        return None
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, length)
    said = bytes(buffer)[: max(0, length - 2)]
    return clean(" ".join(said.decode("utf-16-le", "replace").split()))


def _is_inside(word: Box, box: Box) -> bool:
    x, y = word.middle
    return box.x0 < x < box.x1 and box.y0 < y < box.y1
