"""A marked copy shows what the original shows, with the lines of a product highlighted."""

import io
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from tests.composing.papers import (
    changed,
    encrypted_for_nobody,
    in_larger_units,
    invoice,
    look,
    moved,
    names_in,
    texts,
    turned,
    with_attachment,
    with_form_field,
    with_hidden_layer,
    with_outline,
    with_script,
    word_on,
)
from tests.reading.documents import as_bytes, encrypted, picture_of, scan_of
from vault.composing.composer import Composer
from vault.domain.errors import Unreadable
from vault.domain.readings import Box

NOTE = "Copy, marked on 22 November 2026 by Seller Vault. SHA-256 of the original: " + "a9" * 32


def yellow(picture: Image.Image) -> tuple[int, int, int, int]:
    """The smallest box around what is yellow."""
    red, _, blue = picture.split()
    found = ImageChops.subtract(red, blue).point(lambda level: 255 if level > 100 else 0).getbbox()
    assert found is not None
    return found


def without_foot(copy: bytes, like: bytes) -> Image.Image:
    """The copy without the note below: as wide and high as the original."""
    opened, original = pdfium.PdfDocument(copy), pdfium.PdfDocument(like)[0]
    page = opened[0]
    left, _, right, top = page.get_mediabox()
    page.set_cropbox(left, top - original.get_height() * right / original.get_width(), right, top)
    page.close()
    picture: Image.Image = opened[0].render(scale=original.get_width() / right).to_pil().convert("RGB")
    return picture


def plain() -> bytes:
    return invoice()


def as_scan() -> bytes:
    return scan_of(picture_of(invoice()))


PAGES: dict[str, Callable[[], bytes]] = {
    "upright": plain,
    "turned a quarter": lambda: changed(plain(), turned(90)),
    "turned over": lambda: changed(plain(), turned(180)),
    "turned back": lambda: changed(plain(), turned(270)),
    "cropped, with its origin elsewhere": lambda: changed(plain(), moved),
    "cropped and turned": lambda: changed(plain(), moved, turned(90)),
    "in units of two points": lambda: changed(plain(), in_larger_units),
    "encrypted for nobody": lambda: encrypted_for_nobody(plain()),
}


@pytest.mark.parametrize("kind", PAGES)
def test_the_highlight_lies_on_the_line(composer: Composer, kind: str) -> None:
    original = PAGES[kind]()
    box = word_on(original, "brass")
    copy = composer.marked(original, {1: [box]}, NOTE).content
    picture, page = look(copy), look(original)
    factor = picture.width / page.width
    expected = [box.x0 * page.width, box.y0 * page.height, box.x1 * page.width, box.y1 * page.height]
    assert yellow(picture) == pytest.approx([side * factor for side in expected], abs=4 * factor)


@pytest.mark.parametrize("kind", PAGES)
def test_vectors_and_text_are_kept(composer: Composer, kind: str) -> None:
    copy = composer.marked(PAGES[kind](), {}, NOTE).content
    for text in texts(copy):
        assert "Harbour Lamps Ltd" in text
        assert "a9a9" in text
    assert b"/Subtype/Image" not in copy


@pytest.mark.parametrize("kind", PAGES)
def test_the_copy_looks_like_the_original(composer: Composer, kind: str) -> None:
    original = PAGES[kind]()
    page, upper = look(original), without_foot(composer.marked(original, {}, NOTE).content, like=original)
    assert ImageChops.difference(page.convert("L"), upper.convert("L").resize(page.size)).reduce(8).getextrema()[1] < 30


def test_nothing_of_the_original_is_covered(composer: Composer) -> None:
    original = invoice()
    assert look(composer.marked(original, {}, NOTE).content).height > look(original).height


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "WEBP"])
def test_pictures_are_copied_too(composer: Composer, kind: str) -> None:
    picture = picture_of(invoice())
    copy = composer.marked(as_bytes(picture, kind), {1: [Box(0.1, 0.3, 0.9, 0.35)]}, NOTE)
    assert copy.pages == 1
    shown = look(copy.content)
    assert yellow(shown)[1] == pytest.approx(0.3 * shown.width * picture.height / picture.width, abs=4)
    assert composer.check(copy.content) == ()


def test_every_frame_of_a_picture_is_a_page(composer: Composer) -> None:
    stream = io.BytesIO()
    frame = picture_of(invoice(), dpi=100)
    frame.save(stream, "TIFF", save_all=True, append_images=[frame.rotate(180)])
    assert composer.marked(stream.getvalue(), {}, NOTE).pages == 2


def test_scans_are_marked(composer: Composer) -> None:
    copy = composer.marked(as_scan(), {1: [Box(0.1, 0.5, 0.6, 0.53)]}, NOTE)
    assert yellow(look(copy.content))


def test_what_acts_or_hides_stays_behind(composer: Composer) -> None:
    original = changed(invoice(), with_attachment, with_script, with_outline)
    copy = composer.marked(original, {}, NOTE).content
    assert names_in(copy).isdisjoint({"/Names", "/OpenAction", "/AA", "/Outlines", "/AcroForm", "/Annots"})
    for word in (b"JavaScript", b"Launch", b"EmbeddedFile", b"factur-x"):
        assert word not in copy


def test_the_same_original_gives_the_same_bytes(composer: Composer) -> None:
    original, boxes = invoice(), {1: [Box(0.1, 0.3, 0.9, 0.35)]}
    with Composer() as another:
        assert composer.marked(original, boxes, NOTE) == another.marked(original, boxes, NOTE)


def test_a_locked_original_is_refused(composer: Composer) -> None:
    with pytest.raises(Unreadable) as refused:
        composer.marked(encrypted(invoice(), "secret"), {}, NOTE)
    assert refused.value.reason == "encrypted"


def test_what_stands_in_fields_of_a_form_is_kept(composer: Composer) -> None:
    copy = composer.marked(with_form_field(), {}, NOTE).content
    assert all("Total 42" in text for text in texts(copy))
    assert "/AcroForm" not in names_in(copy)


def test_a_layer_that_is_switched_off_does_not_show(composer: Composer) -> None:
    original = with_hidden_layer()
    shown, copy = look(original).convert("L"), without_foot(composer.marked(original, {}, NOTE).content, like=original)
    assert ImageChops.difference(shown, copy.convert("L").resize(shown.size)).reduce(8).getextrema()[1] < 60
