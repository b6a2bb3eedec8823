"""Usual slips of character recognition inside numbers, undone without changing the length of the text."""

import re

_NUMBERISH = re.compile(
    r"(?<![A-Za-z])[\dOoQIl|§SB£][\dOoQIl|§SB.,:/~\-–—]*[\dOoQ](?![A-Za-z])|(?<=[RM$€£])[Oo](?=[.,]\d)"
)
_SPACED_DECIMALS = re.compile(r"(?<=\d)([.,]) (?=\d\d(?!\d))|(?<=\d) ([.,])(?=\d\d(?!\d))")
_COMMA = re.compile(r"(?<=\d);(?=\d\d(?!\d))")
_GROUPING = re.compile(r"(?<=\d)[:;](?=\d{3}[.,]\d\d(?!\d))")
_DUST = re.compile(r"(?<=[.,]\d\d)[.,]*[:;][.,:;\-]*(?=\s|$)")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "§": "5", "S": "5", "B": "8"})
FILLER = "~"
"""Stands where a space inside a number was closed."""


def mend(text: str) -> str:
    """Letters that stand for digits become digits where digits prevail: ``O4-O4-2O18`` is 04-04-2018."""
    return _NUMBERISH.sub(_mend_number, text)


def close_up(text: str) -> str:
    """Take the space out of ``65. 20``, leaving a filler in its place."""
    return _SPACED_DECIMALS.sub(lambda match: FILLER + (match.group(1) or match.group(2)), text)


def dust_off(text: str) -> str:
    """Marks that specks of dust make of a point or a comma, or leave behind a number: ``17;50:.`` is 17,50."""
    text = _COMMA.sub(",", _GROUPING.sub(".", text))
    return _DUST.sub(lambda match: " " * len(match.group()), text)


def _mend_number(match: re.Match[str]) -> str:
    printed = match.group()
    digits = sum(letter.isdigit() for letter in printed)
    letters = sum(letter.isalpha() or letter in "|§" for letter in printed)
    only_zeros = digits > 0 and all(letter in "Oo" for letter in printed if letter.isalpha())
    return printed.translate(_LOOKALIKES) if digits >= letters or only_zeros or len(printed) == 1 else printed
