"""Amounts of money and other decimal numbers, as printed in any of the usual ways.

1.234,56 and 1,234.56, 1 234,56 and 1'234.56, currency before or behind, minus before or behind, or brackets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from vault.domain.readings import PageSource
from vault.reading.understand.currency import CURRENCY_PATTERN, code_of
from vault.reading.understand.layout import Row, Sheet
from vault.reading.understand.marks import Span
from vault.reading.understand.slips import FILLER, close_up, dust_off, mend

_NUMBER = (
    r"\d[\d.,]*~[.,]\d\d|\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,4})?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+[.,]\d{2}"
    r"|\d+[.,]\d{1,4}|[.,]\d{2}|\d+"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,/:'’#\-])(?P<bracket>\()?\s?(?P<minus>[-−–])?\s?(?:(?P<before>{CURRENCY_PATTERN})[\s_:]{{0,2}})?(?P<minus2>[-−–])?"
    rf"(?P<number>{_NUMBER})(?P<trailing>-(?![\w]))?(?:\s?(?P<percent>%))?(?:\s?(?P<after>{CURRENCY_PATTERN})(?!\w))?(?P<close>\))?"
    r"(?![\d:]|[.,/\-]\d)"
)
_MOST_DIGITS = 15


@dataclass(frozen=True, eq=False)
class Amount(Span):
    """A number where it stands. `decimals`: digits behind the decimal mark; `currency`: ISO 4217 when printed with it.

    `inferred`: the digits were read, the decimal mark follows from arithmetic.
    """

    value: Decimal
    decimals: int
    currency: str | None = None
    percent: bool = False
    grouped: bool = False
    inferred: bool = False

    @property
    def is_money(self) -> bool:
        """Looks like money: a currency, or two decimals."""
        return not self.percent and (self.decimals == 2 or self.currency is not None)


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark that a document uses: the one that more often stands before exactly two digits."""
    points = commas = 0
    for text in texts:
        points += len(_POINT.findall(text))
        commas += len(_COMMA.findall(text))
    return "," if commas > points else "."


_POINT = re.compile(r"\d\.\d\d(?![\d.,/])")
_COMMA = re.compile(r"\d,\d\d(?![\d.,/])")


def parse(number: str, mark: str = ".") -> Decimal | None:
    """The value of a printed number; `mark` decides where the print alone does not (1.234).

    None for what is no number, and for rows of digits that no amount is as long as: codes and account numbers.
    """
    digits = re.sub(r"[\s\u00a0\u202f'’]", "", number)
    last = max(digits.rfind("."), digits.rfind(","))
    if sum(digit.isdigit() for digit in digits) > _MOST_DIGITS:
        return None
    if last < 0:
        return Decimal(digits) if digits.isdigit() else None
    separator, tail = digits[last], digits[last + 1 :]
    whole = digits[:last]
    repeated = separator in whole
    other = "," if separator == "." else "."
    grouping = len(tail) == 3 and not repeated and other not in whole and whole not in ("", "0") and len(whole) <= 3
    if (repeated and len(tail) == 3) or (grouping and separator != mark):
        whole, tail = whole + tail, ""
    whole = whole.replace(".", "").replace(",", "") or "0"
    return Decimal(f"{whole}.{tail}" if tail else whole) if (whole + tail).isdigit() else None


def find_amounts(sheet: Sheet, mark: str) -> tuple[Amount, ...]:
    """Every number of a page that may be an amount, a quantity or a rate, top to bottom, left to right."""
    found: list[Amount] = []
    for row in sheet.rows:
        if any(letter.isdigit() for letter in row.text):
            found.extend(_in_row(row, mark))
    return tuple(found)


def _in_row(row: Row, mark: str) -> Iterable[Amount]:
    """Numbers are looked for segment by segment, so that two columns never make one number."""
    offset = 0
    for segment in row.segments:
        text = dust_off(close_up(mend(segment.text))) if row.page.source is PageSource.OCR else segment.text
        for match in _AMOUNT.finditer(text):
            amount = _read(row, match, offset, mark)
            if amount is not None:
                yield amount
        offset += len(segment.text) + 1


def _read(row: Row, match: re.Match[str], offset: int, mark: str) -> Amount | None:
    number = match["number"].replace(FILLER, "")
    value = parse(number, mark)
    if value is None:
        return None
    plain = re.sub(r"[^\d.,]", "", number)
    last = max(plain.rfind("."), plain.rfind(","))
    decimals = len(plain) - last - 1 if last >= 0 and value != int(re.sub(r"\D", "", plain) or 0) else 0
    currency = code_of(match["before"] or match["after"] or "")
    bracketed = bool(match["bracket"] and match["close"]) and (decimals > 0 or currency is not None)
    negative = bool(match["minus"] or match["minus2"] or match["trailing"]) or bracketed
    start = match.start("before") if match["before"] else match.start("number")
    end = match.end("after") if match["after"] else match.end("percent") if match["percent"] else match.end("number")
    if negative and not bracketed:
        first = [match.start(name) for name in ("minus", "minus2") if match[name]]
        start, end = min([start, *first]), max(end, match.end("trailing") if match["trailing"] else end)
    value = -value if negative else value
    return Amount(row, offset + start, offset + end, value, decimals, currency, bool(match["percent"]), decimals > 0)
