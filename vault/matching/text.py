"""Text as it can be compared: folded to plain lower-case letters, cut into words and into codes.

A *word* is a run of letters or digits. A *code* is a printed piece that looks like an article or model number
("KX-TG6411B", "841001"): joined, without its punctuation.
"""

import re
import unicodedata
from collections.abc import Iterator

_PIECE = re.compile(r"[a-z0-9]+(?:[-./_+][a-z0-9]+)*")
_JOINER = re.compile(r"[-./_+]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]+")
_SIZE = re.compile(
    r"(?:\d+x)*\d+(?:[gmt]b|[cdm]?l|[cmk]?m|[mk]?g|mah|[mgk]?hz|[km]?w|[gmkt]o|k?v|mp|inch|in|ft|oz|lbs?|x|p|er|pk|st|pcs)?"
)
SHORTEST_CODE = 4
SHORTEST_NUMERIC_CODE = 5


def fold(text: str) -> str:
    """Lower case without accents; ligatures, full-width and other compatibility forms opened up."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def words(folded: str) -> list[str]:
    """The runs of letters and digits of a folded text, in order, repeats included."""
    return _LETTER_OR_DIGIT.findall(folded)


def pieces(folded: str) -> list[str]:
    """The printed pieces: words with the hyphens, dots and slashes inside them."""
    return _PIECE.findall(folded)


def words_and_codes(folded: str) -> Iterator[str]:
    """The words in order, but codes whole: "lx-200 lamp" gives "lx200" and "lamp"."""
    for chunk in folded.split():
        for piece in pieces(chunk) or [chunk]:
            joined = _JOINER.sub("", piece)
            if looks_like_code(joined):
                yield joined
            else:
                yield from words(piece)


def compact(text: str) -> str:
    """Only the letters and digits, folded: the form in which codes are compared."""
    return "".join(words(fold(text)))


def codes(folded: str) -> Iterator[str]:
    """The pieces that look like article or model numbers, joined."""
    for piece in pieces(folded):
        joined = _JOINER.sub("", piece)
        if looks_like_code(joined):
            yield joined
        elif "/" in piece or "+" in piece:
            yield from (part for part in _JOINER.split(piece) if looks_like_code(part))


def leading_code(folded: str) -> str:
    """The code that a line begins with, "" when it begins with a word: most often the supplier's own order number."""
    first = next(iter(pieces(folded)), "")
    return next(iter(codes(first)), "")


def looks_like_code(joined: str) -> bool:
    """Letters with digits, or a long number; not a size ("128gb", "183x61") nor a year ("2007")."""
    if joined.isdigit():
        return len(joined) >= SHORTEST_NUMERIC_CODE
    if _SIZE.fullmatch(joined):
        return False
    return len(joined) >= SHORTEST_CODE and not joined.isalpha() and any(char.isdigit() for char in joined)


def grams(text: str, size: int) -> Iterator[str]:
    """All runs of `size` characters; the text itself when it is shorter."""
    if len(text) <= size:
        yield text
    else:
        yield from (text[at : at + size] for at in range(len(text) - size + 1))
