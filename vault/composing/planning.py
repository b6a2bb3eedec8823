"""Which page of a combined PDF everything stands on. The index names pages, and its own length moves them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vault.composing.book import Book, Place
from vault.composing.composer import Composer
from vault.composing.pages import Pages, Row
from vault.sandbox.refusals import reader_died

_MOST_SETTINGS = 6


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Pages that follow each other: HTML of ours, or a ready PDF. `first` is the number of its first page.

    `framed`: its pages are set on sheets, below a line that says `above`.
    """

    content: str | bytes | Path
    first: int
    pages: int
    framed: bool = False
    above: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` are the lines of the index, with the pages that they lead to."""

    leaflets: tuple[Leaflet, ...]
    rows: tuple[Row, ...]
    places: tuple[Place, ...]
    total: int


def plan(composer: Composer, book: Book) -> Plan:
    """Raises as `Composer` does."""
    return _Planning(composer, book).settled()


class _Planning:
    """`_lengths` are the pages of each leaflet by its name; those of our own are guessed until they have been set."""

    def __init__(self, composer: Composer, book: Book) -> None:
        self._composer, self._book = composer, book
        self._pages = Pages(book.language, book.sheet)
        self._lengths = {"cover": 1, "index": 1}
        for section, within in enumerate(book.sections):
            if within.facts is not None:
                self._lengths[_name(section)] = 1
            for piece, content in enumerate(within.pieces):
                self._lengths[_name(section, piece)] = content.pages or composer.count(content.content)

    def settled(self) -> Plan:
        for _ in range(_MOST_SETTINGS):
            firsts = self._firsts()
            own = dict(self._own(firsts))
            lengths = self._lengths | {name: self._composer.printed(html).pages for name, html in own.items()}
            if lengths == self._lengths:
                return self._plan(firsts, own)
            self._lengths = lengths
        raise reader_died()

    def _firsts(self) -> dict[str, int]:
        """The first page of each leaflet, and of each section."""
        firsts, page = {}, 1
        for name, pages in self._lengths.items():
            firsts[name] = page
            page += pages
        for section, within in enumerate(self._book.sections):
            if within.pieces:
                firsts.setdefault(_name(section), firsts.get(_name(section, 0), page))
        return firsts

    def _own(self, firsts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Name and HTML of our own leaflets."""
        rows = self._rows(firsts)
        yield "cover", self._pages.paper(self._book.cover)
        yield "index", self._pages.index(rows)
        for section, within in enumerate(self._book.sections):
            if within.facts is not None:
                below = [row for row in rows if row.section == section and row.piece is not None]
                yield _name(section), self._pages.section(within.facts, below)

    def _rows(self, firsts: Mapping[str, int]) -> list[Row]:
        rows = []
        for section, within in enumerate(self._book.sections):
            if (name := _name(section)) in firsts:
                rows.append(Row(name, section, None, within.title, firsts[name]))
            for piece, content in enumerate(within.pieces):
                name = _name(section, piece)
                rows.append(Row(name, section, piece, content.title, firsts[name], content.invoice))
        return rows

    def _plan(self, firsts: Mapping[str, int], own: Mapping[str, str]) -> Plan:
        leaflets = [Leaflet(own[name], firsts[name], self._lengths[name]) for name in ("cover", "index")]
        for section, within in enumerate(self._book.sections):
            if (name := _name(section)) in own:
                leaflets.append(Leaflet(own[name], firsts[name], self._lengths[name]))
            for piece, content in enumerate(within.pieces):
                name = _name(section, piece)
                above = f"{within.title} · {content.title}"
                leaflets.append(Leaflet(content.content, firsts[name], self._lengths[name], content.framed, above))
        rows = self._rows(firsts)
        places = tuple(Place(row.section, row.piece, row.title, row.page, self._length(row)) for row in rows)
        return Plan(tuple(leaflets), tuple(rows), places, sum(self._lengths.values()))

    def _length(self, row: Row) -> int:
        if row.piece is not None:
            return self._lengths[row.name]
        return sum(pages for name, pages in self._lengths.items() if name.startswith(row.name))


def _name(section: int, piece: int | None = None) -> str:
    """Sorted by it, places are in their order."""
    return f"s{section:06d}" if piece is None else f"s{section:06d}.{piece:06d}"
