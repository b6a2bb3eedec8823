"""Bytes to pages: every page by its text layer or by OCR, decided page by page."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from vault.domain.errors import Unreadable
from vault.domain.readings import Page, PageSource, Problem, Word
from vault.reading.language import detect
from vault.reading.mail.message import read_mail
from vault.reading.mail.sheets import sheets_of
from vault.reading.ocr import OcrFailed, OcrTimeout
from vault.reading.pdf import Layer, PdfFile, PdfPage
from vault.reading.placement import Placement
from vault.reading.scan import ScannedPage, Tongue, has_ink, read_scan
from vault.reading.signs.found import Found
from vault.reading.signs.tools import signs_in_metadata
from vault.reading.textlayer import Doubt, doubt_about
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import Picture, each_frame, grey
from vault.sandbox.refusals import unreadable
from vault.sandbox.sniff import MAIL, PDF, require_known

Progress = Callable[[int, int], None]
"""Called with (pages done, pages in all)."""

_OCR_PIXELS = 25_000_000
_SCAN_DPI = 300.0
_SCAN_SHARE = 0.5  # a picture over so much of a page is the page
_A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Loaded:
    """`pages` are straightened: on a skewed or turned scan their words stand as if it had lain straight.

    ``placements[i].page(pages[i])`` is the page as it is displayed; boxes of `signs` are on the displayed pages.
    Among the signs are problems: places that were not searched to the end.
    """

    media_type: str
    pages: tuple[Page, ...]
    placements: tuple[Placement, ...]
    problems: tuple[Problem, ...] = ()
    signs: tuple[Found, ...] = ()


def load_pages(data: bytes, limits: Limits, progress: Progress) -> tuple[Page, ...]:
    """The straightened pages alone. Raises Unreadable as `load` does."""
    return load(data, limits, progress).pages


def load(data: bytes, limits: Limits, progress: Progress) -> Loaded:
    """Read every page. Pages that do not fit in the time are UNREAD, with a problem; the rest is returned.

    Raises Unreadable: ``empty``, ``unsupported_type``, ``encrypted``, ``damaged``, ``too_large``, ``too_many_pages``.
    """
    if len(data) > limits.size:
        raise unreadable("too_large", limits)
    media_type = require_known(data)
    if media_type == MAIL:
        return Loaded(MAIL, *sheets_of(read_mail(data).text, limits))
    desk = _Desk(limits, progress)
    if media_type == PDF:
        with PdfFile(data) as pdf:
            desk.read_pdf(pdf)
    else:
        desk.read_picture(Picture(data, limits))
    return desk.loaded(media_type)


class _Desk:
    """The pages of one document while they are being read."""

    def __init__(self, limits: Limits, progress: Progress) -> None:
        self._limits = limits
        self._progress = progress
        self._deadline = time.monotonic() + limits.page_seconds
        self._tongue = Tongue()
        self._done: dict[int, tuple[Page, Placement]] = {}
        self._layers: dict[int, tuple[Doubt, Layer]] = {}
        self._problems: list[Problem] = []
        self._signs: list[Found] = []
        self._total = 0

    def read_pdf(self, pdf: PdfFile) -> None:
        self._total = len(pdf)
        if self._total > self._limits.pages:
            raise unreadable("too_many_pages", self._limits)
        if not self._total:
            raise unreadable("damaged")
        self._signs.extend(signs_in_metadata(pdf.metadata()))
        scans = [number for number in range(1, self._total + 1) if not self._read_text(pdf, number)]
        self._read_scans(self._rendered(pdf, scans))

    def read_picture(self, picture: Picture) -> None:
        self._total = len(picture)
        self._read_scans(
            ScannedPage(number, grey(frame), frame.width * 72 / dpi, frame.height * 72 / dpi, round(dpi, 1))
            for number, frame, dpi in each_frame(picture)
        )

    def loaded(self, media_type: str) -> Loaded:
        if all(page.source is PageSource.UNREAD for page, _ in self._done.values()) and self._has("damaged_page"):
            raise unreadable("damaged")
        pages, placements = zip(*(self._done[number] for number in sorted(self._done)), strict=True)
        return Loaded(media_type, pages, placements, tuple(self._problems), tuple(self._signs))

    def _has(self, code: str) -> bool:
        return any(problem.code == code for problem in self._problems)

    def _read_text(self, pdf: PdfFile, number: int) -> bool:
        """False: the page must be looked at."""
        try:
            page = pdf.page(number)
            layer = page.layer(self._limits.words, with_signs=True)
            doubt = doubt_about(layer)
            if doubt is Doubt.EMPTY and layer.picture < _SCAN_SHARE and not _shows_something(page):
                doubt = None
        except Unreadable:
            self._unread(number, "damaged_page")
            return True
        self._signs.extend(replace(sign, page=number) for sign in layer.signs)
        if doubt is None:
            self._finish(_text_page(number, page, layer))
            return True
        self._layers[number] = (doubt, layer)
        return False

    def _rendered(self, pdf: PdfFile, numbers: Iterable[int]) -> Iterator[ScannedPage]:
        for number in numbers:
            _, layer = self._layers[number]
            scanned = layer.dpi if layer.picture >= _SCAN_SHARE else None
            dpi = min(400.0, max(150.0, scanned or _SCAN_DPI))
            try:
                page = pdf.page(number)
                picture = grey(page.render(dpi=dpi, most_pixels=_OCR_PIXELS, grey=True))
            except Unreadable:
                self._unread(number, "damaged_page")
                continue
            yield ScannedPage(number, picture, page.width, page.height, round(scanned, 1) if scanned else None)

    def _read_scans(self, scans: Iterable[ScannedPage]) -> None:
        """OCR side by side; never more pictures in memory than are being read, and one that waits."""
        waiting: dict[Future[tuple[Page, Placement]], ScannedPage] = {}
        with ThreadPoolExecutor(self._limits.threads) as pool:
            for scan in scans:
                if time.monotonic() >= self._deadline:
                    self._out_of_time(scan)
                    continue
                waiting[pool.submit(read_scan, scan, self._tongue, self._deadline)] = scan
                while len(waiting) > self._limits.threads:
                    self._collect(waiting)
            while waiting:
                self._collect(waiting)

    def _collect(self, waiting: dict[Future[tuple[Page, Placement]], ScannedPage]) -> None:
        ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in ready:
            scan = waiting.pop(future)
            try:
                self._finish(self._better(scan, *future.result()))
            except OcrTimeout:
                self._out_of_time(scan)
            except OcrFailed:
                self._fall_back(scan, "ocr_failed")

    def _better(self, scan: ScannedPage, page: Page, placement: Placement) -> tuple[Page, Placement]:
        """What OCR saw, unless the doubted layer of the page says far more."""
        doubt, layer = self._layers.get(scan.number, (Doubt.EMPTY, None))
        if layer is None or not layer.words:
            return page, placement
        if doubt is Doubt.HIDDEN and len(page.words) < 0.5 * len(layer.words):
            self._problems.append(Problem(doubt.value, scan.number))
            return _text_page_of(scan, layer)
        if doubt is not Doubt.SCAN:
            self._problems.append(Problem("text_layer_replaced", scan.number))
        return page, placement

    def _out_of_time(self, scan: ScannedPage) -> None:
        self._fall_back(scan, "time_budget")

    def _fall_back(self, scan: ScannedPage, code: str) -> None:
        """A scan with somebody's OCR behind it is still better read by that than not at all."""
        doubt, layer = self._layers.get(scan.number, (Doubt.EMPTY, None))
        self._problems.append(Problem(code, scan.number))
        if layer is not None and doubt is Doubt.HIDDEN:
            self._finish(_text_page_of(scan, layer))
        else:
            self._finish(_unread_page(scan.number, scan.width, scan.height))

    def _unread(self, number: int, code: str) -> None:
        self._problems.append(Problem(code, number))
        self._finish(_unread_page(number, *_A4))

    def _finish(self, result: tuple[Page, Placement]) -> None:
        page, _ = result
        self._tongue.hear(page.language if page.source is PageSource.TEXT else "")
        self._done[page.number] = result
        self._progress(len(self._done), self._total)


def _shows_something(page: PdfPage) -> bool:
    return has_ink(grey(page.render(width=600, most_pixels=1_000_000, grey=True)))


def _text_page(number: int, page: PdfPage, layer: Layer) -> tuple[Page, Placement]:
    return _page_of(number, page.width, page.height, layer, None, 1.0)


def _text_page_of(scan: ScannedPage, layer: Layer) -> tuple[Page, Placement]:
    return _page_of(scan.number, scan.width, scan.height, layer, scan.dpi, 0.6)


def _page_of(
    number: int, width: float, height: float, layer: Layer, dpi: float | None, sure: float
) -> tuple[Page, Placement]:
    words = tuple(Word(word.text, word.box, sure) for word in layer.words)
    spoken = detect(word.text for word in words)
    page = Page(number, PageSource.TEXT, words, width, height, spoken, sure, dpi)
    return page, Placement(width, height)


def _unread_page(number: int, width: float, height: float) -> tuple[Page, Placement]:
    return Page(number, PageSource.UNREAD, (), width, height), Placement(width, height)
