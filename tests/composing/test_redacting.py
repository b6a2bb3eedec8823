"""In a redacted copy nothing is left of what was covered, wherever a PDF can keep it."""

from collections.abc import Callable, Mapping

import pytest
from PIL import Image

from tests.composing.papers import (
    changed,
    encrypted_for_nobody,
    everything_in,
    invoice,
    look,
    moved,
    names_in,
    texts,
    turned,
    with_attachment,
    with_hidden_layer,
    with_outline,
    with_script,
    words_on,
)
from tests.reading.documents import as_bytes, picture_of, scan_of
from vault.composing.composer import Composer
from vault.domain.readings import Box, Word

PRICES = ("19.50", "58.50")
NOTE = "Copy with prices removed."


def prices_on(pdf: bytes) -> dict[int, list[Box]]:
    return {1: [word.box for word in words_on(pdf) if word.text in PRICES]}


def words_of(pdf: bytes) -> Mapping[int, list[Word]]:
    return {1: words_on(pdf)}


PAPERS: dict[str, Callable[[], bytes]] = {
    "upright": invoice,
    "turned": lambda: changed(invoice(), turned(90)),
    "cropped and turned over": lambda: changed(invoice(), moved, turned(180)),
    "with attachment, script and outline": lambda: changed(invoice(), with_attachment, with_script, with_outline),
    "encrypted": lambda: encrypted_for_nobody(invoice()),
}


@pytest.mark.parametrize("kind", PAPERS)
def test_no_program_finds_the_price(composer: Composer, kind: str) -> None:
    original = PAPERS[kind]()
    assert all("19.50" in text for text in texts(original))
    copy = composer.redacted(original, prices_on(original), NOTE, words_of(original)).content
    for text in texts(copy):
        assert not any(price in text for price in PRICES)
        assert "Harbour" in text
    assert names_in(copy).isdisjoint({"/Names", "/OpenAction", "/AA", "/Outlines", "/AcroForm", "/Annots", "/AF"})


@pytest.mark.parametrize("kind", PAPERS)
def test_the_price_is_in_none_of_the_bytes(composer: Composer, kind: str) -> None:
    original = PAPERS[kind]()
    copy = composer.redacted(original, prices_on(original), NOTE, words_of(original)).content
    content = everything_in(copy)
    for price in PRICES:
        assert price.encode() not in content
        assert price.encode("utf-16-be") not in content
        assert price.encode("utf-16-be").hex().encode() not in content


@pytest.mark.parametrize("kind", PAPERS)
def test_where_the_price_was_everything_is_black(composer: Composer, kind: str) -> None:
    original = PAPERS[kind]()
    boxes = prices_on(original)
    assert len(boxes[1]) >= 2
    assert_black(look(composer.redacted(original, boxes, NOTE).content, dpi=150), look(original, dpi=150), boxes[1])


def test_a_scan_is_black_there_too(composer: Composer) -> None:
    pdf = invoice()
    boxes = prices_on(pdf)
    scan = scan_of(picture_of(pdf))
    assert_black(look(composer.redacted(scan, boxes, NOTE).content, dpi=150), look(scan, dpi=150), boxes[1])


def test_a_photograph_is_black_there_too(composer: Composer) -> None:
    pdf = invoice()
    boxes, picture = prices_on(pdf), picture_of(pdf)
    copy = composer.redacted(as_bytes(picture, "JPEG"), boxes, NOTE).content
    shown = look(copy, dpi=150)
    assert_black(shown, picture.resize((shown.width, round(shown.width * picture.height / picture.width))), boxes[1])


def test_there_is_one_picture_a_page_and_nothing_else(composer: Composer) -> None:
    original = invoice()
    copy = composer.redacted(original, prices_on(original), NOTE).content
    assert copy.count(b"/Subtype/Image") == 1
    assert copy.count(b"%%EOF") == 1


def test_the_same_text_elsewhere_is_not_said_either(composer: Composer) -> None:
    """A hidden layer of a page may repeat what stands under a box."""
    original = invoice()
    hidden = Word("EUR19.50", Box(0.1, 0.95, 0.2, 0.97))
    copy = composer.redacted(original, prices_on(original), NOTE, {1: [*words_on(original), hidden]}).content
    assert not any("19.50" in text for text in texts(copy))


def test_a_redacted_copy_conforms(composer: Composer) -> None:
    original = invoice()
    assert composer.check(composer.redacted(original, prices_on(original), NOTE, words_of(original)).content) == ()


def assert_black(copy: Image.Image, original: Image.Image, boxes: list[Box]) -> None:
    """Under the boxes black, and elsewhere what the original shows."""
    for box in boxes:
        sides = (box.x0 * original.width, box.y0 * original.height, box.x1 * original.width, box.y1 * original.height)
        under = copy.crop(tuple(map(round, sides))).convert("L")
        assert under.getextrema()[1] <= 40
    assert ink(copy, boxes, original.size) == pytest.approx(ink(original, boxes, original.size), rel=0.3)


def ink(picture: Image.Image, boxes: list[Box], size: tuple[int, int]) -> int:
    """How many dark pixels there are beside the boxes."""
    page = picture.convert("L").crop((0, 0, *size))
    for box in boxes:
        page.paste(255, (0, round(box.y0 * size[1]) - 6, size[0], round(box.y1 * size[1]) + 6))
    return sum(page.histogram()[:100])


def test_what_a_layer_hides_is_gone(composer: Composer) -> None:
    copy = composer.redacted(with_hidden_layer(), {}, NOTE).content
    assert b"19.50" not in everything_in(copy)
    assert ink(look(copy), [], (500, 400)) > 100
