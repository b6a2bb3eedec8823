"""Model numbers side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.matching.codes import ALIGNED, code_likeness, siblings

CODES = st.text("abcdefgh0123456789", min_size=1, max_size=10)


@pytest.mark.parametrize(("left", "right"), [("dxc390b", "dxc390"), ("kxtg6411b", "kxtg6411"), ("hpce278a", "ce278a")])
def test_a_suffix_or_a_prefix_is_the_same_model(left: str, right: str) -> None:
    assert code_likeness(left, right) >= ALIGNED
    assert not siblings(left, right)


@pytest.mark.parametrize(("left", "right"), [("dcs1100", "dcs2100"), ("lx200", "lx300"), ("a1b2", "a1b3")])
def test_other_digits_in_the_same_pattern_are_another_model(left: str, right: str) -> None:
    assert siblings(left, right)
    assert code_likeness(left, right) < ALIGNED


@pytest.mark.parametrize(("left", "right"), [("841001", "841002"), ("dcs1100", "eqs1100"), ("m310", "m310x")])
def test_plain_numbers_and_other_patterns_prove_nothing(left: str, right: str) -> None:
    assert not siblings(left, right)


@given(CODES, CODES)
def test_likeness_has_no_direction(left: str, right: str) -> None:
    assert code_likeness(left, right) == pytest.approx(code_likeness(right, left))
    assert siblings(left, right) == siblings(right, left)
    assert (code_likeness(left, right) == 1) == (left == right)
