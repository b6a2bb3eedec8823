"""Words that are numbers."""

import pytest

from vault.reading.prices.spelt import tongue


@pytest.mark.parametrize(
    "word",
    ["zwolfhundert", "funfundzwanzig", "twelve", "duecentocinquanta", "trentuno", "centotto", "veintidos", "mille"],
)
def test_parts_alone_make_a_number(word: str) -> None:
    assert tongue().is_numeral(word)


@pytest.mark.parametrize("word", ["einkauf", "tenant", "unit", "millennium", "zwolfe"])
def test_a_word_with_anything_else_in_it_is_none(word: str) -> None:
    assert not tongue().is_numeral(word)


def test_a_word_that_can_be_taken_apart_in_endless_ways_is_taken_apart_once() -> None:
    assert tongue().is_numeral("zwoelf" * 40)
    assert not tongue().is_numeral("zwoelf" * 40 + "q")
