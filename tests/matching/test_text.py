"""Texts as they can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.matching.lexicon import lexicon
from vault.matching.measures import packs, same_size, sizes
from vault.matching.text import codes, compact, fold, grams, leading_code, looks_like_code


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(text: str) -> None:
    folded = fold(text)
    assert all(looks_like_code(code) for code in codes(folded))
    assert all(value >= 0 for values in sizes(folded).values.values() for value in values)
    assert all(count > 1 for count in packs(folded))


def test_accents_case_and_ligatures_are_folded() -> None:
    assert fold("ÉTUI Weiß ﬁn Größe") == "etui weiss fin grosse"


def test_codes_are_joined() -> None:
    assert list(codes(fold("Phone KX-TG6411B, part 010-10231-01, TV/LCD52X"))) == [
        "kxtg6411b",
        "0101023101",
        "tvlcd52x",
    ]


@pytest.mark.parametrize("word", ["lamp", "2007", "128gb", "183x61", "10mm", "750ml", "x6", "3er"])
def test_words_years_and_sizes_are_not_codes(word: str) -> None:
    assert not looks_like_code(word)


def test_a_code_in_front_is_told_from_a_word_in_front() -> None:
    assert leading_code(fold("A-2231 Aquavio bottle")) == "a2231"
    assert leading_code(fold("Aquavio bottle A-2231")) == ""


def test_a_code_is_compared_without_punctuation() -> None:
    assert compact("KX-TG 6411/B") == "kxtg6411b"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("0,5 l", "500 ml"),
        ("2 TB", "2000 Go"),
        ("1 kg", "1000g"),
        ('15"', "15 Zoll"),
        ("15.6 inch", "39.6 cm"),
        ("2m", "200 cm"),
    ],
)
def test_sizes_in_different_units_are_the_same(left: str, right: str) -> None:
    (dimension, ours), *_ = sizes(fold(left)).values.items()
    (theirs,) = sizes(fold(right)).values[dimension]
    assert same_size(*ours, theirs)


def test_a_size_is_one_word_however_it_is_written() -> None:
    assert sizes("bottle 0,5 l").words.keys() == sizes("bottle 500ml").words.keys()
    assert sizes("bottle 0,5 l blue").rest.split() == ["bottle", "blue"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("6er-pack", 6),
        ("lot de 6", 6),
        ("pack of 6", 6),
        ("6 stuck", 6),
        ("6 x 500 ml", 6),
        ("confezione da 6", 6),
        ("x6", 6),
    ],
)
def test_pack_counts_are_read(text: str, count: int) -> None:
    assert packs(text) == {count}


@pytest.mark.parametrize("text", ["183 x 61 cm", "1 pc", "12,5 x 3", "lampe"])
def test_dimensions_and_single_pieces_are_not_packs(text: str) -> None:
    assert packs(text) == frozenset()


def test_grams_of_a_short_code_are_the_code() -> None:
    assert list(grams("ab1", 4)) == ["ab1"]
    assert list(grams("ab123", 4)) == ["ab12", "b123"]


def test_the_lexicon_speaks_five_languages_and_never_contradicts_itself() -> None:
    words = lexicon()
    assert words.translate(["noir", "schwarz", "nero", "negro", "blk"]) == ["black"] * 5
    assert all(fold(form) == form for form in words.canonical)
    assert all(words.canonical.get(name, name) == name for name in words.canonical.values())
