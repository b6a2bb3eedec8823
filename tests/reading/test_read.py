"""Whole documents to readings, in the process itself and in the real sandbox."""

import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.reading.documents import as_bytes, encrypted, joined, picture_of
from tests.reading.einvoice.invoices import attached, cii
from vault.domain.errors import Unreadable
from vault.domain.readings import DocumentKind, PageSource, Source
from vault.reading.read import read_document
from vault.reading.sandbox.reader import SandboxedReader
from vault.sandbox.limits import Limits


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedReader]:
    with SandboxedReader(Limits(seconds=50)) as started:
        yield started


def test_a_text_document_is_read_with_its_fields(text_pdf: bytes) -> None:
    reading = read_document(text_pdf)
    assert reading.kind.value is DocumentKind.INVOICE
    assert reading.media_type == "application/pdf"
    assert reading.fields.total is not None
    assert reading.fields.total.value == Decimal("58.50")
    assert reading.fields.total.source is Source.TEXT


def test_the_xml_speaks_for_its_fields_and_the_pages_keep_their_words(text_pdf: bytes) -> None:
    reading = read_document(attached(text_pdf, cii()))
    assert reading.fields.supplier_name is not None
    assert (reading.fields.supplier_name.value, reading.fields.supplier_name.source) == ("Hafenlicht GmbH", Source.XML)
    assert reading.fields.supplier_name.box is None
    assert "Harbour" in reading.text
    assert [line.identifiers.sku for line in reading.lines] == ["LMP-3"]


def test_the_xml_can_be_ignored(text_pdf: bytes) -> None:
    reading = read_document(attached(text_pdf, cii()), use_xml=False)
    assert reading.fields.total is not None
    assert reading.fields.total.value == Decimal("58.50")


def test_boxes_of_a_turned_scan_lie_on_the_page_as_it_is_displayed(text_pdf: bytes) -> None:
    straight = read_document(as_bytes(picture_of(text_pdf))).fields.total
    turned = read_document(as_bytes(picture_of(text_pdf).rotate(90, expand=True))).fields.total
    assert straight is not None
    assert turned is not None
    assert straight.box is not None
    assert turned.box is not None
    x, y = straight.box.middle
    assert turned.box.middle == pytest.approx((y, 1 - x), abs=0.02)


def test_the_sandbox_gives_what_the_reader_gives(reader: SandboxedReader, text_pdf: bytes, scanned_pdf: bytes) -> None:
    document = joined(text_pdf, scanned_pdf)
    assert reader.read(document) == read_document(document)


def test_a_file_is_read_by_its_path(reader: SandboxedReader, text_pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "invoice.pdf").write_bytes(text_pdf)
    assert reader.read(tmp_path / "invoice.pdf").pages[0].source is PageSource.TEXT


@pytest.mark.parametrize("as_picture", [False, True])
def test_a_page_is_drawn(reader: SandboxedReader, text_pdf: bytes, as_picture: bool) -> None:
    document = as_bytes(picture_of(text_pdf), "JPEG") if as_picture else text_pdf
    drawn = Image.open(io.BytesIO(reader.render(document, page=1, width=400)))
    assert drawn.format == "WEBP"
    assert drawn.width == pytest.approx(400, abs=1)
    assert np.asarray(drawn.convert("L")).min() < 100


def test_a_page_that_is_not_there_cannot_be_drawn(reader: SandboxedReader, text_pdf: bytes) -> None:
    with pytest.raises(Unreadable):
        reader.render(text_pdf, page=2, width=400)


def half_a_photo() -> bytes:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (300, 300), dtype=np.uint8))
    whole = as_bytes(noise, "JPEG")
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%", "unsupported_type"),
        (b"<html>Invoice</html>", "unsupported_type"),
        (b"%PDF-1.7\n1 0 obj", "damaged"),
        (half_a_photo(), "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(reader: SandboxedReader, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reader.read(content)
    assert refused.value.reason == reason


def test_a_locked_pdf_is_refused(reader: SandboxedReader, text_pdf: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        reader.read(encrypted(text_pdf, "secret"))
    assert refused.value.reason == "encrypted"
