"""The supplier sheet of a bundle with very many suppliers."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.services.bundles.bundle_things import text_of
from vault.composing.composer import Composer
from vault.services.bundles.contents import Contents, Demand, SupplierCard
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.sheets import Sheets

DAY = date(2026, 10, 30)


@pytest.fixture(scope="module")
def composer() -> Iterator[Composer]:
    with Composer() as opened:
        yield opened


def sheets_for(composer: Composer, count: int) -> tuple[bytes, ...]:
    cards = [
        SupplierCard(str(number), f"Supplier {number:03}", "1 Mill Lane\nLeeds", "+44 113 496 0000", "", "", "")
        for number in range(count)
    ]
    demand = Demand("a", "invoices", "", "en", "GB", DAY, "A Ltd", "A")
    contents = Contents(demand, (DAY, DAY), (), (), (), tuple(cards), "", 0)
    return Sheets(composer, contents, BundleOptions(DAY)).suppliers()


def test_very_many_suppliers_are_printed_in_several_files_and_none_is_lost(composer: Composer) -> None:
    first, second = sheets_for(composer, 103)
    assert "Supplier 000" in text_of(first)
    assert "Supplier 099" in text_of(first)
    assert [name for name in ("Supplier 099", "Supplier 100", "Supplier 102") if name in text_of(second)] == [
        "Supplier 100",
        "Supplier 102",
    ]


def test_without_suppliers_there_is_no_file(composer: Composer) -> None:
    assert sheets_for(composer, 0) == ()
