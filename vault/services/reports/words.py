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
        "happened.invoices.verdicts.warn": N_("Invoices with a warning"),
        "happened.invoices.verdicts.unknown": N_("Invoices to check"),
        "happened.invoices.verdicts.fail": N_("Invoices that fail"),
        "happened.invoices.dated": N_("Invoices that bear a date of the month"),
        "happened.sales.units": N_("Units sold"),
        "happened.sales.known": N_("Days whose sales are known"),
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
            "Performance figures (order defects, late shipments, account health): no figures are imported yet. They are"
            " left out, with their limits and trends, until they can be."
        )
    }
)

# How far an audit came, by the state it went to; `opened` is its notice.
AUDIT_STEPS: Mapping[str, str] = MappingProxyType({"opened": N_("Notice taken in")})

# Parts of a report, where a revision differs in something that is no number of the comparison.
SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "invoices": N_("Invoices of the month"),
        "sales": N_("Sales"),
        "gaps": N_("Gaps"),
        "routines": N_("Routines"),
        "attested": N_("Security duties attested"),
        "audits": N_("Audits"),
        "days": N_("Days that were counted"),
        "readiness": N_("Readiness"),
        "products": N_("Readiness by product"),
        "lapsing": N_("Coverage that will lapse"),
        "overdue": N_("Tasks overdue"),
        "waivers": N_("Waivers"),
        "links": N_("Linked accounts"),
        "security": N_("Security duties"),
        "kept": N_("What was kept"),
        "locks": N_("What the store promises"),
        "next": N_("Things to do next"),
        "is_complete": N_("Whether the month was over"),
    }
)

# What became of the invoices of a month.
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "pass": N_("Pass"),
        "warn": N_("With a warning"),
        "unknown": N_("To check"),
        "fail": N_("Fail"),
        "not_judged": N_("Not judged"),
    }
)
