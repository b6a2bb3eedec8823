"""Delimited reports as sellers download them: the encoding, the separator and the column names are found out.

Nothing here knows what a report is about. A report module declares its columns with the names that Amazon gives them in
each language, and receives rows keyed by its own column names, plus a problem for every line that is not a row.
"""

import codecs
import csv
import io
import itertools
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from vault.domain.errors import Unreadable
from vault.domain.message import N_, Message

SEPARATORS = ("\t", ",", ";", "|")
# An unclosed quotation mark must not swallow the rest of the file: no real cell is longer than this many lines.
LONGEST_RECORD = 40
# Bytes in which a header line ends, whatever the report.
_LONGEST_HEADER = 64 * 1024
# Bytes read at a time, and of a line without an end: what is longer is no line of a report.
_CHUNK = 256 * 1024
_LONGEST_LINE = 4 * 1024 * 1024
# Where the bytes are not UTF-8: the West, Japan, China. cp1252 comes first and wins a draw.
LEGACY_ENCODINGS = ("cp1252", "cp932", "gb18030")

Aliases = Mapping[str, Sequence[str]]


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


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


def read_rows(data: bytes | BinaryIO, aliases: Aliases, required: Sequence[str]) -> Iterator[Row | RowProblem]:
    """The rows and problems of a report, in the order of the file; of a stream one after the other, as they are asked for.

    `aliases` maps each column of interest to the names it may have; other columns are dropped. Raises Unreadable
    ("empty", "unknown_columns") when there is no header line with the `required` columns.
    """
    lines = _decoded(io.BytesIO(data) if isinstance(data, bytes) else data, aliases)
    header = next(lines, "")
    if not header.strip() and not any(line.strip() for line in lines):
        raise Unreadable("empty", N_("The file is empty. Download the report again and send it as it is."))
    separator, columns = _header(header, aliases)
    missing = [name for name in required if name not in columns]
    if missing:
        raise Unreadable(
            "unknown_columns",
            N_("The first line has no column %(columns)s. Send the report as Seller Central gave it, header included."),
            columns=", ".join(missing),
        )
    return _rows(lines, separator, columns, len(_split(header, separator)))


def known_columns(data: bytes, aliases: Aliases) -> frozenset[str]:
    """Which of the columns the header line of a report has. Empty for what is no report at all."""
    header = next(_decoded(io.BytesIO(data[:_LONGEST_HEADER]), aliases), "")
    return frozenset(_header(header, aliases)[1])


def normal_name(name: str) -> str:
    """A column name without what varies: case, spaces, hyphens, and the translation some countries add in brackets."""
    return "".join(char for char in name.split("(")[0].casefold() if char.isalnum())


def _decoded(stream: BinaryIO, aliases: Aliases) -> Iterator[str]:
    raw = _lines(stream)
    header = next(raw, b"")
    legacy = _legacy_encoding(header, aliases)
    for line in itertools.chain((header,), raw):
        yield _decode_line(line, legacy)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream without their ends, whichever of the three kinds these are; never more than a few at once."""
    start = stream.read(4)
    source: _Readable = stream
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        stream.seek(0)
        source, start = codecs.EncodedFile(stream, "utf-8", "utf-16", errors="replace"), b""
    rest = start.removeprefix(b"\xef\xbb\xbf")
    while chunk := source.read(_CHUNK):
        rest += chunk
        # What stands last may go on in the next chunk, and so may the two characters of one end.
        *whole, rest = rest.splitlines(keepends=True)
        if len(rest) > _LONGEST_LINE:
            whole, rest = [*whole, rest], b""
        for line in whole:
            yield line.rstrip(b"\r\n")
    yield from rest.splitlines()


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


def _rows(lines: Iterator[str], separator: str, columns: Mapping[str, int], width: int) -> Iterator[Row | RowProblem]:
    number = 2
    ahead = deque(itertools.islice(lines, 1))
    while ahead:
        record, taken = _record(ahead, lines, separator)
        if record is None:
            yield RowProblem(number, Message(N_("A quotation mark is opened and never closed.")))
        elif record.strip():
            yield _row(number, _split(record, separator), columns, width)
        number += taken
        for _ in range(taken):
            ahead.popleft()
        if not ahead:
            ahead.extend(itertools.islice(lines, 1))


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


def _record(ahead: deque[str], lines: Iterator[str], separator: str) -> tuple[str | None, int]:
    """The record that begins the lines `ahead`, and how many of them it takes; None for one that never ends.

    Where it needs more lines than are there, they are fetched.
    """
    if separator == "\t" or ahead[0].count('"') % 2 == 0:
        return ahead[0], 1
    ahead.extend(itertools.islice(lines, LONGEST_RECORD - len(ahead)))
    quotes = 0
    for taken, line in enumerate(ahead, start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return "\n".join(itertools.islice(ahead, taken)), taken
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
