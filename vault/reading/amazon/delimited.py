"""Delimited reports as sellers download them: the encoding, the separator and the column names are found out.

Nothing here knows what a report is about. A report module declares its columns with the names that Amazon gives them in
each language, and receives rows keyed by its own column names, plus a problem for every line that is not a row.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vault.domain.errors import Unreadable
from vault.domain.message import N_, Message

SEPARATORS = ("\t", ",", ";", "|")
# An unclosed quotation mark must not swallow the rest of the file: no real cell is longer than this many lines.
LONGEST_RECORD = 40
# Bytes in which a header line ends, whatever the report.
_LONGEST_HEADER = 64 * 1024
# Where the bytes are not UTF-8: the West, Japan, China. cp1252 comes first and wins a draw.
LEGACY_ENCODINGS = ("cp1252", "cp932", "gb18030")

Aliases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it begins on (counted from 1, the header included) and its cells by column name."""

    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell, trimmed; empty when the report has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a line was not taken as it stands. `kept`: the row was imported without the part that `reason` names."""

    line: int
    reason: Message
    kept: bool = False


def read_rows(data: bytes, aliases: Aliases, required: Sequence[str]) -> Iterator[Row | RowProblem]:
    """The rows and problems of a report, in the order of the file.

    `aliases` maps each column of interest to the names it may have; other columns are dropped. Raises Unreadable
    ("empty", "unknown_columns") when there is no header line with the `required` columns.
    """
    lines = _decode(data, aliases)
    if not lines:
        raise Unreadable("empty", N_("The file is empty. Download the report again and send it as it is."))
    separator, columns = _header(lines[0], aliases)
    missing = [name for name in required if name not in columns]
    if missing:
        raise Unreadable(
            "unknown_columns",
            N_("The first line has no column %(columns)s. Send the report as Seller Central gave it, header included."),
            columns=", ".join(missing),
        )
    return _rows(lines, separator, columns)


def known_columns(data: bytes, aliases: Aliases) -> frozenset[str]:
    """Which of the columns the header line of a report has. Empty for what is no report at all."""
    lines = _decode(data[:_LONGEST_HEADER], aliases)
    return frozenset(_header(lines[0], aliases)[1]) if lines else frozenset()


def normal_name(name: str) -> str:
    """A column name without what varies: case, spaces, hyphens, and the translation some countries add in brackets."""
    return "".join(char for char in name.split("(")[0].casefold() if char.isalnum())


def _decode(data: bytes, aliases: Aliases) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", errors="replace").encode()
    raw = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    while raw and not raw[-1].strip():
        raw.pop()
    legacy = _legacy_encoding(raw[0], aliases) if raw else LEGACY_ENCODINGS[0]
    return [_decode_line(line, legacy) for line in raw]


def _decode_line(line: bytes, legacy: str) -> str:
    """Line by line, because a file pasted together from two programs can change its encoding half way."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(legacy, errors="replace")


def _legacy_encoding(header: bytes, aliases: Aliases) -> str:
    def known(encoding: str) -> int:
        return len(_header(header.decode(encoding, errors="replace"), aliases)[1])

    return max(LEGACY_ENCODINGS, key=known)


def _header(line: str, aliases: Aliases) -> tuple[str, dict[str, int]]:
    """The separator under which most columns are known, and where each column stands."""
    found = [(separator, _columns(_split(line, separator), aliases)) for separator in SEPARATORS]
    return max(found, key=lambda item: len(item[1]))


def _columns(names: Sequence[str], aliases: Aliases) -> dict[str, int]:
    meaning = {normal_name(alias): column for column, known in aliases.items() for alias in (column, *known)}
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        column = meaning.get(normal_name(name))
        if column is not None:
            places.setdefault(column, place)
    return places


def _rows(lines: Sequence[str], separator: str, columns: Mapping[str, int]) -> Iterator[Row | RowProblem]:
    width = len(_split(lines[0], separator))
    at = 1
    while at < len(lines):
        number, (record, taken) = at + 1, _record(lines, at, separator)
        at += taken
        if record is None:
            yield RowProblem(number, Message(N_("A quotation mark is opened and never closed.")))
        elif record.strip():
            yield _row(number, _split(record, separator), columns, width)


def _row(number: int, cells: Sequence[str], columns: Mapping[str, int], width: int) -> Row | RowProblem:
    if any("\0" in cell for cell in cells):
        return RowProblem(number, Message(N_("The line holds a NUL character: the file is damaged here.")))
    if any(cell.strip() for cell in cells[width:]):
        return RowProblem(
            number,
            Message(
                N_("The line has %(cells)s cells, the header %(width)s."),
                {"cells": str(len(cells)), "width": str(width)},
            ),
        )
    return Row(number, {name: cells[place].strip() for name, place in columns.items() if place < len(cells)})


def _record(lines: Sequence[str], at: int, separator: str) -> tuple[str | None, int]:
    """The record that begins on line `at` and how many lines it takes; None for one that never ends."""
    if separator == "\t" or lines[at].count('"') % 2 == 0:
        return lines[at], 1
    quotes = 0
    for taken, line in enumerate(lines[at : at + LONGEST_RECORD], start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return "\n".join(lines[at : at + taken]), taken
    return None, 1


def _split(record: str, separator: str) -> list[str]:
    if separator == "\t":
        return [_unquote(cell) for cell in record.split("\t")]
    reader = csv.reader([record] if "\n" not in record else record.splitlines(keepends=True), delimiter=separator)
    return next(reader, [])


def _unquote(cell: str) -> str:
    """Amazon writes tab-separated cells bare (an inch mark is just that); spreadsheets quote and double."""
    if len(cell) < 2 or not (cell.startswith('"') and cell.endswith('"')):
        return cell
    inner = cell[1:-1]
    return inner.replace('""', '"') if '"' not in inner.replace('""', "") else cell
