"""What is drawn on a page of a PDF, in the order in which it is drawn."""

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import pypdfium2.raw as raw

from vault.domain.readings import Box
from vault.reading.glyphs import Placing

MOST_OBJECTS = 50_000  # a page of more is a drawing
_MOST_COVERS = 2_000  # tables have one for each cell that has a colour
_LOWEST = 3.0  # points: what is lower or narrower is a line, not a cover
_WHOLE_PAGE = 0.5  # a picture over so much of the page is a scan, and text under it somebody's OCR
OPAQUE = 250
_PAPER = 250
_HIDDEN_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(frozen=True, slots=True)
class Cover:
    """Something opaque, drawn after other things. What is drawn later has a higher `order`; `box`: fractions of the page."""

    order: int
    box: Box


@dataclass(frozen=True, slots=True)
class Drawing:
    """`orders` of text objects by their address: those within a form have the form's.

    `is_whole`: nothing of what is drawn was left out for being too much.
    """

    covers: tuple[Cover, ...]
    orders: Mapping[int, int]
    is_whole: bool = True


def drawing_of(page: raw.FPDF_PAGE, place: Placing) -> Drawing:
    """What is drawn on a page: filled shapes and pictures after the first text or picture, and all text."""
    orders: dict[int, int] = {}
    covers: list[Cover] = []
    has_content = False
    count = raw.FPDFPage_CountObjects(page)
    for order in range(min(count, MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, order)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            orders[address_of(item)] = order
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            texts = islice(_texts_in(item), max(0, MOST_OBJECTS - len(orders)))
            orders.update((address_of(text), order) for text in texts)
        elif has_content and len(covers) <= _MOST_COVERS and (box := _opaque_box(item, kind, place)):
            covers.append(Cover(order, box))
        has_content = has_content or kind != raw.FPDF_PAGEOBJ_PATH
    is_whole = count <= MOST_OBJECTS and len(orders) < MOST_OBJECTS and len(covers) <= _MOST_COVERS
    return Drawing(tuple(covers[:_MOST_COVERS]), orders, is_whole)


def address_of(item: raw.FPDF_PAGEOBJECT) -> int:
    """Equal for the same object; 0 for none."""
    return ctypes.addressof(item.contents) if item else 0


def is_filled(path: raw.FPDF_PAGEOBJECT) -> bool:
    """True for a shape with an area of one opaque colour."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))
    return mode.value != raw.FPDF_FILLMODE_NONE and _colour(path)[3] >= OPAQUE


def has_no_ink(text: raw.FPDF_PAGEOBJECT) -> bool:
    """True for a text that is drawn invisibly, or in white."""
    if raw.FPDFTextObj_GetTextRenderMode(text) in _HIDDEN_MODES:
        return True
    *paint, alpha = _colour(text)
    return alpha == 0 or min(paint) >= _PAPER


def _opaque_box(item: raw.FPDF_PAGEOBJECT, kind: int, place: Placing) -> Box | None:
    """Where the thing lies that hides what is under it; None for lines, see-through things and whole pages."""
    if kind != raw.FPDF_PAGEOBJ_IMAGE and not (kind == raw.FPDF_PAGEOBJ_PATH and is_filled(item)):
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


def _colour(item: raw.FPDF_PAGEOBJECT) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha, 0 … 255 each; 0 where there is no plain colour."""
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    places = ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    raw.FPDFPageObj_GetFillColor(item, *places)
    return red.value, green.value, blue.value, alpha.value


def _texts_in(form: raw.FPDF_PAGEOBJECT) -> Iterator[raw.FPDF_PAGEOBJECT]:
    """How deep forms lie in each other is bounded by pdfium."""
    for position in range(raw.FPDFFormObj_CountObjects(form)):
        item = raw.FPDFFormObj_GetObject(form, position)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _texts_in(item)
