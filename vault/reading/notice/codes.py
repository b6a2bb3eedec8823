"""The numbers in a notice: ASINs, orders, SKUs, cases and complaints.

Scans confuse letters and digits. What had to be put right is offered with less confidence than what stood there.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from stdnum import isbn

from vault.domain.notice_readings import Passage
from vault.domain.values import Asin
from vault.reading.notice.labels import Labels
from vault.reading.notice.phrasebook import NoticeLabel
from vault.reading.notice.text import NoticeText

V = TypeVar("V")

_MOST = 2_000
"""Values of one kind: more are no notice."""
_ASIN = re.compile(r"(?<![A-Za-z0-9])(?:B[0OoQ]|[8b]0)[0-9A-Za-z]{8}(?![A-Za-z0-9])")
_ASIN_APART = re.compile(r"(?<![A-Za-z0-9])B[0O][0-9A-Z]{2,6} [0-9A-Z]{2,6}(?![A-Za-z0-9])")
_ISBN = re.compile(r"(?<![A-Za-z0-9-])\d{9}[0-9X](?![A-Za-z0-9-])")
_DIGIT = "[0-9OoQIl|SB]"
_DASH = r"\s{0,2}[-–—−_~.]{1,2}\s{0,2}"
_ORDER = re.compile(rf"(?<![\w-])({_DIGIT}{{3}}){_DASH}({_DIGIT}{{7}}){_DASH}({_DIGIT}{{7}})(?![\w]|-\d)")
_PLAIN_ORDER = re.compile(r"\d{3}-\d{7}-\d{7}")
_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8"})
_ALIKE = 3
"""So many letters of an order number can be misread digits; more are a word."""
_SKU = re.compile(r"(?=\S*\d|[A-Z-]{4})\w[\w./+\-]{1,39}(?<![.\-/])")
_COMMA = re.compile(r"\s?[,;&]\s?")
_NUMBER = re.compile(r"(?=[\w-]{0,19}\d{4})[A-Za-z0-9][A-Za-z0-9-]{4,19}(?![\w-])")


def asins(text: NoticeText, labels: Labels) -> tuple[Passage[Asin], ...]:
    """Product numbers: those that begin with B0, and ISBNs behind a label."""
    return _once([*_plain_asins(text, labels), *_apart(text), *_isbns(text, labels)], str)


def order_ids(text: NoticeText) -> tuple[Passage[str], ...]:
    """Order numbers of three, seven and seven digits, as they are written without slips."""
    return _once(_orders(text), str)


def skus(text: NoticeText, labels: Labels) -> tuple[Passage[str], ...]:
    """What stands behind the word SKU, several with commas between them."""
    return _once(_behind(text, labels, NoticeLabel.SKU, _SKU, 0.85), str.upper)


def case_ids(text: NoticeText, labels: Labels) -> tuple[Passage[str], ...]:
    """Numbers of cases, as Amazon's support counts them."""
    return _once(_behind(text, labels, NoticeLabel.CASE, _NUMBER, 0.9), str)


def complaint_ids(text: NoticeText, labels: Labels) -> tuple[Passage[str], ...]:
    """Numbers of complaints, claims and infringements."""
    return _once(_behind(text, labels, NoticeLabel.COMPLAINT, _NUMBER, 0.9), str)


def _plain_asins(text: NoticeText, labels: Labels) -> Iterator[Passage[Asin]]:
    for match in _ASIN.finditer(text.clean):
        printed = match.group()
        value = "B0" + printed[2:].upper()
        mixed = any(letter.isdigit() for letter in printed[2:])
        if not mixed and not labels.covers(NoticeLabel.ASIN, match.start()):
            continue  # BOOKKEEPER, and its like
        sure = 0.97 if printed == value else 0.6
        if not mixed or not any(letter.isalpha() for letter in printed[2:]):
            sure -= 0.1
        if labels.covers(NoticeLabel.ASIN, match.start()):
            sure = min(0.99, sure + 0.1)
        yield text.passage(Asin(value), sure, *match.span())


def _apart(text: NoticeText) -> Iterator[Passage[Asin]]:
    """B08N5 WRWNW: a space that a scan put in."""
    for match in _ASIN_APART.finditer(text.clean):
        value = match.group().replace(" ", "")
        if len(value) == 10 and any(letter.isdigit() for letter in value[2:]):
            yield text.passage(Asin("B0" + value[2:]), 0.45, *match.span())


def _isbns(text: NoticeText, labels: Labels) -> Iterator[Passage[Asin]]:
    for match in _ISBN.finditer(text.clean):
        if labels.covers(NoticeLabel.ASIN, match.start()) and isbn.is_valid(match.group()):
            yield text.passage(Asin(match.group()), 0.85, *match.span())


def _orders(text: NoticeText) -> Iterator[Passage[str]]:
    for match in _ORDER.finditer(text.clean):
        printed = match.group()
        if _PLAIN_ORDER.fullmatch(printed):
            yield text.passage(printed, 0.98, *match.span())
        elif sum(letter.isalpha() or letter == "|" for letter in printed) <= _ALIKE:
            value = "-".join(part.translate(_DIGITS) for part in match.groups())
            yield text.passage(value, 0.6 if any(map(str.isalpha, printed)) else 0.85, *match.span())


def _behind(
    text: NoticeText, labels: Labels, label: NoticeLabel, pattern: re.Pattern[str], sure: float
) -> Iterator[Passage[str]]:
    """The values right behind a label, and further ones after commas."""
    for stretch in labels.behind(label):
        at = stretch.start
        while match := pattern.match(text.clean, at, stretch.end):
            yield text.passage(match.group(), sure, *match.span())
            comma = _COMMA.match(text.clean, match.end(), stretch.end)
            if comma is None:
                break
            at = comma.end()


def _once(found: Iterable[Passage[V]], same: Callable[[V], str]) -> tuple[Passage[V], ...]:
    """Each value where it was read best, in the order of the text."""
    best: dict[str, Passage[V]] = {}
    for each in found:
        known = best.get(same(each.value))
        if known is None or each.confidence > known.confidence:
            best[same(each.value)] = each
        if len(best) == _MOST:
            break
    return tuple(sorted(best.values(), key=lambda each: each.start))
