"""Pages that were scanned askew are made straight, and what is found on them is put back where it is displayed."""

from dataclasses import replace
from math import degrees

import pytest

from tests.invoices.compose import make_invoice
from tests.invoices.degrade import Recipe, as_scan
from tests.invoices.render import Layout, render
from tests.reading.prices.papers import line, page_of
from vault.domain.readings import PageSource
from vault.reading.prices.upright import upright
from vault.reading.read import read_document


@pytest.mark.parametrize(("turn", "skew"), [(0, 4.0), (2, 0.0), (1, 1.5)])
def test_a_scan_is_made_straight(turn: int, skew: float) -> None:
    pdf = render(make_invoice(5, "de"), Layout.LETTERHEAD)
    (page,) = read_document(as_scan(pdf, Recipe(dpi=200, turn=turn, skew=skew), 3)).pages
    straight = upright(page)
    assert round(degrees(straight.turn) / 90) % 4 == -turn % 4
    assert straight.page.width < straight.page.height
    head = [word.box for word in straight.page.words if word.text in ("Menge", "Beschreibung", "Gesamtpreis")]
    assert max(box.middle[1] for box in head) - min(box.middle[1] for box in head) < 0.004
    for there, here in zip(straight.page.words, page.words, strict=True):
        found = straight.back(there.box).middle
        assert found == pytest.approx(here.box.middle, abs=0.002)


def test_a_page_of_text_is_as_it_is() -> None:
    page = page_of(line("Invoice 12"), line("of today"))
    assert upright(page).page is page
    assert upright(replace(page, source=PageSource.OCR)).turn == 0
