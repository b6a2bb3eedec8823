"""Reports as Seller Central gives them, made up."""

from collections.abc import Callable, Sequence

import pytest

HEADER = (
    "item-name", "item-description", "listing-id", "seller-sku", "price", "quantity", "open-date", "product-id-type",
    "item-note", "item-condition", "asin1", "product-id", "fulfillment-channel", "status",
)  # fmt: skip

Report = Callable[..., bytes]


@pytest.fixture
def report() -> Report:
    """Makes a report: rows as dictionaries by column name, in any encoding, with any separator and header."""

    def make(
        *rows: dict[str, str],
        header: Sequence[str] = HEADER,
        separator: str = "\t",
        encoding: str = "utf-8",
        newline: str = "\r\n",
    ) -> bytes:
        lines = [separator.join(header), *(separator.join(row.get(name, "") for name in header) for row in rows)]
        return (newline.join(lines) + newline).encode(encoding)

    return make


@pytest.fixture
def lamp() -> dict[str, str]:
    return {
        "item-name": "Lumora Lampe de chevet – édition spéciale €",
        "listing-id": "0101A1B2C3D",
        "seller-sku": "LMP-1",
        "price": "19.99",
        "quantity": "7",
        "open-date": "28/02/2026 15:20:20 MET",
        "product-id-type": "4",
        "item-condition": "11",
        "asin1": "B0LAMPBLK1",
        "product-id": "4006381333931",
        "fulfillment-channel": "DEFAULT",
        "status": "Active",
    }
