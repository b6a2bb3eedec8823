"""One scanned or photographed page: prepared, its language found, read, and every word put back in its place."""

import threading
import time
from collections import Counter
from dataclasses import dataclass

import cv2
import numpy as np

from vault.domain.readings import Box, Page, PageSource, Word
from vault.reading import language, ocr
from vault.reading.placement import Matrix, Placement
from vault.reading.prepare import Prepared, prepare, quarter_turns
from vault.sandbox.pictures import Grey

_STRIP = 0.14  # share of the page's height that is read to find the language
_POOR = 0.55
_SPECK = 0.2  # below this confidence a word without letters or digits is dirt on the page


class Tongue:
    """The language of a document, learnt from its pages as they are read side by side."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: Counter[str] = Counter()

    def hear(self, spoken: str) -> None:
        if spoken:
            with self._lock:
                self._heard[spoken] += 1

    def guess(self) -> str:
        """ISO 639-1, or an empty string before anything was heard."""
        with self._lock:
            return self._heard.most_common(1)[0][0] if self._heard else ""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A picture of a page that waits to be read. `width`, `height`: points as displayed; `dpi` of the scan."""

    number: int
    picture: Grey
    width: float
    height: float
    dpi: float | None


def read_scan(scan: ScannedPage, tongue: Tongue, deadline: float) -> tuple[Page, Placement]:
    """The page as straightened for reading, and how it lies on the displayed page.

    `deadline` is a `time.monotonic()` moment. Raises OcrTimeout, OcrFailed.
    """
    prepared = prepare(scan.picture)
    spoken = tongue.guess() or _language_of_strip(prepared.image, deadline)
    words, spoken = _read(prepared.image, spoken, deadline)
    if _sureness(words) < _POOR or _is_sideways(words):
        prepared, words, spoken = _turned(prepared, words, spoken, deadline)
    tongue.hear(spoken)
    return _page(scan, prepared, words, spoken)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ocr.OcrTimeout
    return left


def _language_of_strip(image: Grey, deadline: float) -> str:
    """The language of the rows with the most text, read with the English model: small words survive that."""
    height = image.shape[0]
    rows = max(1, int(height * _STRIP))
    edges = np.abs(np.diff(image[:, ::2].astype(np.int16), axis=1)).sum(axis=1, dtype=np.float64)
    sums = np.convolve(edges, np.ones(rows), mode="valid")
    top = int(np.argmax(sums))
    words = ocr.read_words(np.ascontiguousarray(image[top : top + rows]), ocr.FALLBACK, _left(deadline), block=True)
    return language.detect(word.text for word in words) or ocr.FALLBACK


def _read(image: Grey, spoken: str, deadline: float) -> tuple[tuple[ocr.OcrWord, ...], str]:
    """Read in `spoken`; once more when the words turn out to be of another language that is installed."""
    words = ocr.read_words(image, spoken, _left(deadline))
    heard = language.detect(word.text for word in words)
    if not heard or heard == spoken or heard not in ocr.installed_languages():
        return words, heard
    try:
        again = ocr.read_words(image, heard, _left(deadline))
    except ocr.OcrTimeout:
        return words, heard
    return (again if _sureness(again) >= _sureness(words) else words), heard


def _turned(
    prepared: Prepared, words: tuple[ocr.OcrWord, ...], spoken: str, deadline: float
) -> tuple[Prepared, tuple[ocr.OcrWord, ...], str]:
    """The page turned upright if that makes it readable."""
    turns = ocr.upside(prepared.image, _left(deadline))
    if not turns:
        return prepared, words, spoken
    upright = quarter_turns(prepared, turns)
    again, heard = _read(upright.image, spoken or ocr.FALLBACK, deadline)
    better = _is_sideways(words) or _sureness(again) > _sureness(words)
    return (upright, again, heard) if better else (prepared, words, spoken)


def _is_sideways(words: tuple[ocr.OcrWord, ...]) -> bool:
    """Tesseract reads lines that run up or down the page; the words then stand on their heads or feet."""
    long = [word.box for word in words if len(word.text) >= 4]
    standing = sum(bottom - top > right - left for left, top, right, bottom in long)
    return len(long) >= 3 and standing > 0.5 * len(long)


def _sureness(words: tuple[ocr.OcrWord, ...]) -> float:
    """Mean confidence by letter."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _page(scan: ScannedPage, prepared: Prepared, words: tuple[ocr.OcrWord, ...], spoken: str) -> tuple[Page, Placement]:
    height, width = prepared.image.shape
    kept = tuple(
        Word(word.text, _fraction(word.box, width, height), round(word.confidence, 3))
        for word in words
        if word.confidence >= _SPECK or any(map(str.isalnum, word.text))
    )
    page_width, page_height = _points(scan, prepared)
    page = Page(
        number=scan.number,
        source=PageSource.OCR,
        words=kept,
        width=page_width,
        height=page_height,
        language=spoken,
        confidence=round(_sureness(words), 3),
        dpi=scan.dpi,
    )
    return page, Placement(scan.width, scan.height, _matrix(scan.picture, prepared))


def _points(scan: ScannedPage, prepared: Prepared) -> tuple[float, float]:
    """Width and height of the prepared page, by the lines through its middle as they lie on the original."""
    (height, width), (rows, columns) = scan.picture.shape, prepared.image.shape
    ends = np.array([[0, columns, columns / 2, columns / 2], [rows / 2, rows / 2, 0, rows], [1, 1, 1, 1]])
    found = prepared.back @ ends
    places = found[:2] / found[2] * np.array([[scan.width / width], [scan.height / height]])
    left, right, top, bottom = places.T
    return float(np.linalg.norm(right - left)), float(np.linalg.norm(bottom - top))


def _fraction(box: tuple[int, int, int, int], width: int, height: int) -> Box:
    x0, y0, x1, y1 = box
    return Box(round(x0 / width, 5), round(y0 / height, 5), round(x1 / width, 5), round(y1 / height, 5))


def _matrix(original: Grey, prepared: Prepared) -> Matrix:
    """Fractions of the prepared page to fractions of the original."""
    (height, width), (rows, columns) = original.shape, prepared.image.shape
    whole = np.diag([1 / width, 1 / height, 1.0]) @ prepared.back @ np.diag([columns, rows, 1.0])
    a, b, c, d, e, f, g, h, i = (float(value) for value in np.round(whole, 12).ravel())
    return (a, b, c, d, e, f, g, h, i)


def has_ink(picture: Grey) -> bool:
    """False for a blank sheet."""
    small = cv2.resize(picture, (200, 280), interpolation=cv2.INTER_AREA)
    return int(small.max()) - int(small.min()) > 40
