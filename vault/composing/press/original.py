"""An original as a viewer displays it: how large its pages are, pictures of them, their words.

Only to be used in the sandbox. pdfium is not thread-safe.
"""

import io
from types import TracebackType
from typing import Protocol, Self

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from vault.composing.press.placing import Placing
from vault.domain.readings import Word
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import Picture
from vault.sandbox.refusals import unreadable
from vault.sandbox.sniff import PDF, require_known

_MOST_PIXELS = 14_000_000
_MOST_LINES = 20_000


class Original(Protocol):
    """Pages count from 1. Every method raises Unreadable for what is broken."""

    def __len__(self) -> int: ...

    def size(self, number: int) -> tuple[float, float]:
        """Points, as displayed."""
        ...

    def draw(self, number: int, dpi: float) -> Image.Image:
        """The page as displayed, with form fields and annotations, in mode L or RGB."""
        ...

    def words(self, number: int) -> list[Word]:
        """What the page says in letters, in form fields and annotations too, and where; nothing for pictures.

        To be asked after the page was drawn.
        """
        ...


def open_original(data: bytes, limits: Limits) -> "PdfOriginal | PictureOriginal":
    """Raises Unreadable: ``empty``, ``unsupported_type``, ``encrypted``, ``damaged``, ``too_large``, ``too_many_pages``."""
    return PdfOriginal(data, limits) if require_known(data) == PDF else PictureOriginal(data, limits)


class PictureOriginal:
    """A picture file, each frame a page."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._picture = Picture(data, limits)

    def __len__(self) -> int:
        return len(self._picture)

    def size(self, number: int) -> tuple[float, float]:
        frame = self._picture.frame(number)
        dpi = self._picture.dpi()
        return frame.width * 72 / dpi, frame.height * 72 / dpi

    def draw(self, number: int, dpi: float) -> Image.Image:
        """The frame with all its pixels, whatever `dpi`, as long as there are not too many."""
        frame = self._picture.frame(number)
        if frame.width * frame.height > _MOST_PIXELS:
            frame = frame.reduce(2)
        return frame

    def words(self, number: int) -> list[Word]:
        return []


class PdfOriginal:
    """A PDF that opens without a password."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._pdf = pdfium.PdfDocument(data)
            self._pdf.init_forms()
        except pdfium.PdfiumError as error:
            locked = error.err_code == raw.FPDF_ERR_PASSWORD
            raise unreadable("encrypted" if locked else "damaged") from error
        if not len(self._pdf):
            raise unreadable("damaged")
        if len(self._pdf) > limits.pages:
            raise unreadable("too_many_pages", limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, number: int) -> tuple[float, float]:
        return self.placing(number).size

    def draw(self, number: int, dpi: float) -> Image.Image:
        page = self._page(number)
        width, height = page.get_size()
        scale = min(dpi / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        try:
            picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
        except (pdfium.PdfiumError, ValueError) as error:
            raise unreadable("damaged") from error
        return picture

    def words(self, number: int) -> list[Word]:
        """Whole lines rather than words: it is for searching, not for reading."""
        placing = self.placing(number)
        raw.FPDFPage_Flatten(self._page(number), raw.FLAT_NORMALDISPLAY)
        try:
            textpage = self._page(number).get_textpage()
        except pdfium.PdfiumError as error:
            raise unreadable("damaged") from error
        lines = [textpage.get_rect(index) for index in range(min(textpage.count_rects(), _MOST_LINES))]
        found = [Word(str(textpage.get_text_bounded(*line)).strip(), placing.box(line)) for line in lines]
        return [word for word in found if word.text and word.box.width > 0 and word.box.height > 0]

    def placing(self, number: int) -> Placing:
        page, bounds = self._page(number), raw.FS_RECTF()
        if not raw.FPDF_GetPageBoundingBox(page, bounds) or min(page.get_size()) < 1:
            raise unreadable("damaged")
        return Placing((bounds.left, bounds.bottom, bounds.right, bounds.top), int(page.get_rotation()) // 90)

    def flattened(self) -> bytes:
        """The file written anew: not encrypted, repaired, fields and annotations made part of the pages."""
        stream = io.BytesIO()
        try:
            for index in range(len(self)):
                if raw.FPDFPage_Flatten(self._page(index + 1), raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
                    raise unreadable("damaged")
            self._pdf.save(stream, flags=raw.FPDF_NO_INCREMENTAL | raw.FPDF_REMOVE_SECURITY)
        except pdfium.PdfiumError as error:
            raise unreadable("damaged") from error
        return stream.getvalue()

    def _page(self, number: int) -> pdfium.PdfPage:
        try:
            return self._pdf[number - 1]
        except (pdfium.PdfiumError, IndexError) as error:
            raise unreadable("damaged") from error
