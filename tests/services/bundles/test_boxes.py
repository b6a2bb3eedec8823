"""Where a page tells prices: every amount goes, what only looks like one stays."""

from decimal import Decimal

import pytest

from vault.domain.readings import (
    Box,
    DocumentKind,
    Extracted,
    LineItem,
    Page,
    PageSource,
    Reading,
    Source,
    Word,
)
from vault.services.bundles.boxes import price_boxes


def row(*texts: str, gap: float = 0.005, y: float = 0.1) -> tuple[Word, ...]:
    words, x = [], 0.1
    for text in texts:
        words.append(Word(text, Box(x, y, x + 0.05, y + 0.012)))
        x += 0.05 + gap
    return tuple(words)


def reading_of(*words: Word, lines: tuple[LineItem, ...] = ()) -> Reading:
    page = Page(number=1, source=PageSource.TEXT, width=595, height=842, words=words)
    return Reading(kind=Extracted(DocumentKind.INVOICE, 1.0, Source.TEXT), pages=(page,), lines=lines)


def covered(reading: Reading) -> list[str]:
    boxes = price_boxes(reading).get(1, [])
    return [word.text for word in reading.pages[0].words if word.box in boxes]


@pytest.mark.parametrize(
    "text",
    ["12,50", "1.234,56", "€12", "12€", "12,50€", "EUR12.50", "12,50CHF", "12,50zł", "(12,50)", "-12,50", "0,1250",
     "120,-", "12,50A", "12,50*", "1'234.50"],
)  # fmt: skip
def test_amounts_go_however_they_are_printed(text: str) -> None:
    assert covered(reading_of(*row(text))) == [text]


@pytest.mark.parametrize("text", ["12", "12.05.26", "12.05.2026", "B0TESTAAA1", "0,75L", "1.25kg", "302-1234567"])
def test_numbers_that_are_no_amounts_stay(text: str) -> None:
    assert covered(reading_of(*row(text))) == []


def test_thousands_that_a_blank_sets_apart_go_with_the_rest() -> None:
    assert covered(reading_of(*row("Total", "1", "234", "567,80"))) == ["1", "234", "567,80"]
    assert covered(reading_of(*row("10", "234,56", gap=0.2))) == ["234,56"], "another column is another number"


def test_a_quantity_that_was_read_stays() -> None:
    words = row("40,00", "12,50", gap=0.1)
    quantity = Extracted(Decimal(40), 1.0, Source.TEXT, page=1, box=words[0].box)
    assert covered(reading_of(*words, lines=(LineItem(quantity=quantity),))) == ["12,50"]


def test_a_page_that_nobody_could_read_goes_as_a_whole() -> None:
    assert price_boxes(reading_of()) == {1: [Box(0, 0, 1, 1)]}
