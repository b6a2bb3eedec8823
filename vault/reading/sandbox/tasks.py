"""What is done inside the sandbox: read a document, draw one of its pages, take a mail apart."""

import io
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from vault.domain.mails import Mail
from vault.domain.readings import Box, Page, PageSource, Word
from vault.reading.looking import look_again
from vault.reading.mail.html_text import text_of_html
from vault.reading.mail.message import read_attachment, read_mail
from vault.reading.mail.sheets import draw_sheet, sheets_of
from vault.reading.ocr import installed_languages
from vault.reading.pdf import PdfFile
from vault.reading.read import read_document
from vault.reading.sandbox.requests import (
    AttachmentRequest,
    LookRequest,
    RenderRequest,
    WordsRequest,
    parse_request,
)
from vault.reading.schema import dump_look, dump_reading
from vault.reading.understand.understand import understand
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import Picture
from vault.sandbox.refusals import unreadable
from vault.sandbox.sniff import HEAD_BYTES, MAIL, PDF, require_known, sniff

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
    """The answer to `request`: a reading, a look or a mail as JSON, a page as WebP, an attachment. Raises Unreadable."""
    wanted = parse_request(request)
    if isinstance(wanted, RenderRequest):
        return _render(data, wanted.page, wanted.width, limits)
    if isinstance(wanted, LookRequest):
        return _as_json(dump_look(look_again(data, wanted, limits)))
    if isinstance(wanted, WordsRequest):
        return _as_json(asdict(_words(data)))
    if isinstance(wanted, AttachmentRequest):
        return read_attachment(data, wanted.number)
    return _as_json(dump_reading(read_document(data, use_xml=wanted.use_xml, limits=limits, progress=progress)))


def _words(data: bytes) -> Mail:
    """What a mail says; anything else is taken for the source of a page."""
    if sniff(data[:HEAD_BYTES]) == MAIL:
        return read_mail(data)
    return Mail(text_of_html(data.decode("utf-8", "replace")))


def _as_json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _render(data: bytes, number: int, width: int, limits: Limits) -> bytes:
    media_type = require_known(data)
    if media_type == MAIL:
        pages, _ = sheets_of(read_mail(data).text, limits)
        if not 1 <= number <= len(pages):
            raise unreadable("damaged")
        drawn = draw_sheet(pages[number - 1], width)
    elif media_type == PDF:
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
