"""Words become rows, and rows are cut where columns end."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.reading.understand.pages import page_of, scan_of, words_at
from vault.domain.readings import Box, Page, PageSource, Source, Word
from vault.reading.understand.layout import lay_out


def test_words_at_one_height_are_one_row_from_left_to_right() -> None:
    page = page_of("Total due", "Thank you")
    sheet = lay_out(replace(page, words=tuple(reversed(page.words))))
    assert [row.text for row in sheet.rows] == ["Total due", "Thank you"]


def test_a_wide_gap_cuts_a_row_into_segments() -> None:
    sheet = lay_out(page_of([(0.08, "Invoice date"), (0.5, "3 May 2026")]))
    assert [segment.text for segment in sheet.rows[0].segments] == ["Invoice date", "3 May 2026"]


def test_a_skewed_scan_keeps_its_lines_apart() -> None:
    slope = 0.03
    words = [
        Word(
            word.text,
            Box(word.box.x0, word.box.y0 + slope * word.box.x0, word.box.x1, word.box.y1 + slope * word.box.x0),
        )
        for index in range(6)
        for place in range(9)
        for word in words_at(0.05 + place * 0.1, 0.1 + index * 0.018, f"r{index}c{place}")
    ]
    sheet = lay_out(Page(1, PageSource.OCR, tuple(words)))
    assert [{word.text[:2] for word in row.words} for row in sheet.rows] == [{f"r{index}"} for index in range(6)]


def test_on_a_tilted_page_a_label_keeps_the_amount_at_the_other_edge() -> None:
    rows = ["Goods as agreed in the spring catalogue of this year", [(0.08, "Net"), (0.85, "100.00")]]
    rows += [[(0.08, "Tax"), (0.85, "20.00")], "Payment within thirty days of the date of this invoice"]
    rows += ["Goods remain ours until they are paid for in full"]
    tilted = [_fallen(word, by=-0.03) for word in page_of(*rows).words]
    sheet = lay_out(Page(1, PageSource.OCR, tuple(tilted)))
    assert [row.text for row in sheet.rows][1:3] == ["Net 100.00", "Tax 20.00"]


def _fallen(word: Word, by: float) -> Word:
    down = by * word.box.middle[0]
    return replace(word, box=Box(word.box.x0, word.box.y0 + down, word.box.x1, word.box.y1 + down))


def test_a_value_carries_page_box_raw_text_and_source() -> None:
    row = lay_out(page_of("Total 12.00 EUR", number=3)).rows[0]
    found = row.extract("12.00", 0.9, 6, 11)
    assert (found.page, found.raw, found.source) == (3, "12.00", Source.TEXT)
    assert found.box == row.words[1].box


def test_badly_read_words_lower_the_confidence() -> None:
    clear, poor = (lay_out(scan_of("Total 12.00", confidence=sure)).rows[0].extract(1, 0.9) for sure in (1.0, 0.3))
    assert clear.source is Source.OCR
    assert poor.confidence < clear.confidence


def test_a_page_without_words_has_no_rows() -> None:
    assert lay_out(Page(1, PageSource.TEXT)).rows == ()


@given(
    st.lists(
        st.tuples(st.floats(0, 0.95), st.floats(0, 0.95), st.text("abc019.,", min_size=1, max_size=8)),
        min_size=1,
        max_size=40,
    )
)
def test_no_word_is_lost_or_doubled(places: list[tuple[float, float, str]]) -> None:
    words = tuple(Word(text, Box(x, y, min(1.0, x + 0.04), y + 0.01)) for x, y, text in places)
    sheet = lay_out(Page(1, PageSource.TEXT, words))
    in_rows = [word for row in sheet.rows for word in row.words]
    in_segments = [word for segment in sheet.segments for word in segment.words]
    assert sorted(map(id, in_rows)) == sorted(map(id, words)) == sorted(map(id, in_segments))
