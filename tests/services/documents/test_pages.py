"""Pictures of pages: for those who may see the document, drawn once."""

import io

import pytest
from PIL import Image

from tests.shop import Shop
from vault.domain.errors import NotFound
from vault.services.access import Actor
from vault.services.documents.pages import WIDTHS, page_image


def test_a_page_is_drawn_at_the_next_width_that_is_offered(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    picture = Image.open(io.BytesIO(page_image(shop.vault, shop.actor, document_id, 1, 500)))
    assert (picture.format, picture.width) == ("WEBP", 960)


def test_a_width_beyond_all_gets_the_largest(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    picture = Image.open(io.BytesIO(page_image(shop.vault, shop.actor, document_id, 1, 10**9)))
    assert picture.width == WIDTHS[-1]


def test_a_page_is_drawn_once_and_a_broken_picture_is_drawn_again(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    first = page_image(shop.vault, shop.actor, document_id, 1)
    (cached,) = (shop.vault.settings.home / "cache").rglob("*.webp")
    cached.write_bytes(cached.read_bytes()[:-10])
    assert page_image(shop.vault, shop.actor, document_id, 1) == first
    written = cached.stat().st_mtime_ns
    assert page_image(shop.vault, shop.actor, document_id, 1) == first
    assert cached.stat().st_mtime_ns == written


def test_there_is_nothing_to_see_for_strangers_and_beyond_the_last_page(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    with pytest.raises(NotFound):
        page_image(shop.vault, Actor("s", "S"), document_id, 1)
    for page in (0, 2, -1):
        with pytest.raises(NotFound):
            page_image(shop.vault, shop.actor, document_id, page)
