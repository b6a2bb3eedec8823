"""The head of a table of line items: which columns there are, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vault.domain.readings import Box, PageSource
from vault.reading.understand.amounts import Amount
from vault.reading.understand.layout import Row, Sheet
from vault.reading.understand.phrasebook import load_vocabulary


class Column(StrEnum):
    POSITION = "position"
    ARTICLE = "article"
    DESCRIPTION = "description"
    QUANTITY = "quantity"
    UNIT = "unit"
    UNIT_PRICE = "unit_price"
    TAX = "tax"
    DISCOUNT = "discount"
    AMOUNT = "amount"
    OTHER = "other"
    SUMMARY = "summary"


COLUMNS = load_vocabulary("columns", Column)

_STOREYS = 6
"""How many rows above and below are looked at for more titles; scraps of print between them do not matter."""


@dataclass(frozen=True, slots=True)
class TableHead:
    """`first` and `last` are the rows that it covers; `columns` where each column's title stands, left to right."""

    first: int
    last: int
    columns: tuple[tuple[Column, Box], ...]

    def boxes(self, column: Column) -> list[Box]:
        return [box for each, box in self.columns if each is column]

    def has(self, column: Column) -> bool:
        return any(each is column for each, _ in self.columns)


def find_heads(sheet: Sheet, amounts: Sequence[Amount]) -> list[TableHead]:
    """The heads of all tables on a page, from top to bottom; those that hold no items have no columns."""
    with_money = {amount.row.index for amount in amounts if amount.is_money}
    heads: list[TableHead] = []
    for row in sheet.rows:
        if (heads and row.index <= heads[-1].last) or row.index in with_money:
            continue
        titles = _titles(sheet, row)
        if len(titles) > 1 and any(column is Column.SUMMARY for column, _ in titles):
            heads.append(TableHead(row.index, row.index, ()))
        elif _score(titles) >= 2:
            head = _with_neighbours(sheet, row, with_money)
            if _score(head.columns) >= 3:
                heads.append(head)
    return heads


def _titles(sheet: Sheet, row: Row) -> tuple[tuple[Column, Box], ...]:
    """Column titles of a row; a row of running text has none."""
    forgiving = sheet.page.source is PageSource.OCR
    found = [(phrase, segment) for segment in row.segments for phrase in COLUMNS.find(segment.text, forgiving)]
    covered = sum(phrase.end - phrase.start for phrase, _ in found)
    letters = sum(1 for letter in row.text if letter.isalpha())
    if letters == 0 or covered < 0.4 * letters:
        return ()
    return tuple((phrase.meaning, segment.cut(phrase.start, phrase.end).box) for phrase, segment in found)


def _score(titles: Sequence[tuple[Column, Box]]) -> int:
    """How many different columns; a table of items has a price, a quantity or an amount, and a description."""
    kinds = {column for column, _ in titles} - {Column.OTHER}
    if Column.SUMMARY in kinds or not kinds & {Column.AMOUNT, Column.UNIT_PRICE, Column.QUANTITY}:
        return 0
    if not kinds & {Column.DESCRIPTION, Column.ARTICLE} and not {Column.QUANTITY, Column.UNIT_PRICE} <= kinds:
        return 0
    return len(kinds) + (1 if Column.DESCRIPTION in kinds else 0)


def _with_neighbours(sheet: Sheet, row: Row, with_money: set[int]) -> TableHead:
    """Titles in two or three storeys: rows close above and below belong to the head when they hold titles too."""
    near = [
        other
        for other in sheet.rows[max(0, row.index - _STOREYS) : row.index + _STOREYS + 1]
        if abs(other.box.middle[1] - row.box.middle[1]) < 2.3 * sheet.line and other.index not in with_money
    ]
    rows = [other for other in near if other is row or _titles(sheet, other)]
    titles: list[tuple[Column, Box]] = []
    for each in sorted(rows, key=lambda other: abs(other.index - row.index)):
        for column, box in _titles(sheet, each):
            if not any(min(box.x1, other.x1) > max(box.x0, other.x0) for _, other in titles):
                titles.append((column, box))
    titles.sort(key=lambda title: title[1].x0)
    return TableHead(min(each.index for each in rows), max(each.index for each in rows), tuple(_one_amount(titles)))


def _one_amount(titles: list[tuple[Column, Box]]) -> list[tuple[Column, Box]]:
    """One column is the amount. Of two prices it is the last; an amount left of the description counts pieces."""
    prices = [index for index, (column, _) in enumerate(titles) if column is Column.UNIT_PRICE]
    amounts = [index for index, (column, _) in enumerate(titles) if column is Column.AMOUNT]
    described = [index for index, (column, _) in enumerate(titles) if column is Column.DESCRIPTION]
    if len(described) > 1:
        titles[described[0]] = Column.POSITION, titles[described[0]][1]
    if len(prices) > 1 and not amounts:
        titles[prices[-1]] = Column.AMOUNT, titles[prices[-1]][1]
    if len(amounts) > 1 and described and amounts[0] < described[0]:
        titles[amounts[0]] = Column.QUANTITY, titles[amounts[0]][1]
        amounts = amounts[1:]
    for index in amounts[1:]:
        titles[index] = Column.OTHER, titles[index][1]
    return titles
