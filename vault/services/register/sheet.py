"""Lists of values as people keep them: pasted lines, or a CSV file from any spreadsheet."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.domain.register import AttributeKind
from vault.linking.kinds import kind_named
from vault.reading.amazon.delimited import SEPARATORS, Row, RowProblem, normal_name, read_rows
from vault.services.register.entries import EntryDetails

# Bytes: some thousand lines. It is read in memory and never touches the disk.
MOST_BYTES = 256 * 1024
_ORDER = ("kind", "value", "label", "since", "until")
_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": ("type", "art", "genre", "tipo", "sorte"),
        "value": ("wert", "valeur", "valore", "valor", "number", "nummer"),
        "label": ("name", "note", "bezeichnung", "libellé", "etichetta", "etiqueta", "comment"),
        "since": ("from", "first day", "seit", "depuis", "dal", "desde"),
        "until": ("to", "last day", "bis", "jusqu'au", "fino al", "hasta"),
        "account": ("seller account", "verkäuferkonto", "compte vendeur", "account venditore", "cuenta de vendedor"),
    }
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line: `kind` and `text` of a value, and the account that it names, empty where the list has no such column."""

    line: int
    kind: AttributeKind
    text: str
    details: EntryDetails
    account: str = ""


def read_sheet(data: bytes) -> Iterator[SheetRow | RowProblem]:
    """The values of a list, and a problem for each line that is none. The lines are counted from 1.

    Each line is ``kind; value; label; since; until``, with any separator; a first line with the names of columns may
    put them in another order and add ``account``. No problem repeats what stands in the line.
    Raises Invalid for a list that is empty or too long.
    """
    if not data.strip():
        raise Invalid(N_("There is nothing to read. Paste one value a line, or choose a file."))
    if len(data) > MOST_BYTES:
        raise Invalid(N_("This is more than can be read at once. Split it into lists of a thousand lines."))
    data = _as_utf8(data)
    if _has_header(data):
        found, shift = read_rows(data, _COLUMNS, ("kind", "value")), 0
    else:
        found, shift = read_rows(_with_header(data), _COLUMNS, ()), 1
    for each in found:
        yield _problem(each.line - shift, each.reason) if isinstance(each, RowProblem) else _row(each, shift)


def _row(row: Row, shift: int) -> SheetRow | RowProblem:
    line = row.line - shift
    kind = kind_named(row.get("kind"))
    if kind is None:
        return _problem(
            line, Message(N_("The first cell is no kind of value. Write for example: bank account, phone, IP."))
        )
    if not row.get("value"):
        return _problem(line, Message(N_("The value is missing.")))
    try:
        since, until = (date.fromisoformat(row.get(name)) if row.get(name) else None for name in ("since", "until"))
    except ValueError:
        return _problem(line, Message(N_("A day is written as year-month-day, for example 2026-01-31.")))
    return SheetRow(line, kind, row.get("value"), EntryDetails(row.get("label"), since, until), row.get("account"))


def _problem(line: int, reason: Message) -> RowProblem:
    return RowProblem(line, reason)


def text_of(data: bytes) -> str:
    """A file as text that somebody can look at and correct; `read_sheet` reads it as it reads the file."""
    plain = _as_utf8(data)
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1252", errors="replace")


def _as_utf8(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def _first_line(data: bytes) -> str:
    return data.splitlines()[0].decode("utf-8", errors="replace")


def _has_header(data: bytes) -> bool:
    known = {normal_name(name) for column in ("kind", "value") for name in (column, *_COLUMNS[column])}
    cells = next(csv.reader([_first_line(data)], delimiter=_separator(data)), [])
    return len(known.intersection(map(normal_name, cells))) >= 2


def _with_header(data: bytes) -> bytes:
    return _separator(data).join(_ORDER).encode() + b"\n" + data


def _separator(data: bytes) -> str:
    """What follows the kind in the first line: commas can stand in an address, so the first separator counts."""
    first = _first_line(data)
    places = {first.find(each): each for each in SEPARATORS if each in first}
    return places[min(places)] if places else ";"
