"""Data that belongs to a printed page goes into its PDF as files, and the PDF says that it is PDF/A-3b."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from tests.composing.papers import changed
from vault.composing.associated import Attachment
from vault.composing.composer import Composer

TABLE = Attachment(
    "é figures.csv", "text/csv", "The figures (a table)", "\ufefffigure,value\r\na,1\r\n", "D:20261103090000Z"
)
DATA = Attachment("data.json", "application/json", "The figures", '{"a": 1}\n', "D:20261103090000Z")


@pytest.fixture
def pdf(composer: Composer) -> bytes:
    return composer.printed("<h1>Report</h1>", "Report", "en", (TABLE, DATA)).content


def filespecs(pdf: bytes) -> list[DictionaryObject]:
    listed = PdfReader(io.BytesIO(pdf)).root_object["/AF"]
    return [each.get_object() for each in listed]  # type: ignore[attr-defined]


def test_attached_data_is_found_with_its_bytes_by_readers(pdf: bytes) -> None:
    found = PdfReader(io.BytesIO(pdf)).attachments
    assert found["data.json"] == [DATA.text.encode()]
    assert found["é figures.csv"] == [TABLE.text.encode()]


def test_it_is_told_what_attached_data_is_to_the_document(pdf: bytes) -> None:
    found = {str(each["/UF"]): each for each in filespecs(pdf)}
    assert {str(each["/AFRelationship"]) for each in found.values()} == {"/Data"}
    stream = found["data.json"]["/EF"]["/F"].get_object()  # type: ignore[index]
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/ModDate"] == "D:20261103090000Z"
    assert stream["/Params"]["/Size"] == len(DATA.text)


def test_with_data_in_it_the_page_says_part_three_and_conforms(composer: Composer, pdf: bytes) -> None:
    metadata = PdfReader(io.BytesIO(pdf)).root_object["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in metadata.get_data()
    assert composer.check(pdf) == ()


def test_the_same_page_and_data_give_the_same_bytes(composer: Composer, pdf: bytes) -> None:
    assert composer.printed("<h1>Report</h1>", "Report", "en", (DATA, TABLE)).content == pdf


@pytest.mark.parametrize("key", ["/AFRelationship", "/UF"])
def test_data_that_does_not_say_what_it_is_keeps_a_file_from_conforming(
    composer: Composer, pdf: bytes, key: str
) -> None:
    def take(writer: PdfWriter) -> None:
        listed = writer.root_object["/AF"]
        del listed[0].get_object()[key]  # type: ignore[index]

    assert "embedded_file" in composer.check(changed(pdf, take))


def test_data_that_belongs_to_nothing_keeps_a_file_from_conforming(composer: Composer, pdf: bytes) -> None:
    def take(writer: PdfWriter) -> None:
        del writer.root_object[NameObject("/AF")]

    assert "embedded_file" in composer.check(changed(pdf, take))
