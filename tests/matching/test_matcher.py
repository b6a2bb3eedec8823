"""Which product a line means: identifiers first, then the description, and a question where neither is enough."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.domain.products import Decision, Product
from vault.domain.readings import Extracted, Identifiers, LineItem, Source
from vault.matching.index import Index, build_index
from vault.matching.matcher import MOST_CANDIDATES, match, match_line
from vault.matching.query import Query

LAMP, WHITE_LAMP, NEXT_LAMP = "B0LAMPBLK1", "B0LAMPWHT1", "B0LAMP3001"
ABOUT_A_MOUSE = "Clickwell Wireless Mouse M310 silent red"


@pytest.mark.parametrize(
    "query",
    [
        Query(ABOUT_A_MOUSE, asin=LAMP),
        Query(ABOUT_A_MOUSE, fnsku="X001LAMP0K"),
        Query(ABOUT_A_MOUSE, gtin="4006381333931"),
        Query(ABOUT_A_MOUSE, sku="LMP-LX200-BK-FBA"),
        Query(f"{ABOUT_A_MOUSE} {LAMP}"),
        Query(f"{ABOUT_A_MOUSE} EAN 4 006381 333931"),
        Query(f"lmp-lx200-bk {ABOUT_A_MOUSE}"),
    ],
)
def test_an_identifier_beats_the_text(shop: Index, query: Query) -> None:
    found = match(shop, query)
    assert (found.decision, found.product_id) == (Decision.MATCH, LAMP)
    assert found.candidates[0].score > 0.99


def test_the_reason_names_the_identifier(shop: Index) -> None:
    assert match(shop, Query("", gtin="4006381333931")).candidates[0].reasons == ("EAN 4006381333931",)


def test_a_barcode_with_a_wrong_check_digit_is_ignored(shop: Index) -> None:
    found = match(shop, Query(ABOUT_A_MOUSE, gtin="4006381333932"))
    assert found.product_id == "B0MOUSE001"


def test_a_upc_and_the_same_number_as_an_ean_are_one(shop: Index) -> None:
    for printed in ("036000291452", "0036000291452", "0 36000 29145 2", "00036000291452"):
        assert match(shop, Query("", gtin=printed)).product_id == "B0SEIFE001"


def test_a_short_number_is_not_taken_for_a_sku() -> None:
    index = build_index([Product("a", "Clickwell Wireless Mouse M310", skus=("12",)), Product("b", "Garden hose 20 m")])
    assert match(index, Query("Garden hose 20 m", sku="12")).product_id == "b"


def test_a_barcode_on_two_products_leaves_the_choice_to_the_text() -> None:
    one = Product("one", "Soap lavender 100 g, single", gtins=("4012345000016",))
    six = Product("six", "Soap lavender 100 g, pack of 6", gtins=("4012345000016",))
    index = build_index([one, six])
    assert match(index, Query("SOAP LAVENDER 100G, PACK OF 6", gtin="4012345000016")).product_id == "six"
    undecided = match(index, Query("SOAP", gtin="4012345000016"))
    assert undecided.decision is Decision.AMBIGUOUS
    assert {candidate.product_id for candidate in undecided.candidates} == {"one", "six"}


def test_a_line_with_another_barcode_is_never_this_product(shop: Index) -> None:
    found = match(shop, Query("Lumora LX-200 Desk Lamp LED dimmable USB charging port, Black", gtin="4012345678901"))
    assert found.product_id != LAMP
    assert "other EAN" in next(item for item in found.candidates if item.product_id == LAMP).reasons


def test_a_line_with_another_asin_is_never_this_product(shop: Index) -> None:
    found = match(shop, Query("Lumora LX-200 Desk Lamp LED dimmable USB charging port, Black", asin="B0NOTHERE1"))
    assert found.decision is not Decision.MATCH


@pytest.mark.parametrize("model", ["LX-100", "LX-400", "LX 500".replace(" ", "-")])
def test_a_contradicting_model_is_never_a_match(shop: Index, model: str) -> None:
    found = match(shop, Query(f"Lumora {model} Desk Lamp LED dimmable with USB charging port, Black"))
    assert found.decision is not Decision.MATCH


def test_an_identifier_on_a_line_that_names_another_model_is_a_question(shop: Index) -> None:
    found = match(shop, Query("Lumora LX-300 Desk Lamp LED", asin=LAMP))
    assert found.decision is Decision.AMBIGUOUS
    assert "other model" in found.candidates[0].reasons


def test_two_colours_are_ambiguous_when_the_line_names_none(shop: Index) -> None:
    found = match(shop, Query("Lumora LX-200 Desk Lamp LED dimmable with USB charging port"))
    assert found.decision is Decision.AMBIGUOUS
    assert found.product_id is None
    assert {item.product_id for item in found.candidates[:2]} == {LAMP, WHITE_LAMP}


@pytest.mark.parametrize(
    ("colour", "product"),
    [("black", LAMP), ("schwarz", LAMP), ("noir", LAMP), ("bianco", WHITE_LAMP), ("WEISS", WHITE_LAMP)],
)
def test_a_colour_in_any_language_decides(shop: Index, colour: str, product: str) -> None:
    line = f"Lumora LX-200 Desk Lamp LED dimmable USB charging port {colour}"
    assert match(shop, Query(line)).product_id == product


@pytest.mark.parametrize(
    ("size", "product"), [("500 ml", "B0BOTTLE50"), ("0,5 l", "B0BOTTLE50"), ("75cl", "B0BOTTLE75")]
)
def test_a_size_in_any_unit_decides(shop: Index, size: str, product: str) -> None:
    found = match(shop, Query(f"Aquavio Thermosflasche Edelstahl {size} auslaufsicher schwarz"))
    assert found.candidates[0].product_id == product
    assert "same size" in found.candidates[0].reasons


def test_a_pack_count_decides(shop: Index) -> None:
    found = match(shop, Query("Kabelon USB-C Ladekabel 2m Nylon 60W 2er-Pack grau"))
    assert found.candidates[0].product_id == "B0USBC2M02"


@pytest.mark.parametrize("text", ["", "  ", "-", "12", "???"])
def test_a_line_that_says_nothing_matches_nothing(shop: Index, text: str) -> None:
    assert match(shop, Query(text)).decision is Decision.NONE


@given(st.text(max_size=200))
def test_any_text_has_an_answer(shop: Index, text: str) -> None:
    found = match(shop, Query(text, model=text[:20], sku=text[:12], gtin=text[:14]))
    assert (found.product_id is not None) == (found.decision is Decision.MATCH)
    assert all(0 <= item.score <= 1 for item in found.candidates)


def test_a_page_of_text_taken_for_a_line_is_answered(shop: Index) -> None:
    assert match(shop, Query("1x2 A-1 " * 100_000)).decision is Decision.NONE


def test_an_empty_catalogue_matches_nothing() -> None:
    found = match(build_index([]), Query("Lumora LX-200 Desk Lamp"))
    assert (found.decision, found.candidates) == (Decision.NONE, ())


def test_at_most_ten_candidates_best_first() -> None:
    index = build_index(Product(str(number), f"Garden hose {number} m green") for number in range(40))
    found = match(index, Query("Garden hose green"))
    assert len(found.candidates) == MOST_CANDIDATES
    scores = [item.score for item in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1


def test_a_line_item_is_matched_as_it_was_read(shop: Index) -> None:
    line = LineItem(
        description=Extracted("LUMORA LX-200 LED DESK LAMP USB BLACK", 0.9, Source.OCR),
        unit_price=Extracted(Decimal("11.20"), 0.9, Source.OCR),
    )
    assert match_line(shop, line).product_id == LAMP
    assert match_line(shop, LineItem(identifiers=Identifiers(asin=WHITE_LAMP))).product_id == WHITE_LAMP
    assert match_line(shop, LineItem()).decision is Decision.NONE


def test_the_same_question_has_the_same_answer(shop: Index) -> None:
    query = Query("KABELON USB-C LADEKABEL GRAU")
    assert match(shop, query) == match(shop, query)
