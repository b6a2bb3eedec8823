"""PDFs as strangers send them, made on the spot, and looks at what became of them."""

import io
import re
import subprocess
import zlib
from collections.abc import Callable

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

from tests.reading.documents import letter, written
from vault.composing.pdf_objects import PdfFile
from vault.domain.readings import Box, Word
from vault.reading.pdf import PdfFile as ReadFile

XML = b"<Invoice><Price>19.50</Price></Invoice>"
Change = Callable[[PdfWriter], None]


def changed(pdf: bytes, *changes: Change) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for change in changes:
        change(writer)
    return written(writer)


def turned(degrees: int) -> Change:
    return lambda writer: writer.pages[0].update({NameObject("/Rotate"): NumberObject(degrees)})


def moved(writer: PdfWriter) -> None:
    """The same page on a larger sheet whose origin is elsewhere, cropped to what it was."""
    page = writer.pages[0]
    left, bottom, right, top = (float(side) for side in page.mediabox)
    sides = {
        "/MediaBox": (left - 80, bottom - 50, right + 30, top + 90),
        "/CropBox": (left + 40, bottom + 30, right, top - 20),
    }
    for name, box in sides.items():
        page[NameObject(name)] = ArrayObject(FloatObject(side) for side in box)


def in_larger_units(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/UserUnit")] = FloatObject(2.0)


def with_attachment(writer: PdfWriter) -> None:
    writer.add_attachment("factur-x.xml", XML)


def with_script(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('19.50');")}
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject(script)})
    launch = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(launch)


def with_outline(writer: PdfWriter) -> None:
    writer.add_outline_item(title="Lamp for 19.50", page_number=0)
    writer.add_metadata({"/Subject": "19.50 each"})


def encrypted_for_nobody(pdf: bytes) -> bytes:
    """Opens without a password, as many suppliers' PDFs do."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt("", "owner", algorithm="AES-256")
    return written(writer)


def invoice() -> bytes:
    return letter()


def word_on(pdf: bytes, text: str, page: int = 1) -> Box:
    """Where a word stands, as the reader sees it."""
    return next(word.box for word in words_on(pdf, page) if word.text == text)


def words_on(pdf: bytes, page: int = 1) -> list[Word]:
    with ReadFile(pdf) as opened:
        return [Word(word.text, word.box) for word in opened.page(page).layer(5000).words]


def look(pdf: bytes, page: int = 1, dpi: float = 72) -> Image.Image:
    picture: Image.Image = pdfium.PdfDocument(pdf)[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")
    return picture


def texts(pdf: bytes) -> tuple[str, str]:
    """What pdfium and Poppler find."""
    opened = pdfium.PdfDocument(pdf)
    seen = " ".join(opened[index].get_textpage().get_text_range() for index in range(len(opened)))
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return seen, done.stdout.decode()


def everything_in(pdf: bytes) -> bytes:
    """The file and each of its streams unpacked, by a means of its own."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompressobj().decompress(match[1]))
        except zlib.error:
            parts.append(match[1])
    return b"\n".join(parts)


def names_in(pdf: bytes) -> set[str]:
    """The keys of the catalogue and of the pages."""
    reader = PdfReader(io.BytesIO(pdf))
    return set(reader.root_object) | {key for page in reader.pages for key in page}


def made_of(content: bytes, *, catalogue: str = "", page: str = "", objects: tuple[str, ...] = ()) -> bytes:
    """A page of A4 with `content` in Helvetica, which is not embedded. `objects` are numbered from 6."""
    stream = io.BytesIO()
    file = PdfFile(stream)
    first, tree, leaf, drawn, font, *more = (file.reserve() for _ in range(5 + len(objects)))
    file.put(first, f"<</Type/Catalog/Pages {tree} 0 R{catalogue}>>")
    file.put(tree, f"<</Type/Pages/Kids[{leaf} 0 R]/Count 1>>")
    resources = (
        f"/Resources<</Font<</F {font} 0 R>>/Properties<</Hidden 6 0 R>>>>"
        if objects
        else f"/Resources<</Font<</F {font} 0 R>>>>"
    )
    file.put(leaf, f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595 842]{resources}/Contents {drawn} 0 R{page}>>")
    file.stream(drawn, "", content)
    file.put(font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for number, body in zip(more, objects, strict=True):
        file.put(number, body)
    file.close({"Root": first})
    return stream.getvalue()


def with_hidden_layer() -> bytes:
    """“Lamp” shows; “Secret 19.50” stands on a layer that is switched off."""
    content = b"BT /F 40 Tf 60 700 Td (Lamp) Tj ET /OC /Hidden BDC BT /F 40 Tf 60 400 Td (Secret 19.50) Tj ET EMC"
    layers = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>"
    return made_of(content, catalogue=layers, objects=("<</Type/OCG/Name(Hidden)>>",))


def with_form_field() -> bytes:
    """“Total 42” stands in a field of a form, by its appearance."""
    appearance = b"/Tx BMC BT /F 20 Tf 2 6 Td (Total 42) Tj ET EMC"
    form = f"<</Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F 5 0 R>>>>/Length {len(appearance)}>>\nstream\n"
    field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(total)/V(Total 42)/Rect[60 500 260 530]/F 4/AP<</N 6 0 R>>>>"
    return made_of(
        b"BT /F 40 Tf 60 700 Td (Lamp) Tj ET",
        catalogue="/AcroForm<</Fields[7 0 R]/DR<</Font<</F 5 0 R>>>>>>",
        page="/Annots[7 0 R]",
        objects=(form + appearance.decode() + "\nendstream", field),
    )
