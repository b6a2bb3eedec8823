import io

import pytest
from pypdf import PdfWriter

from tests.reading.documents import encrypted, letter, pdf_of, written
from vault.domain.errors import Unreadable
from vault.reading.pdf import Layer, PdfFile


def layer_of(pdf: bytes) -> Layer:
    with PdfFile(pdf) as opened:
        return opened.page(1).layer(10_000)


def test_words_come_with_boxes_in_fractions_from_the_top_left(text_pdf: bytes) -> None:
    words = {word.text: word for word in layer_of(text_pdf).words}
    first, last = words["Harbour"].box, words["GBP"].box
    assert first.x0 == pytest.approx(20 / 210, abs=0.01)  # the margin of the page: 20 of 210 mm
    assert first.y0 == pytest.approx(20 / 297, abs=0.02)
    assert 0.005 < first.y1 - first.y0 < 0.02
    assert last.y0 > first.y1


def test_boxes_follow_the_page_as_it_is_displayed() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(letter()))
    writer.pages[0].rotate(90)
    with PdfFile(written(writer)) as turned:
        page = turned.page(1)
        assert page.width > page.height
        harbour = next(word.box for word in page.layer(100).words if word.text == "Harbour")
    assert harbour.x0 > 0.8  # what was at the top is now at the right
    assert harbour.y1 - harbour.y0 > harbour.x1 - harbour.x0


def test_a_fake_bold_is_one_word() -> None:
    twice = "<p style='position:absolute;top:0'>Total</p>" * 2
    assert [word.text for word in layer_of(pdf_of(twice)).words] == ["Total"]


def test_words_off_the_page_are_not_read() -> None:
    page = "<p>Here</p><p style='position:absolute;left:-400mm'>Hidden</p>"
    assert [word.text for word in layer_of(pdf_of(page)).words] == ["Here"]


def test_an_empty_user_password_opens_by_itself(text_pdf: bytes) -> None:
    assert layer_of(encrypted(text_pdf, "")).words == layer_of(text_pdf).words


def test_a_password_is_needed(text_pdf: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        PdfFile(encrypted(text_pdf, "secret"))
    assert refused.value.reason == "encrypted"


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\n" + b"\xff" * 5000])
def test_rubbish_behind_a_header_is_damaged(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        PdfFile(content)
    assert refused.value.reason == "damaged"


def test_junk_before_the_header_does_no_harm(text_pdf: bytes) -> None:
    assert layer_of(b"junk\r\n" * 50 + text_pdf).words


def test_a_huge_page_is_drawn_within_bounds() -> None:
    huge = pdf_of("<style>@page { size: 5000mm 5000mm }</style><p>x</p>")
    with PdfFile(huge) as opened:
        drawn = opened.page(1).render(dpi=300, most_pixels=1_000_000)
    assert drawn.width * drawn.height <= 1_010_000
