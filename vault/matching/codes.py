"""Article and model numbers side by side: the same, the same with a suffix, or two of one family."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from vault.matching.profile import Profile

EXACT, VARIANT, CONTAINED, SIMILAR = 1.0, 0.9, 0.8, 0.5
# From this likeness on two codes are taken for one.
ALIGNED = CONTAINED
SHORTEST_CONTAINED = 5
LONGEST_SUFFIX = 3
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class CodeEvidence:
    """What the codes say. `likeness` is None when one side names none; `shared` is the code they have in common.

    `of_line`: the codes on the line that can be the maker's. A number in front that the product does not have is the
    supplier's own and says nothing.
    """

    likeness: float | None
    shared: str
    siblings: bool
    of_line: int


def compare_codes(line: Profile, product: Profile) -> CodeEvidence:
    """The best likeness over all codes, and whether they contradict instead."""
    best, shared = _best(line.codes, product.codes)
    if best < ALIGNED:
        best, shared = max((best, shared), _inside(line.codes, product.compact), _inside(product.codes, line.compact))
    if best >= ALIGNED:
        return CodeEvidence(best, shared, False, len(line.codes))
    makers = line.codes - {line.leading_code}
    likeness = _best(makers, product.codes)[0] if makers and product.codes else None
    apart = any(siblings(a, b) for a in line.codes for b in product.codes)
    return CodeEvidence(likeness, "", apart, len(makers))


def code_likeness(left: str, right: str) -> float:
    """0 … 1 for two joined codes. A short suffix is a colour or a country of the same model ("KXTG6411B")."""
    if left == right:
        return EXACT
    short, long = sorted((left, right), key=len)
    if len(short) >= 4 and long.startswith(short):
        return VARIANT if len(long) - len(short) <= LONGEST_SUFFIX and not long[len(short)].isdigit() else SIMILAR
    if len(short) >= SHORTEST_CONTAINED and short in long:
        return CONTAINED
    return SIMILAR * Levenshtein.normalized_similarity(left, right)


def siblings(left: str, right: str) -> bool:
    """Two codes of one pattern with other digits: DCS-1100 and DCS-2100 are never the same product."""
    pattern = _DIGITS.sub("#", left)
    if left == right or pattern == "#" or pattern != _DIGITS.sub("#", right):
        return False
    return sum(map(len, _DIGITS.findall(left))) == sum(map(len, _DIGITS.findall(right)))


def _best(left: Iterable[str], right: Iterable[str]) -> tuple[float, str]:
    pairs = ((code_likeness(a, b), a) for a in left for b in right)
    return max(pairs, default=(0.0, ""))


def _inside(codes: Iterable[str], text: str) -> tuple[float, str]:
    """A code printed with spaces is in pieces, but its letters still follow each other."""
    found = [code for code in codes if len(code) >= SHORTEST_CONTAINED and code in text]
    return (CONTAINED, max(found, key=len)) if found else (0.0, "")
