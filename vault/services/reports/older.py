"""Reports that earlier versions of the service made: they say less. What they say is never changed, only shown."""

from collections.abc import Mapping
from typing import Any

from vault.services.reports.months import last_day, read_month

# The days by which every report counts coverage that lapses: its `within_30` and `within_90`.
_DAYS_COUNTED = (30, 90)


def filled(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures for a page: what the report does not tell is None, or empty. Those of today's reports stay as they are."""
    happened, month = figures["happened"], read_month(figures["month"])
    named = {each["audit"]: {"kind": each["kind"], "case": each["case"]} for each in figures["standing"]["audits"]}
    return {
        **figures,
        "happened": {
            "sales": {"units": None, "known": None, "days": last_day(month).day},
            **happened,
            "invoices": {"dated": None, "dated_passing": None, **happened["invoices"]},
        },
        "made": {"audits": named, "months": [], "warn_days": _DAYS_COUNTED, **figures["made"]},
    }
