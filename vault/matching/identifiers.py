"""Product identifiers: written in one form, checked, and found inside running text."""

import re
from collections.abc import Iterator

from stdnum import ean, isbn

_ASIN = re.compile(r"(?<![A-Z0-9])B0[0-9A-Z]{8}(?![A-Z0-9])")
_FNSKU = re.compile(r"(?<![A-Z0-9])X00[0-9A-Z]{7}(?![A-Z0-9])")
_NUMBER = re.compile(r"(?<![\w.,])\d(?:[ -]?\d){7,13}(?![\w]|[.,]\d)")
_LENGTHS = (8, 12, 13, 14)


def gtin14(text: str) -> str:
    """A UPC, EAN, GTIN or ISBN as 14 digits, or "" when its length or check digit is wrong.

    UPC-A and EAN-8 are GTINs with leading zeros (GS1 General Specifications, 3.3), so every kind compares as one.
    """
    digits = re.sub(r"[\s-]", "", text)
    if len(digits) == 10 and isbn.is_valid(digits):
        digits = isbn.to_isbn13(digits)
    if not digits.isascii() or not digits.isdigit() or len(digits) not in _LENGTHS or not ean.is_valid(digits):
        return ""
    return digits.zfill(14) if digits.strip("0") else ""


def asins(text: str) -> Iterator[str]:
    """The ASINs printed in a text. (ISBN-10s are left to be read as GTINs.)"""
    yield from _ASIN.findall(text.upper())


def fnskus(text: str) -> Iterator[str]:
    """The FNSKUs (Amazon's warehouse labels) printed in a text."""
    yield from _FNSKU.findall(text.upper())


def gtins(text: str) -> Iterator[str]:
    """The barcode numbers printed in a text, as 14 digits; numbers with a wrong check digit are not barcodes."""
    for match in _NUMBER.finditer(text):
        number = gtin14(match.group())
        if number:
            yield number
