"""A PDF's pages as pdfium sees them: words with boxes, what the page is made of, and pictures of it.

pdfium is not thread-safe: a `PdfFile` stays in the thread that opened it.
"""

import ctypes
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from vault.reading.glyphs import Glyph, GlyphWord, words_of
from vault.reading.signs.found import Found
from vault.reading.signs.page import OpenPage, signs_on_page
from vault.sandbox.refusals import unreadable

_UNIT = 1_000_000  # pdfium maps points to whole device pixels: on a device this wide nothing is lost
_RENDER_DPI = 300.0
_SAMPLE = 60  # words that are looked at closer; pages with fewer are looked at for pictures, too
_EVERY = 4  # one glyph in so many is asked whether its font says what it means
_METADATA = ("Producer", "Creator", "CreationDate", "ModDate")
_SCAN_SHARE = 0.5  # a picture over so much of a page is the page
_MOST_HIDDEN = 0.5  # a text layer of which so much cannot be seen is somebody's OCR
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE


@dataclass(frozen=True, slots=True)
class Layer:
    """A page's text layer and what lies under it.

    Shares, 0 … 1: `hidden` of the words that are drawn invisibly; `unmapped` of the glyphs that mean no character,
    `guessed` of those whose font does not say which; `picture` of the page covered by its largest picture.
    `dpi` is that picture's resolution. Pages full of plain text are not searched for pictures.
    `signs` of editing are looked for only where that was asked for. `is_whole`: no words were cut off.
    """

    words: tuple[GlyphWord, ...]
    hidden: float
    unmapped: float
    guessed: float
    picture: float
    dpi: float | None
    signs: tuple[Found, ...] = ()
    is_whole: bool = True


class PdfFile:
    """An open PDF. Raises Unreadable: ``encrypted``, ``damaged``."""

    def __init__(self, data: bytes) -> None:
        try:
            self._pdf = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                raise unreadable("encrypted") from error
            raise unreadable("damaged") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def metadata(self) -> dict[str, str]:
        """What the file says of itself: ``Producer``, ``Creator``, ``CreationDate``, ``ModDate``; empty where it does not."""
        return {name: self._pdf.get_metadata_value(name) for name in _METADATA}

    def page(self, number: int) -> "PdfPage":
        """The page, counted from 1. Raises Unreadable(``damaged``)."""
        try:
            return PdfPage(self._pdf[number - 1])
        except (pdfium.PdfiumError, IndexError) as error:
            raise unreadable("damaged") from error


class PdfPage:
    """One page. `width` and `height` are points as displayed."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self.width, self.height = (max(1.0, side) for side in page.get_size())

    def layer(self, most_words: int, *, with_signs: bool = False) -> Layer:
        """The text layer, cut after about `most_words` words. Raises Unreadable(``damaged``)."""
        try:
            textpage = self._page.get_textpage()
        except pdfium.PdfiumError as error:
            raise unreadable("damaged") from error
        glyphs, unmapped, guessed = self._glyphs(textpage, most_words * 8)
        place = self._placing()
        every_word = tuple(words_of(glyphs, place))
        words = every_word[:most_words]
        is_whole = len(every_word) <= most_words and textpage.count_chars() <= len(glyphs)
        looked_at = words[:: max(1, len(words) // _SAMPLE)]
        hidden = sum(_is_hidden(textpage, word.first) for word in looked_at) / max(1, len(looked_at))
        picture, dpi = self._picture() if hidden or len(words) < _SAMPLE else (0.0, None)
        is_scan = picture > _SCAN_SHARE or hidden > _MOST_HIDDEN
        looked = OpenPage(self._page, textpage.raw, glyphs, words, place, is_scan, is_whole)
        signs = tuple(signs_on_page(looked)) if with_signs else ()
        textpage.close()
        every = max(1, len(glyphs))
        return Layer(words, hidden, unmapped / every, guessed * _EVERY / every, picture, dpi, signs, is_whole)

    def render(
        self,
        *,
        dpi: float = _RENDER_DPI,
        width: int | None = None,
        most_pixels: int,
        grey: bool = False,
        notes: bool = True,
    ) -> Image.Image:
        """The page as displayed, `dpi` or `width` pixels wide, never more than `most_pixels` in all.

        `notes` False: without comments, stamps and whatever else lies over the page.
        """
        scale = width / self.width if width else dpi / 72
        scale = min(scale, (most_pixels / (self.width * self.height)) ** 0.5, 30_000 / max(self.width, self.height))
        try:
            bitmap = self._page.render(scale=scale, grayscale=grey, may_draw_forms=False, draw_annots=notes)
        except (pdfium.PdfiumError, ValueError) as error:
            raise unreadable("damaged") from error
        picture: Image.Image = bitmap.to_pil()
        return picture

    def _glyphs(self, textpage: pdfium.PdfTextPage, most: int) -> tuple[list[Glyph], int, int]:
        """The glyphs, how many of them mean no character, and of one in `_EVERY` how many have a font that does not say."""
        handle = textpage.raw
        sides = [ctypes.c_double() for _ in range(4)]
        pointers = [ctypes.byref(side) for side in sides]
        left, right, bottom, top = sides
        glyphs: list[Glyph] = []
        unmapped = guessed = 0
        for index in range(min(textpage.count_chars(), most)):
            code = raw.FPDFText_GetUnicode(handle, index)
            if code in (2, 0xFFFE):  # how pdfium marks a hyphen at the end of a line
                code = 0x2D
            elif code > 0x10FFFF or 0xD800 <= code < 0xE000:  # no character at all
                code = 0xFFFD
            if code <= 32 or code == 0xA0:
                glyphs.append((index, " ", 0.0, 0.0, 0.0, 0.0))
                continue
            raw.FPDFText_GetCharBox(handle, index, *pointers)
            glyphs.append((index, chr(code), left.value, bottom.value, right.value, top.value))
            unmapped += code == 0xFFFD or 0xE000 <= code < 0xF900
            guessed += index % _EVERY == 0 and raw.FPDFText_HasUnicodeMapError(handle, index) == 1
        return glyphs, unmapped, guessed

    def _placing(self) -> "_Placing":
        corners = []
        for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            device_x, device_y = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(
                self._page.raw, 0, 0, _UNIT, _UNIT, 0, x, y, ctypes.byref(device_x), ctypes.byref(device_y)
            )
            corners.append((device_x.value / _UNIT, device_y.value / _UNIT))
        (x0, y0), (xx, xy), (yx, yy) = corners
        return _Placing(x0, y0, (xx - x0) / 1000, (xy - y0) / 1000, (yx - x0) / 1000, (yy - y0) / 1000)

    def _picture(self) -> tuple[float, float | None]:
        """Share of the page under its largest picture, and that picture's dots per inch."""
        place = self._placing()
        best, dpi = 0.0, None
        for index, item in enumerate(self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
            if index >= 64:
                break
            try:
                left, bottom, right, top = item.get_bounds()
                columns, rows = item.get_px_size()
            except pdfium.PdfiumError:
                continue
            x0, y0, x1, y1 = place(left, bottom, right, top)
            share = max(0.0, min(1.0, x1) - max(0.0, x0)) * max(0.0, min(1.0, y1) - max(0.0, y0))
            if share > best:
                best = share
                area = (x1 - x0) * self.width * (y1 - y0) * self.height / 72**2
                dpi = (columns * rows / area) ** 0.5 if area > 0 else None
        return best, dpi


@dataclass(frozen=True, slots=True)
class _Placing:
    """Points of the page's own space to fractions of the displayed page (crop box and rotation applied)."""

    x0: float
    y0: float
    xx: float
    xy: float
    yx: float
    yy: float

    def __call__(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        ax, ay = self.x0 + left * self.xx + top * self.yx, self.y0 + left * self.xy + top * self.yy
        bx, by = self.x0 + right * self.xx + bottom * self.yx, self.y0 + right * self.xy + bottom * self.yy
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _is_hidden(textpage: pdfium.PdfTextPage, index: int) -> bool:
    drawn = raw.FPDFText_GetTextObject(textpage.raw, index)
    return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE
