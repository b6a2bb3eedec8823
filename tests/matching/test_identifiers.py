"""Barcodes, ASINs and FNSKUs: written in one form, checked, found in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.matching.identifiers import asins, fnskus, gtin14, gtins


def _with_check_digit(digits: str) -> str:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)


@given(st.sampled_from((7, 11, 12, 13)).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size)))
def test_every_barcode_with_a_right_check_digit_is_read_and_with_a_wrong_one_is_not(digits: str) -> None:
    number = _with_check_digit(digits)
    assert gtin14(number) == (number.zfill(14) if number.strip("0") else "")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert gtin14(wrong) == ""


@pytest.mark.parametrize("text", ["", "abc", "12345", "4006381333932", "40063813339311", "٤٠٠٦٣٨١٣٣٣٩٣١", "4.006.381"])
def test_what_is_no_barcode_is_refused(text: str) -> None:
    assert gtin14(text) == ""


def test_an_isbn_is_the_barcode_of_its_book() -> None:
    assert gtin14("0-306-40615-2") == gtin14("978-0-306-40615-7") == "09780306406157"


def test_barcodes_are_found_in_running_text() -> None:
    text = "12 pcs EAN:4006381333931 lamp, 036000291452; order 4006381333932"
    assert list(gtins(text)) == ["04006381333931", "00036000291452"]


def test_amounts_and_longer_codes_are_not_barcodes() -> None:
    assert list(gtins("total 40063813.33, ref AB4006381333931")) == []


def test_asins_and_fnskus_are_found_in_any_case() -> None:
    assert list(asins("asin b0abcdefg1, not XB0ABCDEFG1 or B0ABC")) == ["B0ABCDEFG1"]
    assert list(fnskus("label x001ab2cde.")) == ["X001AB2CDE"]
