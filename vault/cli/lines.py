"""Readings as lines of JSON, one a file: the stable output of the terminal commands."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from vault.domain.errors import Unreadable, VaultError
from vault.domain.readings import Extracted, Fields, LineItem, Page, Reading, Source


def reading_line(file: str, sha256: str, reading: Reading, took_ms: int) -> dict[str, Any]:
    """The line of a document that was read."""
    return {
        "file": file,
        "sha256": sha256,
        "ok": True,
        "error": None,
        "kind": reading.kind.value.value,
        "took_ms": took_ms,
        "pages": [_page(page) for page in reading.pages],
        "fields": {name: extracted(getattr(reading.fields, name)) for name in Fields.names()},
        "lines": [_line(line) for line in reading.lines],
    }


def refused_line(file: str, sha256: str | None, error: VaultError, took_ms: int) -> dict[str, Any]:
    """The line of a file that could not be read, and why."""
    code = error.reason if isinstance(error, Unreadable) else error.code
    return {
        "file": file,
        "sha256": sha256,
        "ok": False,
        "error": {"code": code, "message": str(error.message)},
        "kind": None,
        "took_ms": took_ms,
        "pages": [],
        "fields": dict.fromkeys(Fields.names()),
        "lines": [],
    }


def as_json(line: dict[str, Any]) -> str:
    """One line of text, whatever a stranger wrote into the document."""
    return json.dumps(line, ensure_ascii=False, allow_nan=False)


def extracted(item: Extracted[Any] | None) -> dict[str, Any] | None:
    """Value as text, with where it came from; None for what was not found."""
    if item is None:
        return None
    in_xml = item.source is Source.XML or item.box is None
    return {
        "value": _text(item.value),
        "confidence": round(item.confidence, 4),
        "page": item.page,
        "box": None if in_xml or item.box is None else [item.box.x0, item.box.y0, item.box.x1, item.box.y1],
        "source": item.source.value,
        "raw": item.raw,
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "source": page.source.value,
        "words": len(page.words),
        "language": page.language,
        "confidence": page.confidence,
    }


def _line(line: LineItem) -> dict[str, Any]:
    ids = line.identifiers
    return {
        "description": extracted(line.description),
        "quantity": extracted(line.quantity),
        "unit_price": extracted(line.unit_price),
        "amount": extracted(line.amount),
        "identifiers": {"asin": ids.asin, "gtin": ids.gtin, "sku": ids.sku, "model": ids.model},
    }


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
