"""Edited documents show it, and finished ones do not, whatever made them."""

from itertools import product

import pytest
from PIL import Image
from pypdf import Transformation

from tests.invoices.compose import make_invoice
from tests.invoices.locales import LOCALES
from tests.invoices.render import Layout, render
from tests.reading.documents import LETTER, as_bytes, joined, letter, pdf_of, picture_of, scan_of
from tests.reading.signs.altering import commented, described, drawn_on, patch, place_of, saved_again, typed
from vault.domain.readings import Box, Sign, SignKind
from vault.reading.read import read_document
from vault.reading.signs.pictures import signs_in_picture

PRICE = "58.50"


def signs_of(data: bytes) -> tuple[Sign, ...]:
    signs = read_document(data).signs
    assert signs is not None
    return signs


def only(data: bytes) -> Sign:
    (sign,) = signs_of(data)
    return sign


def covers(box: Box | None, pdf: bytes, word: str) -> bool:
    """Whether the box is where the word stood."""
    left, bottom, right, top = place_of(pdf, word)
    x, y = (left + right) / 2 / 595.28, 1 - (bottom + top) / 2 / 841.89
    return box is not None and box.x0 < x < box.x1 and box.y0 < y < box.y1


@pytest.mark.parametrize(("locale", "layout"), list(product(sorted(LOCALES), Layout)))
def test_a_finished_invoice_has_none(locale: str, layout: Layout) -> None:
    assert signs_of(render(make_invoice(7, locale), layout)) == ()


def test_a_letter_a_scan_and_a_photograph_have_none(text_pdf: bytes, scanned_pdf: bytes) -> None:
    assert signs_of(text_pdf) == signs_of(scanned_pdf) == signs_of(as_bytes(picture_of(text_pdf), "JPEG")) == ()


def test_a_price_that_was_covered_and_written_over(text_pdf: bytes) -> None:
    sign = only(drawn_on(text_pdf, patch(place_of(text_pdf, PRICE), "98.50")))
    assert (sign.kind, sign.raw, sign.compared, sign.page) == (SignKind.COVERED, "98.50", PRICE, 1)
    assert covers(sign.box, text_pdf, PRICE)


def test_a_name_that_was_covered_and_written_over(text_pdf: bytes) -> None:
    sign = only(drawn_on(text_pdf, patch(place_of(text_pdf, "Harbour"), "Mountain")))
    assert (sign.kind, sign.raw, sign.compared) == (SignKind.COVERED, "Mountain", "Harbour")


def test_a_price_that_was_blacked_out(text_pdf: bytes) -> None:
    sign = only(drawn_on(text_pdf, patch(place_of(text_pdf, PRICE), "", "0 0 0")))
    assert (sign.kind, sign.raw, sign.compared) == (SignKind.COVERED, "", PRICE)


def test_a_box_beside_the_text_or_behind_it_covers_nothing() -> None:
    boxed = letter(style="td { background: #eee } p { border: 1px solid; background: #fff }")
    assert signs_of(drawn_on(boxed, patch((450, 700, 500, 720), "Paid 5.00"))) == ()


def test_fields_that_a_report_writer_lays_over_each_other_are_no_sign(text_pdf: bytes) -> None:
    covered = patch(place_of(text_pdf, PRICE), "(58.50)")
    assert signs_of(drawn_on(text_pdf, f"{covered} {typed(80, 60, 'Page 1 of 1')}")) == ()


def test_a_changed_version_that_keeps_the_one_before(text_pdf: bytes) -> None:
    added = drawn_on(text_pdf, typed(80, 100, "Quantity 50"), keep_before=True)
    sign = only(added)
    assert (sign.kind, sign.raw, sign.compared, sign.page) == (SignKind.CHANGED_TEXT, "Quantity 50", "", 1)
    assert covers(sign.box, added, "Quantity")


def test_a_drawing_that_was_added_later(text_pdf: bytes) -> None:
    drawn = drawn_on(text_pdf, "q 0.5 g 300 60 90 40 re f Q", keep_before=True)
    assert [sign.kind for sign in signs_of(drawn)] == [SignKind.CHANGED_LOOK]


def test_the_same_words_elsewhere_are_another_look_and_no_other_text(text_pdf: bytes) -> None:
    moved = saved_again(text_pdf, lambda writer: writer.pages[0].add_transformation(Transformation().translate(30)))
    assert [sign.kind for sign in signs_of(moved)] == [SignKind.CHANGED_LOOK]


def test_what_senders_add_to_a_finished_file_is_no_sign(text_pdf: bytes) -> None:
    with_file = saved_again(text_pdf, lambda writer: writer.add_attachment("terms.xml", b"<terms/>"))
    titled = saved_again(with_file, lambda writer: writer.add_metadata({"/Title": "Invoice 2041"}))
    assert titled.count(b"%%EOF") == 3
    assert signs_of(titled) == ()


def test_one_figure_of_a_number_in_another_font_or_size() -> None:
    fonts = only(letter(more="<p>1<span style='font-family: DejaVu Serif'>9</span>8.50</p>"))
    assert (fonts.kind, fonts.raw, fonts.compared) == (SignKind.MIXED_FONTS, "198.50", "DejaVu-Sans / DejaVu-Serif")
    size = only(letter(more="<p>1<span style='font-size: 13pt'>9</span>8.50</p>"))
    assert (size.kind, size.raw, size.compared) == (SignKind.MIXED_FONTS, "198.50", "12.0 pt / 13.0 pt")


@pytest.mark.parametrize(
    "printed",
    [
        "<b>Total:</b>125.00 and <b>No.</b>4711",
        "<span style='font-family: DejaVu Serif'>€</span>19.99",
        "19<sup style='font-size: 7pt'>99</sup> and 45<sup>1</sup> and CO<sub>2</sub>",
        "<b>12.50</b> 125.00 and 3<i>kg</i>5",
    ],
)
def test_bold_labels_currency_signs_and_raised_figures_are_no_sign(printed: str) -> None:
    assert signs_of(letter(more=f"<p>{printed}</p>")) == ()


def test_a_total_that_the_page_does_not_show() -> None:
    shown = LETTER.replace("58.50 GBP", "<span style='color: white'>58.50</span> GBP")
    sign = only(pdf_of(shown.format(style="", more="")))
    assert (sign.kind, sign.raw) == (SignKind.INVISIBLE, PRICE)


def test_marks_for_an_archive_in_white_and_white_text_on_dark_are_no_sign() -> None:
    marks = "<p style='color: white'>#DOC 4711-0042#</p>"
    dark = "<p style='color: white; background: #123; padding: 1em'>Total 58.50 GBP</p>"
    assert signs_of(letter(more=marks + dark)) == ()


def test_a_typed_comment_over_a_price(text_pdf: bytes, scanned_pdf: bytes) -> None:
    place = place_of(text_pdf, PRICE)
    sign = only(commented(text_pdf, place, "98.50"))
    assert (sign.kind, sign.raw, sign.compared) == (SignKind.LAID_OVER, "98.50", PRICE)
    assert covers(sign.box, text_pdf, PRICE)
    assert signs_of(commented(text_pdf, (400, 60, 500, 80), "Booked 2026-02-03")) == ()
    assert [sign.kind for sign in signs_of(commented(scanned_pdf, place, "98.50"))] == [SignKind.LAID_OVER]


def test_a_number_that_was_pasted_on_a_scan(text_pdf: bytes, scanned_pdf: bytes) -> None:
    pasted = drawn_on(scanned_pdf, patch(place_of(text_pdf, PRICE), "98.50"))
    sign = only(pasted)
    assert (sign.kind, sign.raw, sign.compared) == (SignKind.COVERED, "98.50", "")


def test_somebodys_ocr_behind_a_scan_is_no_sign(scanned_pdf: bytes) -> None:
    lines = " ".join(typed(60, 40 + 12 * row, f"Total {row}8.50", mode=3) for row in range(40))
    assert signs_of(drawn_on(scanned_pdf, lines)) == ()


def test_programs_that_edit_what_others_made(text_pdf: bytes) -> None:
    sign = only(described(text_pdf, Producer="SAMBox 3.0 (www.sejda.com)", Creator="Billing 7"))
    assert (sign.kind, sign.raw, sign.compared) == (SignKind.EDITING_TOOL, "SAMBox 3.0 (www.sejda.com)", "Billing 7")
    drawn = only(described(text_pdf, Producer="LibreOffice 24.2", Creator="Draw"))
    assert (drawn.kind, drawn.raw) == (SignKind.EDITING_TOOL, "LibreOffice Draw")


def test_a_program_that_also_makes_files_counts_when_it_saved_one_again(text_pdf: bytes) -> None:
    made = {"Producer": "Nitro Pro 12", "CreationDate": "D:20260101120000+01'00'"}
    assert signs_of(described(text_pdf, **made, ModDate="D:20260101110001Z")) == ()
    kinds = {sign.kind for sign in signs_of(described(text_pdf, **made, ModDate="D:20260105120001Z"))}
    assert kinds == {SignKind.EDITING_TOOL, SignKind.SAVED_LATER}


def test_a_picture_that_went_through_an_image_editor(text_pdf: bytes) -> None:
    head = Image.Exif()
    head[0x010F], head[0x0131] = "Canon", "Adobe Photoshop 22.0 (Windows)"
    edited = as_bytes(picture_of(text_pdf), "JPEG", exif=head)
    sign = only(edited)
    assert (sign.kind, sign.raw, sign.compared) == (SignKind.EDITING_TOOL, "Adobe Photoshop 22.0 (Windows)", "Canon")
    head[0x0131] = "Ver.1.0"
    assert signs_of(as_bytes(picture_of(text_pdf), "JPEG", exif=head)) == ()


def test_a_sign_names_its_page(text_pdf: bytes) -> None:
    edited = drawn_on(text_pdf, patch(place_of(text_pdf, PRICE), "98.50"))
    assert only(joined(text_pdf, edited)).page == 2


def test_a_document_full_of_signs_shows_a_few() -> None:
    mixed = "<p>1<span style='font-family: DejaVu Serif'>9</span>8.50</p>"
    assert len(signs_of(letter(style="@page { size: A2 }", more=mixed * 40))) == 5


def test_a_damaged_head_of_a_picture_is_no_sign(text_pdf: bytes) -> None:
    whole = as_bytes(picture_of(text_pdf), "PNG")
    assert signs_in_picture(whole[:40]) == signs_in_picture(b"\xff\xd8\xff\xe1\x00\x12Exif") == ()


def test_the_scan_of_an_edited_page_hides_it(text_pdf: bytes) -> None:
    edited = drawn_on(text_pdf, patch(place_of(text_pdf, PRICE), "98.50"))
    assert signs_of(scan_of(picture_of(edited))) == ()
