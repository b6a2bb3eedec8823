"""What a document is called in front of somebody outside: strangers and their programs write amounts into file names."""

import re
from functools import lru_cache

from vault.reading.prices.numbers import Kind, find_numbers

_TELLING = frozenset({Kind.NAMED, Kind.MONEY, Kind.GROUPED})
# What separates words in names, and digits that hang on an amount: ``1_299_00_EUR``.
_BLANKS = str.maketrans("_", " ")
_HANGING = re.compile(r"\d[\d .,]*$")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
_INSTEAD = "x"


@lru_cache(maxsize=8192)  # an audit's page and its bundle name each document again and again
def without_amounts(filename: str) -> str:
    """The name with an ``x`` for every number that may be an amount of money; the same where there is none.

    The letter, the index and the paths of a bundle call a document so, whether or not its prices are removed.
    """
    text = _ENDING.sub("", filename).translate(_BLANKS)
    written, at = "", 0
    for number in find_numbers(text):
        if number.kind not in _TELLING:
            continue
        before = text[at : number.start]
        if number.kind is Kind.NAMED:
            before = _HANGING.sub("", before)
        written += filename[at : at + len(before)] + _INSTEAD
        at = number.end
    return written + filename[at:]
