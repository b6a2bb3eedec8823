"""What keeps a file from conforming to PDF/A is found; what conforms is not blamed."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject, TextStringObject

from tests.composing.papers import Change, changed, encrypted_for_nobody, made_of, with_attachment, with_script
from vault.composing.composer import Composer

PAGE = "<h1>Desk lamp</h1>"


def on_page(name: str, value: DictionaryObject) -> Change:
    """`value` among the resources of the page, where nothing uses it."""

    def change(writer: PdfWriter) -> None:
        resources = writer.pages[0]["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        resources[NameObject(name)] = DictionaryObject({NameObject("/X"): writer._add_object(value)})

    return change


def entries(**values: object) -> DictionaryObject:
    made = {}
    for name, value in values.items():
        made[NameObject(f"/{name}")] = NameObject(f"/{value}") if isinstance(value, str) else value
    return DictionaryObject(made)


def stream(**values: object) -> StreamObject:
    made = StreamObject()
    made.update(entries(**values))
    made._data = b"x"
    return made


def without(key: str) -> Change:
    return lambda writer: writer.root_object.pop(key)  # type: ignore[return-value]


def with_annotation(writer: PdfWriter) -> None:
    writer.add_annotation(0, entries(Type="Annot", Subtype="Movie", Rect=writer.pages[0].mediabox))


FLAWS: dict[str, Change] = {
    "no_claim": without("/Metadata"),
    "embedded_file": with_attachment,
    "action": with_script,
    "additional_actions": with_script,
    "annotation": with_annotation,
    "filter": on_page("/XObject", stream(Subtype="Image", Filter="LZWDecode")),
    "external_stream": on_page("/XObject", stream(Subtype="Image", F=TextStringObject("elsewhere"))),
    "postscript": on_page("/XObject", stream(Subtype="PS")),
    "image": on_page("/XObject", stream(Subtype="Image", Alternates=NumberObject(1))),
    "reference": on_page("/XObject", stream(Subtype="Form", Ref=NumberObject(1))),
    "inks": on_page("/XObject", stream(Subtype="Image", ColorSpace="DeviceCMYK")),
    "transfer_function": on_page("/ExtGState", entries(Type="ExtGState", TR="Identity")),
    "blend_mode": on_page("/ExtGState", entries(Type="ExtGState", BM="Sepia")),
    "font_not_embedded": on_page("/Font", entries(Type="Font", Subtype="Type1", BaseFont="Helvetica")),
}


def test_a_page_of_ours_conforms(composer: Composer) -> None:
    assert composer.check(composer.printed(PAGE).content) == ()


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_is_found(composer: Composer, flaw: str) -> None:
    page = composer.printed(PAGE).content
    assert flaw in composer.check(changed(page, FLAWS[flaw]))


def test_colours_of_printing_inks_are_found(composer: Composer) -> None:
    assert "inks" in composer.check(made_of(b"0 0 0 1 k 10 10 50 50 re f"))
    assert "inks" not in composer.check(made_of(b"0 0 0 rg 10 10 50 50 re f"))


def test_encryption_is_found(composer: Composer) -> None:
    assert "encrypted" in composer.check(encrypted_for_nobody(composer.printed(PAGE).content))


def test_a_file_without_identifier_is_found(composer: Composer) -> None:
    page = composer.printed(PAGE).content
    assert "identifier" in composer.check(page.replace(b"/ID[", b"/XX["))


def test_an_ordinary_pdf_does_not_conform(composer: Composer) -> None:
    assert set(composer.check(made_of(b""))) >= {"no_claim", "font_not_embedded"}


def test_titles_say_the_same_in_both_places(composer: Composer) -> None:
    reader = PdfReader(io.BytesIO(composer.printed(PAGE, "Lampe <é> 灯", "de").content))
    assert reader.metadata is not None
    assert reader.xmp_metadata is not None
    assert reader.metadata.title == "Lampe <é> 灯"
    assert reader.xmp_metadata.dc_title["x-default"] == "Lampe <é> 灯"
    assert FloatObject(reader.pdf_header.removeprefix("%PDF-")) == 1.7
