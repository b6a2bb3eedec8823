"""What is done inside the sandbox: read a document, or draw one of its pages."""

import io
import json
from collections.abc import Callable

from vault.domain.readings import Box, Page, PageSource, Word
from vault.reading.ocr import installed_languages
from vault.reading.pdf import PdfFile
from vault.reading.read import read_document
from vault.reading.sandbox.requests import RenderRequest, parse_request
from vault.reading.schema import dump_reading
from vault.reading.understand.understand import understand
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import Picture
from vault.sandbox.refusals import unreadable
from vault.sandbox.sniff import PDF, require_known

_MOST_DRAWN_PIXELS = 16_000_000


def warm_up() -> None:
    """Load whatever is loaded on first use, once, before processes are forked from this one."""
    installed_languages()
    words = (
        "Example GmbH Invoice No. 42 Date: 31/01/2026 Tel. +49 30 1234567 Widget 2 9.50 Total EUR 19.00 VAT DE136695976"
    )
    boxes = (Box(0.1, 0.04 * row, 0.3, 0.04 * row + 0.02) for row in range(25))
    placed = tuple(Word(text, box) for text, box in zip(words.split(), boxes, strict=False))
    understand((Page(1, PageSource.TEXT, placed, language="en", confidence=1.0),))


def perform(request: bytes, data: bytes, limits: Limits, progress: Callable[[int, int], None]) -> bytes:
    """The answer to `request`: a reading as JSON, or a page as WebP. Raises Unreadable."""
    wanted = parse_request(request)
    if isinstance(wanted, RenderRequest):
        return _render(data, wanted.page, wanted.width, limits)
    reading = read_document(data, use_xml=wanted.use_xml, limits=limits, progress=progress)
    return json.dumps(dump_reading(reading), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _render(data: bytes, number: int, width: int, limits: Limits) -> bytes:
    if require_known(data) == PDF:
        with PdfFile(data) as pdf:
            drawn = pdf.page(number).render(width=width, most_pixels=_MOST_DRAWN_PIXELS)
    else:
        picture = Picture(data, limits)
        if not 1 <= number <= len(picture):
            raise unreadable("damaged")
        drawn = picture.frame(number)
        drawn.thumbnail((width, max(1, _MOST_DRAWN_PIXELS // width)))
    answer = io.BytesIO()
    drawn.convert("RGB").save(answer, "WEBP", quality=80, method=2)
    return answer.getvalue()
