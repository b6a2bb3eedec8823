"""Looking again at a page of a copy in which boxes were covered. To be called in the sandbox only."""

import time
from collections.abc import Iterable, Sequence
from statistics import median

import cv2
import numpy as np

from vault.domain.readings import Box, Page, PageSource, Word
from vault.reading.look import Look
from vault.reading.ocr import OcrFailed, OcrTimeout
from vault.reading.pdf import PdfFile
from vault.reading.sandbox.requests import LookRequest
from vault.reading.scan import ScannedPage, Tongue, read_scan
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import Grey, grey
from vault.sandbox.refusals import unreadable

_DPI = 200.0
_MOST_PIXELS = 25_000_000
_BLACK = 48
_EDGE = 0.0025
"""Around a covered box so much of the longer side is covered as well, or touched by it when the picture was packed."""
_WHITE = 255
_LEAST_HEIGHT = 0.008


def look_again(data: bytes, request: LookRequest, limits: Limits) -> Look:
    """Raises Unreadable: ``encrypted``, ``damaged``, ``timeout``."""
    deadline = time.monotonic() + limits.page_seconds
    with PdfFile(data) as pdf:
        page = pdf.page(request.page)
        picture = grey(page.render(dpi=_DPI, most_pixels=_MOST_PIXELS, grey=True))
        layer = page.layer(limits.words)
        width, height = page.width, page.width * request.ratio
        share = min(1.0, height / page.height)
    shown = np.ascontiguousarray(picture[: max(1, round(picture.shape[0] * share))])
    is_black = all(_is_black(shown, box) for box in request.covered)
    uncovered = _without(shown, request.covered, _EDGE)
    seen = _read(ScannedPage(request.page, uncovered, width, height, None), request.language, deadline)
    said = tuple(Word(word.text, _raised(word.box, share)) for word in layer.words if word.box.y1 <= share)
    unread = _unread(uncovered, [*request.read, *(word.box for word in seen.words)])
    return Look(seen, Page(request.page, PageSource.TEXT, said, width, height), unread, is_black)


def _read(scan: ScannedPage, language: str, deadline: float) -> Page:
    tongue = Tongue()
    tongue.hear(language)
    try:
        page, placement = read_scan(scan, tongue, deadline)
    except OcrTimeout as error:
        raise unreadable("timeout") from error
    except OcrFailed as error:
        raise unreadable("damaged") from error
    return placement.page(page)


def _raised(box: Box, share: float) -> Box:
    """On the original's page. Letters that are not drawn have no height of their own."""
    top, bottom = box.y0 / share, min(1.0, box.y1 / share)
    return Box(box.x0, max(0.0, min(top, bottom - _LEAST_HEIGHT)), box.x1, bottom)


def _is_black(picture: Grey, box: Box) -> bool:
    left, top, right, bottom = _pixels(picture, box)
    inside = picture[top + 1 : bottom - 2, left + 1 : right - 2]  # drawn smaller, an edge is half of what is beside it
    return inside.size == 0 or int(inside.max()) <= _BLACK


def _pixels(picture: Grey, box: Box, grown: float = 0.0) -> tuple[int, int, int, int]:
    height, width = picture.shape
    more = grown * max(height, width)
    left, top = max(0, int(box.x0 * width - more)), max(0, int(box.y0 * height - more))
    return left, top, min(width, int(box.x1 * width + more + 1)), min(height, int(box.y1 * height + more + 1))


def _without(picture: Grey, boxes: Iterable[Box], grown: float) -> Grey:
    """White where the boxes are: black bars keep OCR from what stands beside them."""
    cleared = picture.copy()
    for box in boxes:
        left, top, right, bottom = _pixels(picture, box, grown)
        cleared[top:bottom, left:right] = _WHITE
    return cleared


def _unread(picture: Grey, read: Sequence[Box]) -> tuple[Box, ...]:
    """Ink as high as words are, in pieces as wide as words, beside everything that was read. No rules, no pictures."""
    line = median([box.height for box in read] or [0.012]) * picture.shape[0]
    ink = cv2.adaptiveThreshold(picture, _WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)
    strokes = _without_rules(np.asarray(ink, dtype=np.uint8), max(8, int(4 * line)))
    for box in read:
        left, top, right, bottom = _pixels(picture, box, 0.002)
        strokes[top:bottom, left:right] = 0
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((3, max(3, int(0.5 * line))), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(joined, dtype=np.uint8), connectivity=8)
    height, width = picture.shape
    return tuple(
        Box(x / width, y / height, (x + w) / width, (y + h) / height)
        for x, y, w, h, area in stats[1:].tolist()
        if 0.5 * line <= h <= 2.5 * line and 0.4 * line <= w <= 15 * line and area >= 0.15 * w * h
    )


def _without_rules(ink: Grey, long: int) -> Grey:
    """Without the lines of tables."""
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.subtract(ink, rules), dtype=np.uint8)
