"""Finished documents, edited as people edit them."""

import io
from collections.abc import Callable

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from tests.reading.documents import written
from vault.domain.readings import Box
from vault.reading.pdf import PdfFile

Side = tuple[float, float, float, float]


def place_of(pdf: bytes, text: str, page: int = 1) -> Side:
    """Left, bottom, right and top of a word, in points."""
    with PdfFile(pdf) as opened:
        look = opened.page(page)
        box: Box = next(word.box for word in look.layer(10_000).words if word.text == text)
        width, height = look.width, look.height
    return box.x0 * width, (1 - box.y1) * height, box.x1 * width, (1 - box.y0) * height


def drawn_on(pdf: bytes, content: str, *, keep_before: bool = False) -> bytes:
    """A PDF with more drawn on its first page; `keep_before`: the version before that stays inside the file."""
    writer = _writer(pdf, keep_before)
    page = writer.pages[0]
    layer = PageObject.create_blank_page(width=page.mediabox.width, height=page.mediabox.height)
    stream = StreamObject()
    stream.set_data(content.encode("latin-1"))
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/Hv"): named})
    layer[NameObject("/Contents")] = stream
    layer[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page.merge_page(layer)
    return written(writer)


def patch(place: Side, text: str, colour: str = "1 1 1") -> str:
    """Page content: a filled box over a place, and a text on it."""
    left, bottom, right, top = place
    box = f"q {colour} rg {left - 1:.2f} {bottom - 2:.2f} {right - left + 2:.2f} {top - bottom + 4:.2f} re f Q"
    return f"{box} {typed(left, bottom, text)}" if text else box


def typed(left: float, bottom: float, text: str, size: float = 11, mode: int = 0, grey: float = 0) -> str:
    """Page content: a text in Helvetica."""
    return f"q BT {grey} g /Hv {size} Tf {mode} Tr {left:.2f} {bottom:.2f} Td ({text}) Tj ET Q"


def saved_again(pdf: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF with something added behind its end, as signatures and attachments are."""
    writer = _writer(pdf, True)
    change(writer)
    return written(writer)


def described(pdf: bytes, **said: str) -> bytes:
    """A PDF that says of itself: Producer, Creator, CreationDate, ModDate."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.metadata = None
    writer.add_metadata({f"/{name}": value for name, value in said.items()})
    return written(writer)


def commented(pdf: bytes, place: Side, text: str) -> bytes:
    """A PDF with a typed comment laid over a place."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    left, bottom, right, top = place
    writer.add_annotation(0, FreeText(text=text, rect=(left - 2, bottom - 3, right + 2, top + 3), font_size="11pt"))
    return written(writer)


def _writer(pdf: bytes, keep_before: bool) -> PdfWriter:
    if keep_before:
        return PdfWriter(io.BytesIO(pdf), incremental=True)
    return PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
