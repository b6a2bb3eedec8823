"""Whole documents to pages, with the real Tesseract."""

import io

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.reading.documents import as_bytes, joined, letter, pdf_of, picture_of, scan_of, written
from vault.domain.errors import Unreadable
from vault.domain.readings import Box, Page, PageSource, Problem
from vault.reading.pages import Loaded, load, load_pages
from vault.sandbox.limits import Limits

FRENCH = """<style>@page { size: A4; margin: 20mm } body { margin: 0; font: 13pt/1.5 'DejaVu Sans', sans-serif }</style>
<p>Lumières du Port SARL<br>35 rue de la Plage<br>69001 Lyon</p><h2>Facture n° 2041</h2>
<p>Date de la facture : 31 janvier 2026</p><p>Nous vous remercions de votre commande. Le règlement est à effectuer
dans les trente jours à réception de la facture, par virement. Les marchandises ont été expédiées la veille.</p>
<p>Lampe de bureau, laiton, quantité 3, montant total à régler : 58,50 €</p>"""


def loaded(data: bytes, limits: Limits | None = None) -> Loaded:
    return load(data, limits or Limits(), lambda done, total: None)


def only_page(data: bytes) -> Page:
    (page,) = loaded(data).pages
    return page


def box_of(text: str, page: Page) -> Box:
    return next(word.box for word in page.words if word.text == text)


def displayed(data: bytes) -> Page:
    result = loaded(data)
    return result.placements[0].page(result.pages[0])


def invisible(pdf: bytes) -> bytes:
    """The PDF with its text drawn in rendering mode 3, as OCR programs put text behind a scan."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    content = writer.pages[0].get_contents()
    assert content is not None
    content.set_data(content.get_data().replace(b"BT", b"BT 3 Tr"))
    writer.pages[0].replace_contents(content)
    return written(writer)


def near(box: Box, other: Box) -> bool:
    pairs = zip((box.x0, box.y0, box.x1, box.y1), (other.x0, other.y0, other.x1, other.y1), strict=True)
    return all(abs(a - b) < 0.012 for a, b in pairs)


def test_a_text_page_is_read_as_it_is(text_pdf: bytes) -> None:
    page = only_page(text_pdf)
    assert (page.source, page.language, page.dpi, page.confidence) == (PageSource.TEXT, "en", None, 1.0)
    assert (round(page.width), round(page.height)) == (595, 842)


def test_a_scan_is_read_with_the_same_words_in_the_same_places(text_pdf: bytes, scanned_pdf: bytes) -> None:
    printed, scanned = only_page(text_pdf), only_page(scanned_pdf)
    assert (scanned.source, scanned.language) == (PageSource.OCR, "en")
    assert scanned.dpi == pytest.approx(200, abs=2)
    found = {word.text for word in scanned.words}
    assert len(found & {word.text for word in printed.words}) >= 0.9 * len({word.text for word in printed.words})
    for text in ("Harbour", "Invoice", "GBP"):
        assert near(box_of(text, scanned), box_of(text, printed))


def test_the_decision_is_made_page_by_page(text_pdf: bytes, scanned_pdf: bytes) -> None:
    pages = loaded(joined(text_pdf, scanned_pdf, text_pdf)).pages
    assert [page.source for page in pages] == [PageSource.TEXT, PageSource.OCR, PageSource.TEXT]
    assert [page.number for page in pages] == [1, 2, 3]


def test_a_blank_page_has_no_words_and_no_problem() -> None:
    result = loaded(joined(letter(), scan_of(Image.new("L", (1654, 2339), 255))))
    assert result.pages[1].words == ()
    assert result.problems == ()


def test_hidden_text_is_not_believed_over_what_the_page_shows(text_pdf: bytes) -> None:
    lie = "<style>@page{size:A4;margin:20mm}</style>" + "<p>Total due: 1.00 GBP please pay the amount</p>" * 12
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scan_of(picture_of(text_pdf)))))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(invisible(pdf_of(lie)))).pages[0])
    result = loaded(written(writer))
    assert result.pages[0].source is PageSource.OCR
    assert "58.50" in result.pages[0].text
    assert "1.00" not in result.pages[0].text
    assert result.problems == (Problem("text_layer_replaced", 1),)


def test_the_language_is_found_before_the_page_is_read() -> None:
    page = only_page(as_bytes(picture_of(pdf := _french(), 200)))
    assert page.language == "fr"
    printed = {word.text for word in only_page(pdf).words if not word.text.isascii()}
    assert printed
    assert len(printed & {word.text for word in page.words}) >= 0.6 * len(printed)


def _french() -> bytes:
    return pdf_of(FRENCH)


@pytest.mark.parametrize("angle", [3.0, -5.0])
def test_words_of_a_skewed_scan_come_back_to_where_they_stand(text_pdf: bytes, angle: float) -> None:
    straight = picture_of(text_pdf)
    skewed = straight.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    total = box_of("GBP", displayed(as_bytes(skewed)))
    expected = _turned(box_of("GBP", only_page(text_pdf)), angle, straight.size)
    assert abs(total.middle[0] - expected[0]) < 0.01
    assert abs(total.middle[1] - expected[1]) < 0.01


def _turned(box: Box, angle: float, size: tuple[int, int]) -> tuple[float, float]:
    """Where the middle of `box` is after the picture was turned counter-clockwise about its centre."""
    turn = np.radians(angle)
    x, y = (box.middle[0] - 0.5) * size[0], (box.middle[1] - 0.5) * size[1]
    return (
        float(x * np.cos(turn) + y * np.sin(turn)) / size[0] + 0.5,
        float(-x * np.sin(turn) + y * np.cos(turn)) / size[1] + 0.5,
    )


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_page_scanned_the_wrong_way_round_is_read(text_pdf: bytes, turns: int) -> None:
    turned = picture_of(text_pdf).rotate(turns, expand=True)
    result = loaded(as_bytes(turned))
    (straight,) = result.pages
    assert near(box_of("Harbour", straight), box_of("Harbour", only_page(text_pdf)))
    shown = result.placements[0].page(straight)
    assert (shown.width > shown.height) == (turns != 180)
    height = box_of("Harbour", shown).middle[1]
    assert height < 0.2 if turns == 270 else height > 0.8


def test_a_dark_yellowed_photo_is_read(text_pdf: bytes) -> None:
    page = np.asarray(picture_of(text_pdf), dtype=np.float32)
    light = np.linspace(0.35, 0.9, page.shape[1]) * np.linspace(1.0, 0.6, page.shape[0])[:, None]
    photo = Image.fromarray((page * light + 12).astype(np.uint8))
    assert {"Harbour", "Invoice", "58.50", "GBP"} <= {word.text for word in only_page(as_bytes(photo, "JPEG")).words}


def test_each_frame_of_a_fax_is_read(text_pdf: bytes) -> None:
    page = picture_of(text_pdf)
    pages = loaded(as_bytes(page, "TIFF", save_all=True, append_images=[page])).pages
    assert ["Harbour" in page.text for page in pages] == [True, True]


def test_pages_that_do_not_fit_in_the_time_are_left_unread(text_pdf: bytes, scanned_pdf: bytes) -> None:
    result = loaded(joined(text_pdf, scanned_pdf, scanned_pdf), Limits(seconds=0.0))
    assert [page.source for page in result.pages] == [PageSource.TEXT, PageSource.UNREAD, PageSource.UNREAD]
    assert result.problems == (Problem("time_budget", 2), Problem("time_budget", 3))


def test_a_page_that_takes_too_long_is_given_up(scanned_pdf: bytes) -> None:
    result = loaded(joined(*[scanned_pdf] * 30), Limits(seconds=2.5, threads=1))
    assert result.pages[-1].source is PageSource.UNREAD
    assert Problem("time_budget", 30) in result.problems


def test_too_many_pages_are_refused(text_pdf: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        loaded(joined(*[text_pdf] * 4), Limits(pages=3))
    assert refused.value.reason == "too_many_pages"
    assert "3 pages" in str(refused.value.message)


def test_too_many_bytes_are_refused(text_pdf: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        loaded(text_pdf, Limits(size=100))
    assert refused.value.reason == "too_large"


def test_progress_is_told_page_by_page(text_pdf: bytes) -> None:
    steps: list[tuple[int, int]] = []
    load_pages(joined(text_pdf, text_pdf), Limits(), lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]
