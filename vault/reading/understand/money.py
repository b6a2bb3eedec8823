"""The currency of a document, from the signs beside its amounts, its labels and its country."""

import re
from collections import Counter

from vault.domain.readings import Extracted, Source
from vault.reading.understand.currency import ISO_CODE, home_currency, settle
from vault.reading.understand.labels import Label
from vault.reading.understand.paper import Paper

_ALONE_CODES = {"€": "EUR", "£": "GBP", "$": "$", "RM": "MYR", "EURO": "EUR"}
_ALONE = re.compile(r"(?<![^\s(/\[])(€|£|\$|RM|EURO)(?![^\s)/\].:])")


def find_currency(paper: Paper, country: str | None) -> Extracted[str] | None:
    """The ISO 4217 code. Named by a label, else the sign that most amounts carry, else any code, else by country."""
    signed = [amount for found in paper.amounts for amount in found if amount.currency]
    counted = Counter(settle(amount.currency or "", country) for amount in signed)
    named = _named(paper)
    if not counted and (alone := _guess(paper, country)) is not None and alone.raw:
        return named or alone
    if named is not None and (not counted or counted[named.value] or counted.total() < 3):
        return named
    if counted:
        code, times = counted.most_common(1)[0]
        amount = next(each for each in signed if settle(each.currency or "", country) == code)
        return amount.extract(code, 0.6 + 0.3 * times / counted.total() + 0.02 * min(times, 4))
    for row in paper.rows:
        match = ISO_CODE.search(row.text)
        if match:
            return row.extract(match[1], 0.8, *match.span())
    return _guess(paper, country)


def _named(paper: Paper) -> Extracted[str] | None:
    for page in paper.pages:
        for mark in page.all(Label.CURRENCY):
            match = ISO_CODE.search(mark.row.text, mark.end)
            if match:
                return mark.row.extract(match[1], 0.97, *match.span())
    return None


def _guess(paper: Paper, country: str | None) -> Extracted[str] | None:
    """Signs that stand alone (€ in a column head), or what the country pays with."""
    for row in paper.rows:
        match = _ALONE.search(row.text)
        if match:
            return row.extract(settle(_ALONE_CODES[match[1]], country), 0.8, *match.span(1))
    code = home_currency(country)
    return Extracted(code, 0.6, Source.OCR if paper.is_scanned else Source.TEXT) if code else None
