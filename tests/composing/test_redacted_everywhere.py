"""A redacted copy keeps nothing of what was covered, in whatever corner of a PDF that stood, whoever looks at it."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from tests.composing.papers import (
    Change,
    changed,
    everything_in,
    invoice,
    look,
    made_of,
    moved,
    texts,
    turned,
    with_attachment,
    with_outline,
    with_script,
    words_on,
)
from vault.composing.composer import Composer
from vault.domain.readings import Box, Word

PRICE = "19.50"
NOTE = "Copy with prices removed."
_DPI = 150


def with_note(writer: PdfWriter) -> None:
    """The price once more as an annotation, where it stands."""
    box = word_box(invoice())
    width, height = (float(side) for side in (writer.pages[0].mediabox.width, writer.pages[0].mediabox.height))
    sides = (box.x0 * width, (1 - box.y1) * height, box.x1 * width, (1 - box.y0) * height)
    writer.add_annotation(0, FreeText(text=PRICE, rect=sides))


def with_xfa(writer: PdfWriter) -> None:
    """A form of the old kind, which says everything a second time in XML."""
    packet = StreamObject()
    packet._data = f"<xdp><price>{PRICE}</price></xdp>".encode()
    form = {NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): writer._add_object(packet)}
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(form)


def with_metadata(writer: PdfWriter) -> None:
    packet = StreamObject()
    packet.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    packet._data = f"<x:xmpmeta>{PRICE}</x:xmpmeta>".encode()
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    writer.add_metadata({"/Keywords": PRICE})


def with_thumbnail(writer: PdfWriter) -> None:
    """A small picture of the page as it was, and what a program that made it has remembered."""
    small = look(invoice(), dpi=40).convert("L")
    sort = {"/Type": NameObject("/XObject"), "/Subtype": NameObject("/Image"), "/ColorSpace": NameObject("/DeviceGray")}
    thumbnail = StreamObject()
    thumbnail.update({NameObject(key): value for key, value in sort.items()})
    thumbnail._data = small.tobytes()
    writer.pages[0][NameObject("/Thumb")] = writer._add_object(thumbnail)
    remembered = DictionaryObject({NameObject("/Private"): TextStringObject(PRICE)})
    writer.pages[0][NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Maker"): remembered})


def with_spoken_text(writer: PdfWriter) -> None:
    """What a screen reader says instead."""
    spoken = {NameObject("/Type"): NameObject("/StructTreeRoot"), NameObject("/ActualText"): TextStringObject(PRICE)}
    writer.root_object[NameObject("/StructTreeRoot")] = DictionaryObject(spoken)


def with_form_field() -> bytes:
    """The price in a field of a form."""
    appearance = f"/Tx BMC BT /F 20 Tf 2 6 Td ({PRICE}) Tj ET EMC"
    form = f"<</Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F 5 0 R>>>>/Length {len(appearance)}>>\nstream\n"
    field = f"<</Type/Annot/Subtype/Widget/FT/Tx/T(price)/V({PRICE})/Rect[60 500 260 530]/F 4/AP<</N 6 0 R>>>>"
    return made_of(
        b"BT /F 40 Tf 60 700 Td (Harbour) Tj ET",
        catalogue="/AcroForm<</Fields[7 0 R]/DR<</Font<</F 5 0 R>>>>>>",
        page="/Annots[7 0 R]",
        objects=(form + appearance + "\nendstream", field),
    )


def with_earlier_version() -> bytes:
    """A file in which the price was overwritten by a later save; what was there before is still in it."""
    before = made_of(f"BT /F 40 Tf 60 700 Td (Harbour) Tj 0 -200 Td ({PRICE}) Tj ET".encode())
    later = b"4 0 obj\n<</Length 45>>\nstream\nBT /F 40 Tf 60 700 Td (Harbour) Tj ET         \nendstream\nendobj\n"
    table = len(before) + len(later)
    entry = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    previous = int(before.rsplit(b"startxref\n", 1)[1].split()[0])
    return before + later + entry % (len(before), previous, table)


def marked_content() -> bytes:
    """The price said a second time beside its letters (ISO 32000-1, 14.9.4), and below white paint."""
    content = (
        f"BT /F 40 Tf 60 700 Td (Harbour) Tj ET /Span <</ActualText({PRICE})>> BDC BT /F 30 Tf 60 500 Td (x) Tj ET EMC "
    )
    return made_of(f"{content} BT /F 30 Tf 60 300 Td ({PRICE}) Tj ET 1 g 50 280 300 60 re f".encode())


def of_invoice(*changes: Change) -> Callable[[], bytes]:
    return lambda: changed(invoice(), *changes)


PAPERS: dict[str, Callable[[], bytes]] = {
    "plain": of_invoice(),
    "turned": of_invoice(turned(90)),
    "cropped and turned back": of_invoice(moved, turned(270)),
    "annotation": of_invoice(with_note),
    "form field": with_form_field,
    "XFA": of_invoice(with_xfa),
    "metadata": of_invoice(with_metadata),
    "thumbnail": of_invoice(with_thumbnail),
    "spoken text": of_invoice(with_spoken_text),
    "attachment, script and outline": of_invoice(with_attachment, with_script, with_outline),
    "earlier version": with_earlier_version,
    "marked content": marked_content,
}
# Where the price stands on those that are not the invoice: fractions of A4.
_PLACES = {"form field": Box(0.08, 0.36, 0.45, 0.42), "marked content": Box(0.08, 0.55, 0.5, 0.7)}


def word_box(pdf: bytes) -> Box:
    return next(word.box for word in words_on(pdf) if word.text == PRICE)


def covered(kind: str, original: bytes) -> list[Box]:
    found = [word.box for word in words_on(original) if PRICE in word.text]
    return [*found, *([_PLACES[kind]] if kind in _PLACES else [])]


@pytest.fixture(scope="module", params=PAPERS)
def redacted(request: pytest.FixtureRequest, composer: Composer) -> tuple[bytes, bytes, list[Box]]:
    """The original, its copy, and the boxes."""
    original = PAPERS[request.param]()
    boxes, words = covered(request.param, original), words_on(original)
    kept = [Word(word.text, word.box) for word in words]
    return original, composer.redacted(original, {1: boxes}, NOTE, {1: kept}).content, boxes


def by_poppler(pdf: bytes, folder: Path) -> Image.Image:
    (folder / "copy.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", str(_DPI), "-png", "-singlefile", folder / "copy.pdf", folder / "copy"], check=True
    )
    return Image.open(folder / "copy.png").convert("RGB")


def test_it_was_there_before(redacted: tuple[bytes, bytes, list[Box]]) -> None:
    original, _, boxes = redacted
    assert PRICE.encode() in everything_in(original) or any(PRICE in text for text in texts(original))
    assert boxes or b"/Prev" in original


def test_no_text_of_it_is_left(redacted: tuple[bytes, bytes, list[Box]]) -> None:
    _, copy, _ = redacted
    found = pdfium.PdfDocument(copy)[0].get_textpage().get_text_range()
    by_another = subprocess.run(["pdftotext", "-", "-"], input=copy, capture_output=True, check=True).stdout.decode()
    for text in (found, by_another):
        assert PRICE not in "".join(text.split())
        assert "Harbour" in text


def test_no_byte_of_it_is_left_in_any_stream(redacted: tuple[bytes, bytes, list[Box]]) -> None:
    _, copy, _ = redacted
    unpacked = io.BytesIO()
    with pikepdf.open(io.BytesIO(copy)) as opened:
        assert opened.check_pdf_syntax() == []
        opened.save(unpacked, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    for content in (everything_in(copy), unpacked.getvalue()):
        for said in (PRICE.encode(), PRICE.encode("utf-16-be"), PRICE.encode().hex().encode()):
            assert said not in content
        assert PRICE.encode("utf-16-be").hex().encode() not in content.lower()


def test_no_pixel_of_it_is_left(redacted: tuple[bytes, bytes, list[Box]], tmp_path: Path) -> None:
    original, copy, boxes = redacted
    page = look(original, dpi=_DPI)
    for shown in (look(copy, dpi=_DPI), by_poppler(copy, tmp_path)):
        for box in boxes:
            sides = (box.x0 * page.width, box.y0 * page.height, box.x1 * page.width, box.y1 * page.height)
            low, high = shown.crop(tuple(map(round, sides))).convert("L").getextrema()
            assert high <= 2  # type: ignore[operator]
            assert low == 0


def test_the_picture_itself_is_black_there(redacted: tuple[bytes, bytes, list[Box]]) -> None:
    """Not only what a program shows of it."""
    _, copy, boxes = redacted
    with pikepdf.open(io.BytesIO(copy)) as opened:
        form = opened.pages[0].Resources.XObject.P
        picture = pikepdf.PdfImage(form.Resources.XObject.P).as_pil_image().convert("L")
    for box in boxes:
        sides = (box.x0 * picture.width, box.y0 * picture.height, box.x1 * picture.width, box.y1 * picture.height)
        assert picture.crop(tuple(map(int, sides))).getextrema()[1] <= 2  # type: ignore[operator]


def test_nothing_else_came_with_it(redacted: tuple[bytes, bytes, list[Box]]) -> None:
    _, copy, _ = redacted
    with pikepdf.open(io.BytesIO(copy)) as opened:
        left = {"/Names", "/OpenAction", "/AA", "/Outlines", "/AcroForm", "/AF", "/StructTreeRoot", "/OCProperties"}
        assert left.isdisjoint(opened.Root.keys())
        assert {"/Annots", "/Thumb", "/PieceInfo", "/AA", "/Metadata"}.isdisjoint(opened.pages[0].keys())
        assert list(opened.attachments) == []
