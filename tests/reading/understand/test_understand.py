"""The whole way from words to fields."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.understand.pages import page_of, scan_of
from vault.domain.readings import Box, DocumentKind, Page, PageSource, Source, Word
from vault.reading.understand.understand import understand

INVOICE = (
    "Copperwick Imports Ltd", "9 Kingsway", "Leeds LS1 4DY", "",
    "Bill to: Kolmen Retail Ltd", "76 Foundry Street", "Manchester M1 2AB", "",
    "Invoice no. 2026-63673", "Invoice date 7 July 2026", "",
    [(0.08, "Description"), (0.5, "Qty"), (0.65, "Unit price"), (0.82, "Amount")],
    [(0.08, "Flask"), (0.5, "2"), (0.65, "10.00"), (0.82, "20.00")],
    [(0.65, "Net"), (0.82, "20.00")], [(0.65, "VAT 20%"), (0.82, "4.00")], [(0.65, "Total"), (0.82, "£24.00")],
)  # fmt: skip


def test_an_ordinary_invoice_is_understood() -> None:
    understood = understand((page_of(*INVOICE),))
    fields = understood.fields
    told = {name: str(found.value) for name in fields.names() if (found := getattr(fields, name)) is not None}
    assert understood.kind.value is DocumentKind.INVOICE
    assert told == {
        "supplier_name": "Copperwick Imports Ltd",
        "supplier_address": "9 Kingsway\nLeeds LS1 4DY",
        "supplier_country": "GB",
        "buyer_name": "Kolmen Retail Ltd",
        "buyer_address": "76 Foundry Street\nManchester M1 2AB",
        "number": "2026-63673",
        "issue_date": "2026-07-07",
        "currency": "GBP",
        "net": "20.00",
        "tax": "4.00",
        "total": "24.00",
    }
    assert len(understood.lines) == 1


def test_everything_found_says_where() -> None:
    page = page_of(*INVOICE)
    fields = understand((page,)).fields
    for name in fields.names():
        found = getattr(fields, name)
        if found is not None:
            assert found.page == 1
            assert found.box is not None
            assert found.raw
            assert 0 < found.confidence < 1


def test_a_scan_says_that_it_was_read_by_recognition() -> None:
    total = understand((scan_of(*INVOICE),)).fields.total
    assert total is not None
    assert total.source is Source.OCR


def test_the_same_words_give_the_same_answer() -> None:
    assert understand((page_of(*INVOICE),)) == understand((page_of(*INVOICE),))


def test_nothing_is_read_from_nothing() -> None:
    for pages in ((), (Page(1, PageSource.UNREAD),), (page_of(""),)):
        understood = understand(pages)
        assert understood.kind.value is DocumentKind.OTHER
        assert understood.lines == ()
        assert all(getattr(understood.fields, name) is None for name in understood.fields.names())


WORDS = st.sampled_from(
    ["Invoice", "Total", "12.00", "€", "31/02/2026", "01/02/2026", "GmbH", "Bill", "to:", "12345", "Berlin", "VAT", "DE136695976",
     "(", "-", "Qty", "Price", "\u200b", "💶", "1.234,56-", "№", "B0ABCD1234", "+49", "030", "@", "a@b.de", ":", "Description", "Amount"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.2), st.floats(0, 0.05), WORDS), max_size=60),
    st.sampled_from([PageSource.TEXT, PageSource.OCR]),
)
def test_no_page_breaks_the_understanding(
    places: list[tuple[float, float, float, float, str]], source: PageSource
) -> None:
    words = tuple(Word(text, Box(x, y, x + width, y + height), 0.5) for x, y, width, height, text in places)
    understood = understand((Page(1, source, words),))
    assert isinstance(understood.kind.value, DocumentKind)
