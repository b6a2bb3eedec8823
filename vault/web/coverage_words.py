"""What pages say about coverage: states of products, and why an invoice does not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vault.checks.coverage.counting import Excluded
from vault.db.entities.sales import CoverageState
from vault.db.queries.coverages import CoverageSort
from vault.domain.message import N_


@dataclass(frozen=True, slots=True)
class StateWords:
    """`mark`: the badge that it looks like; `many`: what a number of such products is called."""

    name: str
    many: str
    mark: str
    icon: str


STATES: Mapping[str, StateWords] = MappingProxyType(
    {
        CoverageState.MISSING: StateWords(N_("No invoice"), N_("sell without any invoice"), "fail", "x-octagon-fill"),
        CoverageState.SHORT: StateWords(N_("Units missing"), N_("lack units"), "fail", "x-octagon-fill"),
        CoverageState.LAPSING: StateWords(
            N_("Lapses soon"), N_("will lapse soon"), "warn", "exclamation-triangle-fill"
        ),
        CoverageState.UNKNOWN: StateWords(
            N_("Sales unknown"), N_("with sales unknown"), "unknown", "question-diamond-fill"
        ),
        CoverageState.COVERED: StateWords(N_("Covered"), N_("covered"), "pass", "check-circle-fill"),
        CoverageState.UNSOLD: StateWords(N_("Not sold"), N_("not sold"), "none", "dash-circle"),
    }
)

SORTS: Mapping[str, str] = MappingProxyType(
    {
        CoverageSort.GRAVEST: N_("Gravest first"),
        CoverageSort.SOLD: N_("Most sold"),
        CoverageSort.DIFFERENCE: N_("Most units missing"),
        CoverageSort.LAPSES: N_("Lapses first"),
    }
)

EXCLUDED: Mapping[str, str] = MappingProxyType(
    {
        Excluded.NO_INVOICE: N_("Not an invoice"),
        Excluded.FAILS: N_("Its checklist fails"),
        Excluded.TO_CHECK: N_("Its checklist waits for somebody to look"),
        Excluded.NO_DATE: N_("Its date could not be read"),
        Excluded.NO_QUANTITY: N_("Its quantity is no whole number of units, or could not be read"),
        Excluded.DUPLICATE: N_("The same invoice as another one that counts"),
    }
)
