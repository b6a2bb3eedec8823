"""The combined PDF opens wherever it may be opened, shows the same there, and whatever leads somewhere leads there."""

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.composing.papers import (
    changed,
    encrypted_for_nobody,
    in_larger_units,
    invoice,
    made_of,
    turned,
    with_attachment,
    with_form_field,
    with_hidden_layer,
    word_on,
    words_on,
)
from tests.reading.documents import as_bytes, picture_of, scan_of
from tests.servers.waiting import wait_until
from vault.composing.binder import combine
from vault.composing.book import Book, Combined, Piece, Section
from vault.composing.composer import Composer
from vault.composing.papers import Cover, InvoiceFacts, SectionFacts
from vault.domain.readings import Box

COVER = Cover("Invoices for two lamps", "Nordlicht GmbH", "Nordlicht", "amazon.de", "18273645", date(2026, 11, 22))
LAMP = SectionFacts("B0C1D2E3F4", "Desk lamp, brass", units_invoiced=3, units_sold=2)
FACTS = InvoiceFacts("2041", "Harbour Lamps Ltd", date(2026, 1, 31), 3)
_LOOK_DPI = 72

# What can be searched on the pages of each piece, whatever became of them.
ORIGINALS: dict[str, tuple[bytes, str]] = {
    "plain": (invoice(), "Harbour Lamps Ltd"),
    "photo": (as_bytes(picture_of(invoice()), "JPEG"), ""),
    "scan": (scan_of(picture_of(invoice())), ""),
    "encrypted": (encrypted_for_nobody(invoice()), "Harbour Lamps Ltd"),
    "form": (with_form_field(), "Total 42"),
    "landscape": (changed(invoice(), turned(90)), "Harbour Lamps Ltd"),
    "odd size": (changed(invoice(), in_larger_units), "Harbour Lamps Ltd"),
    "narrow receipt": (made_of(b"BT /F 20 Tf 10 500 Td (Till 7) Tj ET", page="/CropBox[0 300 140 842]"), "Till 7"),
    "layers": (with_hidden_layer(), "Lamp"),
    "attachment": (changed(invoice(), with_attachment), "Harbour Lamps Ltd"),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A combined PDF at `path`. `said`: by page, what stands there to be searched."""

    path: Path
    made: Combined
    said: dict[int, str]

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()


@pytest.fixture(scope="module", params=["with vectors", "archival"])
def bound(request: pytest.FixtureRequest, composer: Composer, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    """Every kind of original, marked; and one redacted."""
    archival = request.param == "archival"
    pieces = [
        Piece(name, composer.marked(content, {1: [Box(0.1, 0.3, 0.6, 0.33)]}, "Copy", archival=archival).content, FACTS)
        for name, (content, _) in ORIGINALS.items()
    ]
    hidden = {1: [word_on(invoice(), "19.50")]}
    redacted = composer.redacted(invoice(), hidden, "Copy without prices", {1: words_on(invoice())})
    pieces.append(Piece("redacted", redacted.content, FACTS, copied=True, pages=redacted.pages))
    sections = (Section("Letters", (Piece("Our answer", invoice()),)), Section("Desk lamp", tuple(pieces), LAMP))
    path = tmp_path_factory.mktemp("bound") / "combined.pdf"
    made = combine(composer, Book(COVER, sections, archival=archival), path)
    words = {name: word for name, (_, word) in ORIGINALS.items()} | {"redacted": "Harbour", "Our answer": "Harbour"}
    return Bound(path, made, {place.first: words[place.title] for place in made.places if place.title in words})


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def by_pdfium(bound: Bound) -> list[Image.Image]:
    opened = pdfium.PdfDocument(bound.path)
    return [page.render(scale=_LOOK_DPI / 72).to_pil().convert("L") for page in opened]


def by_poppler(bound: Bound, folder: Path) -> list[Image.Image]:
    command = ["pdftoppm", "-r", str(_LOOK_DPI), "-gray", bound.path, folder / "page"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page-*"))]


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Programs draw letters a little differently, and put them in the same places."""
    cells = ImageChops.difference(one, other.resize(one.size, Image.Resampling.BOX)).reduce(12)
    return cells.getextrema()[1] < 90  # type: ignore[operator]


def is_shown(page: Page, wanted: Image.Image) -> bool:
    """Whether the uppermost sheet in the window looks so. Around it is dark."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("L")
    sheet = shown.point(lambda level: 255 if level > 100 else 0).getbbox()
    if sheet is None:
        return False
    left, top, right, _ = sheet
    return alike(shown.crop((left, top, right, top + (right - left) * wanted.height // wanted.width)), wanted)


def test_pdfium_and_poppler_show_the_same_pages(bound: Bound, tmp_path: Path) -> None:
    seen, also_seen = by_pdfium(bound), by_poppler(bound, tmp_path)
    assert len(seen) == len(also_seen) == bound.made.pages
    assert all(min(page.getextrema()) < 100 for page in seen)  # type: ignore[type-var]
    assert [number for number, pair in enumerate(zip(seen, also_seen, strict=True), 1) if not alike(*pair)] == []


def test_chromium_shows_the_pages_too(bound: Bound, chromium: Browser) -> None:
    expected = by_pdfium(bound)
    for number in (1, 2, 5):
        page = chromium.new_page(viewport={"width": 900, "height": 1200})
        page.goto(f"{bound.path.as_uri()}#page={number}&toolbar=0&navpanes=0&view=Fit")
        wait_until(partial(is_shown, page, expected[number - 1]), f"page {number} is shown", seconds=30)
        page.close()


def test_its_structure_is_sound(bound: Bound, composer: Composer) -> None:
    with pikepdf.open(bound.path) as opened:
        assert opened.check_pdf_syntax() == []
    assert (composer.check(bound.path) == ()) is bound.made.conforms


def test_every_page_says_its_number_and_what_stands_on_it_can_be_searched(bound: Bound) -> None:
    opened, total = pdfium.PdfDocument(bound.path), bound.made.pages
    for number in range(1, total + 1):
        command = ["pdftotext", "-f", str(number), "-l", str(number), bound.path, "-"]
        by_another = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        for text in (opened[number - 1].get_textpage().get_text_range(), by_another):
            assert f"{number} of {total}" in text
            assert bound.said.get(number, "") in " ".join(text.split())


def test_bookmarks_lead_to_the_pages(bound: Bound) -> None:
    reader = PdfReader(bound.path)
    marks = [mark for item in reader.outline for mark in (item if isinstance(item, list) else [item])]
    led = [(mark.title, reader.get_destination_page_number(mark)) for mark in marks]  # type: ignore[arg-type]
    assert led == [(place.title, place.first - 1) for place in bound.made.places]


def test_each_link_of_the_index_leads_where_its_words_say(bound: Bound) -> None:
    reader, opened = PdfReader(bound.path), pdfium.PdfDocument(bound.path)
    firsts = {place.title: place.first for place in bound.made.places}
    followed = set()
    for index in range(1, min(firsts.values()) - 1):
        text = opened[index].get_textpage()
        for link in reader.pages[index].get("/Annots", ()):
            annotation = link.get_object()
            place = reader.named_destinations[annotation["/A"]["/D"]]
            said = " ".join(text.get_text_bounded(*map(float, annotation["/Rect"])).split())
            page = (reader.get_destination_page_number(place) or 0) + 1
            assert int(said) == page if re.fullmatch(r"\d+", said) else firsts[said] == page
            followed.add(page)
    assert followed == set(firsts.values())
