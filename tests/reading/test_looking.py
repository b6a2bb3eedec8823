"""A second look at a page: what is seen beside the bars, what is said, what nobody has read."""

from PIL import ImageDraw

from tests.reading.documents import picture_of, scan_of
from vault.domain.readings import Box
from vault.reading.look import Look
from vault.reading.looking import look_again
from vault.reading.sandbox.requests import LookRequest
from vault.reading.schema import dump_look, load_look
from vault.sandbox.limits import Limits

A4 = 842 / 595
TABLE = Box(0.0, 0.4, 1.0, 0.7)


def look(pdf: bytes, *covered: Box, ratio: float = A4) -> Look:
    return look_again(pdf, LookRequest(1, ratio, covered, language="en"), Limits())


def test_it_sees_what_the_page_shows_and_says_what_its_layer_does(text_pdf: bytes) -> None:
    found = look(text_pdf)
    assert "58.50" in found.seen.text
    assert "58.50" in found.said.text
    assert found.unread == ()
    assert load_look(dump_look(found)) == found


def test_what_lies_below_the_originals_page_is_not_looked_at(text_pdf: bytes) -> None:
    found = look(text_pdf, ratio=A4 / 4)
    assert "Harbour" in found.seen.text
    assert "58.50" not in found.seen.text + found.said.text


def test_bars_are_black_or_they_are_not(text_pdf: bytes) -> None:
    assert not look(text_pdf, TABLE).is_black
    page = picture_of(text_pdf)
    sides = (0, int(0.39 * page.height), page.width, int(0.71 * page.height))
    ImageDraw.Draw(page).rectangle(sides, fill="black")
    covered = look(scan_of(page), TABLE)
    assert covered.is_black
    assert "Harbour" in covered.seen.text


def test_ink_like_that_of_words_is_told_where_nobody_read_any(text_pdf: bytes) -> None:
    page = picture_of(text_pdf)
    pen = ImageDraw.Draw(page)
    left, top = int(0.6 * page.width), int(0.8 * page.height)
    for step in range(0, 90, 12):  # a scrawl, joined as handwriting is
        pen.line((left + step, top, left + step + 6, top + 24, left + step + 12, top), fill="black", width=4)
    pen.line((100, int(0.9 * page.height), 1500, int(0.9 * page.height)), fill="black", width=3)
    found = look(scan_of(page))
    x, y = (left + 45) / page.width, (top + 12) / page.height
    read = any(word.box.x0 < x < word.box.x1 and word.box.y0 < y < word.box.y1 for word in found.seen.words)
    assert read or any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for box in found.unread)
    assert all(box.y1 < 0.88 for box in found.unread), "a rule is no writing"
