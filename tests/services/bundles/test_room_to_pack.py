"""How much of the disk a bundle takes until it is kept, told from the sizes of its originals and copies."""

from datetime import date

import pytest

from vault.rules.channels import ChannelRule, Takes
from vault.services.bundles.briefs import Brief
from vault.services.bundles.contents import Contents, Demand, Enclosed
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.packing import room_to_pack

DAY = date(2026, 10, 1)
COPIES = 1000
COMBINED = 1100
"""A combined PDF of these copies."""


def brief(size: int, takes: Takes, *, without_prices: bool) -> Brief:
    demand = Demand("audit", "appeal", "", "en", "DE", DAY, "Example GmbH", "Example")
    enclosed = Enclosed(
        *("id", "001-invoice.pdf", "invoice.pdf", "0" * 64, size),
        is_invoice=True,
        is_picture=False,
        number="1",
        supplier_id=None,
        supplier_name="",
        issued_on=DAY,
        reading_id=None,
        corrections={},
    )
    contents = Contents(demand, (DAY, DAY), (enclosed,), (), (), (), "", 0)
    channel = ChannelRule("case", "A case", takes, 0, 0, "")
    return Brief(contents, BundleOptions(DAY, without_prices=without_prices), channel)


@pytest.mark.parametrize(
    ("takes", "without_prices", "made"),
    [
        (Takes.ZIP, False, 5000 + COPIES + COMBINED),
        (Takes.ZIP, True, COPIES + COMBINED),
        (Takes.PDF, False, 5000 + COPIES + 2 * COMBINED),
    ],
)
def test_what_is_made_is_there_twice_until_it_is_kept(takes: Takes, without_prices: bool, made: int) -> None:
    assert room_to_pack(brief(5000, takes, without_prices=without_prices), COPIES) == COMBINED + 2 * made
