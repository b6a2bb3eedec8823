"""Where a document speaks of a product: the whole row, on whatever page it stands."""

from decimal import Decimal

from tests.reading.understand.pages import page_of
from vault.domain.readings import Box, DocumentKind, Extracted, LineItem, Page, Reading, Source
from vault.services.bundles.boxes import line_boxes

PAGE = page_of("Invoice 7", [(0.08, "Kettle Norvik RA-665"), (0.6, "40"), (0.8, "12,50")], "Thank you")


def reading_of(line: LineItem, *pages: Page) -> Reading:
    return Reading(kind=Extracted(DocumentKind.INVOICE, 1.0, Source.TEXT), pages=pages, lines=(line,))


def test_the_row_is_marked_from_its_first_word_to_its_last() -> None:
    forty = next(word.box for word in PAGE.words if word.text == "40")
    seen = LineItem(quantity=Extracted(Decimal(40), 1.0, Source.TEXT, page=1, box=forty))
    row = [word.box for word in PAGE.words if word.box.y0 == forty.y0]
    whole = Box(row[0].x0, forty.y0, row[-1].x1, forty.y1)
    assert line_boxes(reading_of(seen, PAGE), [0]) == {1: [whole]}


def test_a_line_of_embedded_xml_is_sought_by_its_words() -> None:
    told = LineItem(description=Extracted("Norvik kettle RA-665", 1.0, Source.XML))
    ((box,),) = line_boxes(reading_of(told, page_of("Cover"), PAGE), [0]).values()
    assert box.y0 < next(word.box for word in PAGE.words if word.text == "40").middle[1] < box.y1


def test_a_line_that_no_page_shows_is_marked_nowhere() -> None:
    told = LineItem(description=Extracted("Desk lamp", 1.0, Source.XML))
    assert line_boxes(reading_of(told, PAGE), [0]) == {}
