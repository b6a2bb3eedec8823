"""What pages say about coverage: states of products, and why an invoice does not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vault.checks.coverage.counting import Excluded
from vault.db.entities.sales import CoverageState
from vault.db.queries.coverages import CoverageSort
from vault.domain.message import N_
from vault.services.words import COVERAGE_STATES


@dataclass(frozen=True, slots=True)
class StateWords:
    """`mark`: the badge that it looks like; `many`: what a number of such products is called."""

    name: str
    many: str
    mark: str
    icon: str


# What a number of products in a state is called, and the icon.
_MANY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        CoverageState.MISSING: (N_("sell without any invoice"), "x-octagon-fill"),
        CoverageState.SHORT: (N_("lack units"), "x-octagon-fill"),
        CoverageState.LAPSING: (N_("will lapse soon"), "exclamation-triangle-fill"),
        CoverageState.UNKNOWN: (N_("with sales unknown"), "question-diamond-fill"),
        CoverageState.COVERED: (N_("covered"), "check-circle-fill"),
        CoverageState.UNSOLD: (N_("not sold"), "dash-circle"),
    }
)
STATES: Mapping[str, StateWords] = MappingProxyType(
    {
        state: StateWords(name=name, many=_MANY[state][0], mark=mark, icon=_MANY[state][1])
        for state, (mark, name) in COVERAGE_STATES.items()
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
        Excluded.NO_LINE: N_("No line of it is this product"),
        Excluded.DUPLICATE: N_("The same invoice as another one that counts"),
    }
)
