"""The combined PDF: everything is in it, in order, and can be found."""

import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from tests.composing.papers import changed, invoice, names_in, texts, turned, with_attachment, with_script
from tests.reading.documents import encrypted, joined, picture_of, scan_of
from vault.composing.binder import combine
from vault.composing.book import Book, Piece, Section
from vault.composing.composer import Composer
from vault.composing.pages import Pages
from vault.composing.papers import Cover, InvoiceFacts, MonthSales, SalesRecord, SectionFacts, Sheet
from vault.domain.errors import Unreadable

COVER = Cover("Invoices for two lamps", "Nordlicht GmbH", "Nordlicht", "amazon.de", "18273645", date(2026, 11, 22))
LAMP = SectionFacts("B0C1D2E3F4", "Desk lamp, brass", units_invoiced=3, units_sold=2)
FACTS = InvoiceFacts("2041", "深圳市灯具有限公司", date(2026, 1, 31), 3)
MakeBook = Callable[..., Book]


@pytest.fixture(scope="module")
def pieces(composer: Composer) -> tuple[Piece, ...]:
    months = (MonthSales(date(2025, 1, 1), 1), MonthSales(date(2025, 2, 1), 1))
    sales = SalesRecord(LAMP.asin, LAMP.product, date(2025, 1, 1), date(2025, 2, 28), months)
    record = composer.printed(Pages("en", Sheet.A4).paper(sales), "Sales record", "en")
    return (
        Piece("Invoice 2041", composer.marked(invoice(), {}, "Copy").content, FACTS, copied=True),
        Piece("Sales record", record.content, framed=False, pages=record.pages),
    )


@pytest.fixture(scope="module")
def book(pieces: tuple[Piece, ...]) -> MakeBook:
    def make(*more: Piece, archival: bool = False) -> Book:
        sections = (Section("Letters", (Piece("Letter", invoice()),)), Section("Desk lamp", (*pieces, *more), LAMP))
        return Book(COVER, sections, archival=archival)

    return make


@pytest.fixture(scope="module")
def usual(composer: Composer, book: MakeBook, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The combined PDF of a letter, a marked copy and a sales record."""
    return bound(composer, book(), tmp_path_factory.mktemp("usual"))


def bound(composer: Composer, book: Book, folder: Path) -> bytes:
    combine(composer, book, folder / "combined.pdf")
    return (folder / "combined.pdf").read_bytes()


def test_everything_is_there_in_order(composer: Composer, book: MakeBook, tmp_path: Path) -> None:
    scan = scan_of(picture_of(invoice(), dpi=100))
    made = combine(composer, book(Piece("Scan", joined(scan, scan))), tmp_path / "combined.pdf")
    titles = [(place.title, place.first, place.pages) for place in made.places]
    assert titles == [
        ("Letters", 3, 1),
        ("Letter", 3, 1),
        ("Desk lamp", 4, 5),
        ("Invoice 2041", 5, 1),
        ("Sales record", 6, 1),
        ("Scan", 7, 2),
    ]
    assert made.pages == 8
    assert made.size == (tmp_path / "combined.pdf").stat().st_size
    assert len(pdfium.PdfDocument(tmp_path / "combined.pdf")) == 8


def test_every_page_says_which_of_how_many_it_is(usual: bytes) -> None:
    for text in texts(usual):
        assert all(f"{page} of 6" in text for page in range(1, 7))


def test_index_and_bookmarks_lead_to_the_pages(usual: bytes) -> None:
    reader = PdfReader(io.BytesIO(usual))
    marks = [mark for item in reader.outline for mark in (item if isinstance(item, list) else [item])]
    assert [(mark.title, reader.get_destination_page_number(mark) + 1) for mark in marks] == [  # type: ignore[operator]
        ("Letters", 3),
        ("Letter", 3),
        ("Desk lamp", 4),
        ("Invoice 2041", 5),
        ("Sales record", 6),
    ]
    places = reader.named_destinations
    links = [link.get_object()["/A"]["/D"] for link in reader.pages[1]["/Annots"]]  # type: ignore[index, attr-defined]
    led_to = {reader.get_destination_page_number(places[link]) for link in links}
    assert led_to == {2, 3, 4, 5}


def test_names_in_any_script_are_shown(usual: bytes) -> None:
    assert all("深圳市灯具有限公司" in text for text in texts(usual))


def test_titles_in_any_script_are_stamped(composer: Composer, book: MakeBook, tmp_path: Path) -> None:
    pdf = bound(composer, book(Piece("发票 2042", invoice())), tmp_path)
    stamped = pdfium.PdfDocument(pdf)[6].get_textpage().get_text_range()
    assert "Desk lamp · 发票 2042" in stamped


def test_what_acts_stays_behind(composer: Composer, book: MakeBook, tmp_path: Path) -> None:
    pdf = bound(composer, book(Piece("Hostile", changed(invoice(), with_attachment, with_script))), tmp_path)
    for word in (b"JavaScript", b"/Launch", b"EmbeddedFile", b"cmd.exe", b"/URI"):
        assert word not in pdf
    assert "/OpenAction" not in names_in(pdf)


def test_pages_stand_upright_on_sheets_of_one_size(composer: Composer, book: MakeBook, tmp_path: Path) -> None:
    pdf = pdfium.PdfDocument(bound(composer, book(Piece("Turned", changed(invoice(), turned(90)))), tmp_path))
    sizes = {tuple(round(side) for side in pdf[index].get_size()) for index in range(len(pdf))}
    assert sizes == {(595, 842), (842, 595)}


def test_the_same_book_gives_the_same_bytes(usual: bytes, book: MakeBook, tmp_path: Path) -> None:
    with Composer() as another:
        assert bound(another, book(), tmp_path) == usual


def test_it_conforms_where_every_page_does(composer: Composer, book: MakeBook, tmp_path: Path) -> None:
    made = combine(composer, book(archival=True), tmp_path / "combined.pdf")
    assert made.conforms
    assert made.drawn == 2  # the letter and the invoice embed their fonts, but do not say that they conform
    assert composer.check(tmp_path / "combined.pdf") == ()


def test_it_does_not_claim_what_was_not_checked(composer: Composer, book: MakeBook, tmp_path: Path) -> None:
    made = combine(composer, book(), tmp_path / "combined.pdf")
    assert not made.conforms
    assert made.drawn == 0
    assert b"pdfaid" not in (tmp_path / "combined.pdf").read_bytes()


def test_a_long_index_moves_the_pages_that_it_names(composer: Composer, tmp_path: Path) -> None:
    page = composer.printed("<p>x", "", "en").content
    pieces = tuple(Piece(f"Letter {number}", page, framed=False, pages=1) for number in range(90))
    made = combine(composer, Book(COVER, (Section("Letters", pieces),)), tmp_path / "combined.pdf")
    first = made.places[1].first
    assert first > 4
    pdf = pdfium.PdfDocument(tmp_path / "combined.pdf")
    assert f"Letter 0 {first}" in " ".join(pdf[1].get_textpage().get_text_range().split())
    assert made.pages == first + 89


def test_a_locked_piece_is_refused(composer: Composer, book: MakeBook, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        combine(composer, book(Piece("Locked", encrypted(invoice(), "secret"))), tmp_path / "combined.pdf")
    assert refused.value.reason == "encrypted"


def test_it_needs_room_beside_the_file_alone(
    usual: bytes, composer: Composer, book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    assert bound(composer, book(), tmp_path) == usual
    assert [each.name for each in tmp_path.iterdir()] == ["combined.pdf"]
