"""Would this line be accepted as this product?"""

from dataclasses import replace

from vault.domain.products import Product
from vault.matching.pairs import Pair, match_pair, match_pairs
from vault.matching.query import Query

MOUSE = Product("m", "Clickwell Wireless Mouse M310 silent 2.4 GHz, red", brand="Clickwell")


def test_the_same_product_in_other_words_is_accepted() -> None:
    found = match_pair(Pair(Query("CLICKWELL M310 SILENT WIRELESS MOUSE ROUGE"), MOUSE))
    assert found.match
    assert found.score > 0.5


def test_another_model_is_refused() -> None:
    assert not match_pair(Pair(Query("CLICKWELL M320 SILENT WIRELESS MOUSE RED"), MOUSE)).match


def test_another_thing_is_refused() -> None:
    found = match_pair(Pair(Query("Garden hose 20 m green"), MOUSE))
    assert not found.match
    assert found.score < 0.1


def test_another_barcode_is_refused() -> None:
    product = replace(MOUSE, gtins=("4006381333931",))
    assert match_pair(Pair(Query(MOUSE.title, gtin="4012345000016"), product)).score == 0


def test_a_line_is_at_most_one_of_the_products_it_is_paired_with() -> None:
    line = Query("Clickwell Wireless Mouse M310 silent")
    red, blue = MOUSE, replace(MOUSE, id="b", title=MOUSE.title.replace("red", "blue"))
    together = list(match_pairs([Pair(line, red), Pair(line, blue)]))
    assert sum(found.score for found in together) <= 1
    assert together[0].score < match_pair(Pair(line, red)).score


def test_no_pairs_no_answers() -> None:
    assert list(match_pairs([])) == []
