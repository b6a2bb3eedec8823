"""Figures as Seller Central prints them: plain, or with the separators of the marketplace."""

import re
from decimal import Decimal

_FIGURE = re.compile(r"-?\d[\d.,'\u00a0\u202f ]*")


def decimal_of(text: str) -> Decimal | None:
    """The number in `text` ("19.99", "1.299,00 €", "1,299 JPY"), or None when there is none.

    A comma alone before three digits makes thousands ("1,299"): reports that use it for decimals print two of them.
    """
    found = _FIGURE.search(text)
    if found is None or re.search(r"\d", text[found.end() :]):
        return None
    digits = re.sub(r"['\u00a0\u202f ]", "", found.group()).rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return Decimal(digits)
    mark, other = digits[last], "," if digits[last] == "." else "."
    decimals = other in digits or (digits.count(mark) == 1 and (len(digits) - last - 1 != 3 or mark == "."))
    whole = re.sub(r"[.,]", "", digits[:last] if decimals else digits)
    return Decimal(f"{whole}.{digits[last + 1 :]}" if decimals else whole)


def integer_of(text: str) -> int | None:
    """The whole number in `text`, or None."""
    number = decimal_of(text)
    return int(number) if number is not None and number == int(number) else None
