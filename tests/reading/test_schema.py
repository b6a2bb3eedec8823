import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from vault.domain.errors import Damaged
from vault.domain.readings import (
    Box,
    DocumentKind,
    Extracted,
    Fields,
    Identifiers,
    LineItem,
    Page,
    PageSource,
    Problem,
    Reading,
    Sign,
    SignKind,
    Source,
    Word,
)
from vault.reading.schema import dump_reading, load_reading

BOX = Box(0.1, 0.2, 0.30001, 0.4)
READING = Reading(
    kind=Extracted(DocumentKind.CREDIT_NOTE, 0.9, Source.TEXT, "Gutschrift", 1, BOX),
    pages=(
        Page(1, PageSource.OCR, (Word("Straße", BOX, 0.87), Word("购买", BOX)), 595.3, 841.9, "de", 0.87, 300.0),
        Page(2, PageSource.UNREAD),
    ),
    fields=Fields(
        supplier_name=Extracted("Harbour Lamps Ltd", 0.8, Source.OCR, "Harbour Lamps Ltd", 1, BOX),
        supplier_address=Extracted("14 Quay Street\nBristol BS1 4DJ", 0.7, Source.OCR, "", 1, BOX),
        issue_date=Extracted(date(2026, 1, 31), 0.99, Source.XML, "20260131"),
        total=Extracted(Decimal("-1234.50"), 1.0, Source.PERSON, "1.234,50"),
    ),
    lines=(
        LineItem(
            Extracted("Desk lamp", 0.9, Source.TEXT, "Desk lamp", 1, BOX),
            Extracted(Decimal(3), 0.9, Source.TEXT, "3", 1, BOX),
            identifiers=Identifiers(gtin="3518370400049", sku="L-3"),
        ),
    ),
    problems=(Problem("time_budget", 2), Problem("text_layer_replaced")),
    media_type="application/pdf",
    reader="2",
    signs=(Sign(SignKind.COVERED, "98.50", "58.50", 1, BOX), Sign(SignKind.EDITING_TOOL, "Sejda", "Billing 7")),
)


def stored() -> Any:
    return json.loads(json.dumps(dump_reading(READING)))


def test_a_reading_comes_back_exactly() -> None:
    assert load_reading(stored()) == READING


def test_a_reading_from_before_signs_were_looked_for_says_so() -> None:
    earlier = stored()
    del earlier["signs"]
    assert load_reading(earlier).signs is None
    assert load_reading(json.loads(json.dumps(dump_reading(load_reading(earlier))))).signs is None


def test_amounts_keep_their_digits() -> None:
    assert str(load_reading(stored()).fields.total.value) == "-1234.50"  # type: ignore[union-attr]


def _set(*path: Any) -> Callable[[Any], None]:
    *way, last, value = path

    def change(data: Any) -> None:
        for step in way:
            data = data[step]
        data[last] = value

    return change


@pytest.mark.parametrize(
    "harm",
    [
        _set("format", 2),
        _set("surprise", 1),
        _set("signs", 0, "kind", "sorcery"),
        _set("signs", 0, "page", 0),
        _set("signs", 0, "raw", "x" * 201),
        _set("signs", [dump_reading(READING)["signs"][0]] * 21),
        _set("kind", None),
        _set("kind", "value", "love_letter"),
        _set("pages", 0, "number", 0),
        _set("pages", 0, "language", "<script>"),
        _set("pages", 0, "words", [["x", 0, 0, 1, 2, 1]]),
        _set("pages", 0, "words", [["x" * 301, 0, 0, 1, 1, 1]]),
        _set("pages", 0, "words", [["nul\x00", 0, 0, 1, 1, 1]]),
        _set("pages", 0, "words", [["\ud800", 0, 0, 1, 1, 1]]),
        _set("pages", 0, "words", [["x", 0, 0, float("nan"), 1, 1]]),
        _set("pages", 0, "words", [["x", 0, 0, True, 1, 1]]),
        _set("pages", 0, "words", [["x"]]),
        _set("pages", 0, "words", "word"),
        _set("fields", "total", "value", "NaN"),
        _set("fields", "total", "value", "1e99999"),
        _set("fields", "total", "confidence", 1.5),
        _set("fields", "total", "source", "hearsay"),
        _set("fields", "total", "box", [0, 0, 1]),
        _set("fields", "supplier_name", "value", "x" * 2001),
        _set("fields", "issue_date", "value", "2026-02-30"),
        _set("fields", "colour", None),
        _set("lines", 0, "identifiers", "gtin", "not digits"),
        _set("problems", 0, "code", "Robert'); DROP TABLE"),
        _set("problems", [{"code": "x", "page": 1}] * 20_001),
    ],
)
def test_anything_else_is_refused(harm: Callable[[Any], None]) -> None:
    data = stored()
    harm(data)
    with pytest.raises(Damaged):
        load_reading(data)


@pytest.mark.parametrize("data", [None, [], "reading", 7, {}])
def test_what_is_not_a_reading_at_all_is_refused(data: object) -> None:
    with pytest.raises(Damaged):
        load_reading(data)
