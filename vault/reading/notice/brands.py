"""Names of brands, where a notice announces them."""

import re
from collections.abc import Iterator

from vault.domain.notice_readings import Passage
from vault.reading.notice.labels import Labels
from vault.reading.notice.phrasebook import NoticeLabel
from vault.reading.notice.text import NoticeText
from vault.reading.understand.vocabulary import fold

_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ\d][\w&'’.+\-]{0,39}(?: [A-ZÀ-ÖØ-Þ\d&][\w&'’.+\-]{0,39}){0,3}")
_NO_NAMES = frozenset({"registry", "amazon", "asin", "asins", "sku", "store", "id"})
_MOST = 200


def brands(text: NoticeText, labels: Labels) -> tuple[Passage[str], ...]:
    """Each brand once. Behind a colon or in quotation marks it is surer than behind the bare word."""
    best: dict[str, Passage[str]] = {}
    for each in _named(text, labels):
        known = best.get(fold(each.value))
        if known is None or known.confidence < each.confidence:
            best[fold(each.value)] = each
        if len(best) == _MOST:
            break
    return tuple(sorted(best.values(), key=lambda each: each.start))


def _named(text: NoticeText, labels: Labels) -> Iterator[Passage[str]]:
    for stretch in labels.behind(NoticeLabel.BRAND):
        match = _NAME.match(text.clean, stretch.start, stretch.end)
        if match is None or fold(match.group().split()[0]) in _NO_NAMES:
            continue
        name = match.group().rstrip(".")
        announced = re.search(r"[:=\"“„«]", text.clean[max(0, stretch.start - 3) : stretch.start])
        yield text.passage(name, 0.85 if announced else 0.5, match.start(), match.start() + len(name))
