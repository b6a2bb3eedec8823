"""Which page of a combined PDF everything stands on. The index names pages, and its own length moves them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from vault.composing.book import Book, Place
from vault.composing.composer import Composer
from vault.composing.pages import Pages, Row
from vault.sandbox.refusals import reader_died

_MOST_ROUNDS = 6
_AN_INDEX = 400  # rows: longer ones are printed in parts, none of which takes long even where others work too


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Pages that follow each other. `first` is the number of its first page; `flaws` are those of its making.

    `framed`: its pages are set on sheets, below a line that says `above`; `copied` as of `Piece`.
    """

    content: bytes | Path
    first: int
    pages: int
    framed: bool = False
    above: str = ""
    copied: bool = False
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` are the lines of the index, with the pages that they lead to."""

    leaflets: tuple[Leaflet, ...]
    rows: tuple[Row, ...]
    places: tuple[Place, ...]
    total: int


def plan(composer: Composer, book: Book, folder: Path) -> Plan:
    """Pages of our own are printed into `folder`. Raises as `Composer` does."""
    return _Planning(composer, book, folder).settled()


@dataclass(frozen=True, slots=True)
class _Printed:
    """`html` is its checksum."""

    html: bytes
    path: Path
    flaws: tuple[str, ...]


class _Planning:
    """`_lengths` are the pages of each leaflet by its name, in order; our own are guessed until they are printed."""

    def __init__(self, composer: Composer, book: Book, folder: Path) -> None:
        self._composer, self._book, self._folder = composer, book, folder
        self._pages = Pages(book.language, book.sheet)
        self._printed: dict[str, _Printed] = {}
        self._lengths = {"cover": 1}
        rows = sum(1 + len(section.pieces) for section in book.sections)
        self._lengths |= {f"index.{part:06d}": 1 for part in range(-(-rows // _AN_INDEX) or 1)}
        for section, within in enumerate(book.sections):
            if within.facts is not None:
                self._lengths[_name(section)] = 1
            for piece, content in enumerate(within.pieces):
                self._lengths[_name(section, piece)] = content.pages or composer.count(content.content)
        self._firsts = self._counted()

    def settled(self) -> Plan:
        """Prints what names pages until none of them moves any more."""
        for _ in range(_MOST_ROUNDS):
            anew = [name for name in self._lengths if _is_own(name) and self._print(name)]
            if not anew:
                return self._plan()
        raise reader_died()

    def _print(self, name: str) -> bool:
        """Whether it had to be printed, since what it says has changed. What follows it moves at once."""
        html = self._html(name)
        checksum = hashlib.sha256(html.encode()).digest()
        if name in self._printed and self._printed[name].html == checksum:
            return False
        made, path = self._composer.typeset(html), self._folder / f"{name}.pdf"
        path.write_bytes(made.content)
        self._printed[name] = _Printed(checksum, path, made.flaws)
        if made.pages != self._lengths[name]:
            self._lengths[name] = made.pages
            self._firsts = self._counted()
        return True

    def _html(self, name: str) -> str:
        kind, _, part = name.partition(".")
        if kind == "cover":
            return self._pages.paper(self._book.cover)
        if kind == "index":
            rows = [row for section in range(len(self._book.sections)) for row in self._rows(section)]
            return self._pages.index(rows[int(part) * _AN_INDEX :][:_AN_INDEX])
        section = int(kind[1:])
        facts = self._book.sections[section].facts
        assert facts is not None, "other sections have no page of their own"
        return self._pages.section(facts, [row for row in self._rows(section) if row.piece is not None])

    def _counted(self) -> dict[str, int]:
        """The first page of each leaflet, and of each section."""
        ends = accumulate(self._lengths.values(), initial=1)
        firsts = dict(zip(self._lengths, ends, strict=False))
        for section, within in enumerate(self._book.sections):
            if within.pieces:
                firsts.setdefault(_name(section), firsts[_name(section, 0)])
        return firsts

    def _rows(self, section: int) -> Iterator[Row]:
        within, name = self._book.sections[section], _name(section)
        if name in self._firsts:
            yield Row(name, section, None, within.title, self._firsts[name])
        for piece, content in enumerate(within.pieces):
            name = _name(section, piece)
            yield Row(name, section, piece, content.title, self._firsts[name], content.invoice)

    def _plan(self) -> Plan:
        rows = tuple(row for section in range(len(self._book.sections)) for row in self._rows(section))
        places = tuple(Place(row.section, row.piece, row.title, row.page, self._length(row)) for row in rows)
        return Plan(tuple(map(self._leaflet, self._lengths)), rows, places, sum(self._lengths.values()))

    def _leaflet(self, name: str) -> Leaflet:
        first, pages = self._firsts[name], self._lengths[name]
        if _is_own(name):
            own = self._printed[name]
            return Leaflet(own.path, first, pages, flaws=own.flaws)
        section, piece = map(int, name[1:].split("."))
        within = self._book.sections[section]
        content = within.pieces[piece]
        above = f"{within.title} · {content.title}"
        return Leaflet(content.content, first, pages, content.framed, above, content.copied)

    def _length(self, row: Row) -> int:
        if row.piece is not None:
            return self._lengths[row.name]
        pieces = range(len(self._book.sections[row.section].pieces))
        return self._lengths.get(row.name, 0) + sum(self._lengths[_name(row.section, piece)] for piece in pieces)


def _name(section: int, piece: int | None = None) -> str:
    """Sorted by it, places are in their order."""
    return f"s{section:06d}" if piece is None else f"s{section:06d}.{piece:06d}"


def _is_own(name: str) -> bool:
    return not name.startswith("s") or "." not in name
