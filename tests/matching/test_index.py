"""Finding the few products worth a close look."""

from hypothesis import given
from hypothesis import strategies as st

from vault.domain.products import Product
from vault.matching.index import SHORTLIST, Index, build_index
from vault.matching.profile import Profile

TITLES = st.lists(st.text("abcdef 0123456789-é", min_size=1, max_size=30), max_size=30)


@given(TITLES)
def test_a_product_is_found_by_its_own_title(titles: list[str]) -> None:
    products = [Product(str(number), title) for number, title in enumerate(titles)]
    index = build_index(products)
    for product in products:
        near = index.nearest(Profile.of(product), limit=len(products))
        if any(char.isalnum() for char in product.title):
            assert products.index(product) in near
        assert len(set(near)) == len(near)


def test_a_mistyped_or_cut_model_still_finds_its_product(shop: Index) -> None:
    toner = next(at for at, product in enumerate(shop.products) if product.id == "B0TONER001")
    assert shop.nearest(Profile.of(Product("", "PT85")))[0] == toner


def test_the_shortlist_is_short() -> None:
    index = build_index(Product(str(number), f"hose green {number}") for number in range(200))
    assert len(index.nearest(Profile.of(Product("", "green hose")))) == SHORTLIST


def test_identifiers_are_looked_up_whatever_their_case(shop: Index) -> None:
    (place,) = shop.identified("sku", "lmp-lx200-bk")
    assert shop.products[place].id == "B0LAMPBLK1"
    assert shop.identified("asin", "B0NOTHERE1") == ()
