"""A report as files for other programs."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from vault.db.entities.reports import Report, ReportStage
from vault.services.reports.months import written
from vault.services.reports.signing import Signature

# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_json(report: Report, figures: Mapping[str, Any], signature: Signature | None) -> bytes:
    """The figures as one reader may see them, with what names the report. The same report gives the same bytes."""
    about = {
        "report": report.id,
        "revision": report.revision,
        "digest": report.digest,
        "rules_version": report.rules_version,
        "made_at": report.made_at.isoformat(),
        "signed": _signed(signature),
    }
    return json.dumps({**about, "figures": figures}, sort_keys=True, ensure_ascii=False, indent=1).encode() + b"\n"


def as_csv(figures: Mapping[str, Any]) -> bytes:
    """Two columns: the name of each figure, ``standing.products.rows.0.asin``, and the figure; for spreadsheets, in UTF-8.

    Texts that a spreadsheet would take for a formula begin with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("figure", "value"))
    writer.writerows((_harmless(name), _harmless(value)) for name, value in _leaves("", figures))
    return out.getvalue().encode("utf-8-sig")


def filename(report: Report, format_: str, stage: ReportStage = ReportStage.MADE) -> str:
    signed = "-signed" if stage is ReportStage.SIGNED else ""
    return f"compliance-report-{written(report.month)}-revision-{report.revision}{signed}.{format_}"


def _signed(signature: Signature | None) -> dict[str, Any] | None:
    if signature is None:
        return None
    entry = {"seq": signature.seq, "hash": signature.entry}
    return {"by": signature.name, "at": signature.at.isoformat(), "note": signature.note, "journal": entry}


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from _leaves(f"{name}.{key}" if name else str(key), value[key])
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _leaves(f"{name}.{place}", each)
    else:
        yield name, "" if value is None else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
