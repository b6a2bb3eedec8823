"""Pages of our own are printed as often as what they say changes, and say where everything stands."""

from datetime import date
from pathlib import Path

from vault.composing.book import Book, Piece, Section
from vault.composing.composer import Composer
from vault.composing.copies import Copy
from vault.composing.papers import Cover, SectionFacts
from vault.composing.planning import Plan, plan

COVER = Cover("Invoices for two lamps", "Nordlicht GmbH", "Nordlicht", "amazon.de", "18273645", date(2026, 11, 22))


class Counting(Composer):
    """Remembers how many pages it was asked to set."""

    set_pages = 0

    def typeset(self, html: str) -> Copy:
        self.set_pages += 1
        return super().typeset(html)


def section(number: int, pieces: int) -> Section:
    facts = SectionFacts(f"B{number:09d}", f"Lamp {number}")
    return Section(facts.asin, tuple(Piece(f"Invoice {each}", b"", pages=2) for each in range(pieces)), facts)


def planned(composer: Composer, folder: Path, *sections: Section) -> Plan:
    return plan(composer, Book(COVER, sections), folder)


def test_where_nothing_moves_each_is_printed_once(tmp_path: Path) -> None:
    with Counting() as composer:
        made = planned(composer, tmp_path, section(1, 3), section(2, 3))
        assert composer.set_pages == 4
    assert [place.first for place in made.places] == [3, 4, 6, 8, 10, 11, 13, 15]
    assert made.total == 16


def test_where_the_index_is_longer_only_that_is_printed_again(tmp_path: Path) -> None:
    with Counting() as composer:
        planned(composer, tmp_path, section(1, 9), section(2, 9), section(3, 9), section(4, 9))
        assert composer.set_pages == 7


def test_a_very_long_index_comes_in_parts(composer: Composer, tmp_path: Path) -> None:
    made = planned(composer, tmp_path, section(1, 1), Section("Letters", section(2, 410).pieces))
    before = [leaflet for leaflet in made.leaflets if leaflet.first < made.places[0].first]
    assert len(before) == 3  # the cover, and two parts of the index
    assert made.places[0].first == sum(leaflet.pages for leaflet in before) + 1
    assert made.places[-1].first + 1 == made.total
