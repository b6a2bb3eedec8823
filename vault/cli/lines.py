"""Readings as lines of JSON, one a file: the stable output of the terminal commands."""

import json
import sys
from datetime import date
from decimal import Decimal
from typing import Any

from vault.cli.documents import ReadFile
from vault.domain.errors import Unreadable, VaultError
from vault.domain.findings import Evidence, Finding
from vault.domain.readings import Extracted, Fields, LineItem, Page, Reading, Source


def document_line(done: ReadFile) -> dict[str, Any]:
    """The line of one file: what was read from it, or why it could not be read."""
    read = done.answer if isinstance(done.answer, Reading) else None
    fields = read.fields if read else Fields()
    return {
        "file": done.file,
        "sha256": done.sha256,
        "ok": read is not None,
        "error": _error(done.answer) if isinstance(done.answer, VaultError) else None,
        "kind": read.kind.value.value if read else None,
        "took_ms": done.took_ms,
        "pages": [_page(page) for page in read.pages] if read else [],
        "fields": {name: extracted(getattr(fields, name)) for name in Fields.names()},
        "lines": [_line(line) for line in read.lines] if read else [],
    }


def print_utf8() -> None:
    """Print UTF-8 whatever the terminal says of itself, with a file name's stray bytes escaped."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


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


def finding_entry(finding: Finding) -> dict[str, Any]:
    """One finding as it stands in a line of `sellervault check`."""
    evidence = finding.evidence or Evidence()
    box = evidence.box
    return {
        "check": finding.check,
        "item": finding.item,
        "outcome": finding.outcome.value,
        "message": str(finding.message),
        "advice": str(finding.advice) if finding.advice else None,
        "page": evidence.page,
        "box": [box.x0, box.y0, box.x1, box.y1] if box else None,
        "rule": finding.rule,
        "why": dict(finding.why),
    }


def _error(error: VaultError) -> dict[str, str]:
    code = error.reason if isinstance(error, Unreadable) else error.code
    return {"code": code, "message": str(error.message)}


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
