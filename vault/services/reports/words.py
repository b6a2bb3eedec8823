"""Monthly reports in plain words: names of figures, and what no source fills yet."""

from collections.abc import Mapping
from types import MappingProxyType

from vault.domain.message import N_

# By the name of a figure as `vault.services.reports.comparing` compares it.
NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "standing.readiness.percent": N_("Readiness, percent"),
        "standing.products.proven": N_("Products with an invoice that passes"),
        "standing.products.all": N_("Products"),
        "standing.lapsing.within_30": N_("Products whose coverage lapses within 30 days"),
        "standing.lapsing.within_90": N_("Products whose coverage lapses within 90 days"),
        "happened.invoices.came_in": N_("Invoices that came in"),
        "happened.invoices.verdicts.pass": N_("Invoices that pass"),
        "happened.invoices.verdicts.fail": N_("Invoices that fail"),
        "happened.gaps.opened": N_("Gaps opened"),
        "happened.gaps.closed": N_("Gaps closed"),
        "standing.overdue.all": N_("Tasks overdue"),
        "standing.security.kept": N_("Security duties in order"),
        "happened.routines.done": N_("Routines attested"),
        "happened.routines.skipped": N_("Routines skipped"),
    }
)

NO_SOURCE: Mapping[str, str] = MappingProxyType(
    {
        "performance": N_(
            "Performance figures (order defects, late shipments, account health): no source yet. They are left out until"
            " they can be imported."
        )
    }
)

# How far an audit came, by the state it went to; `opened` is its notice.
AUDIT_STEPS: Mapping[str, str] = MappingProxyType({"opened": N_("Notice taken in")})
