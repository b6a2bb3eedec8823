"""Reckoning how products stand: their facts, gathered and put through the arithmetic of coverage."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.coverage.counting import WeighedInvoice, counted
from vault.checks.coverage.coverage import coverage
from vault.checks.coverage.facts import CoverageFacts, Days
from vault.checks.coverage.lapse import NO_SALES, lapses_on, recent_pace
from vault.checks.coverage.product import ProductFacts
from vault.checks.coverage.sales import unknown_days
from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.sales import CoverageState
from vault.db.queries.among import among
from vault.services.coverage.facts import daily_sales, invoices_for, known_stretches, latest_supplier
from vault.services.coverage.rules import CoverageRules

# A title on Amazon takes up to 200 characters; the beginning tells which product it is.
_LONGEST_NAME = 80
_RANKS = {state: rank for rank, state in enumerate(CoverageState)}
_RANK_STEP = 10**10


@dataclass(frozen=True, slots=True)
class Known:
    """A product as the catalogue knows it; without an id where only an order has named it."""

    asin: str
    id: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one product stands."""

    product: Known
    facts: ProductFacts
    state: CoverageState

    @property
    def rank(self) -> int:
        """Gravest first: by state, then who lacks most, lapses soonest or sells most."""
        found = self.facts.coverage
        if self.state is CoverageState.LAPSING and self.facts.lapses_on:
            within = self.facts.lapses_on.toordinal()
        else:
            within = _RANK_STEP - 1 - min(found.short or found.sold, _RANK_STEP - 1)
        return _RANKS[self.state] * _RANK_STEP + within


def reckon(
    session: Session, account_id: str, rules: CoverageRules, as_of: date, asins: Collection[str] | None = None
) -> Mapping[str, Standing]:
    """How every product of the account stands, or these, by ASIN: those of the catalogue, and what was sold besides."""
    first = as_of - timedelta(days=rules.window_days)
    products = catalogue(session, account_id, asins)
    ids = None if asins is None else [product.id for product in products.values() if product.id]
    weighed = invoices_for(session, account_id, ids, since=first) if ids != [] else {}
    sold = daily_sales(session, account_id, first, as_of, asins)
    known = known_stretches(session, account_id)
    is_known = not unknown_days(known, as_of, rules.window_days, rules.late_days)
    products |= {asin: Known(asin) for asin in sold if asin not in products}
    return {
        asin: _stand(product, sold.get(asin, {}), known, is_known, weighed.get(product.id or "", ()), rules, as_of)
        for asin, product in products.items()
    }


def catalogue(session: Session, account_id: str, asins: Collection[str] | None = None) -> dict[str, Known]:
    """The products of the catalogue by ASIN, all or these."""
    wanted = select(CatalogueProduct.asin, CatalogueProduct.id, CatalogueProduct.title)
    wanted = wanted.where(CatalogueProduct.account_id == account_id)
    if asins is not None:
        wanted = wanted.where(among(CatalogueProduct.asin, asins))
    return {row.asin: Known(*row) for row in session.execute(wanted)}


def short_name(product: Known) -> str:
    """What a sentence calls the product."""
    title = product.title or product.asin
    return title if len(title) <= _LONGEST_NAME else title[: _LONGEST_NAME - 1].rstrip() + "…"


def _stand(
    product: Known,
    sold: Mapping[date, int],
    known: tuple[Days, ...],
    is_known: bool,
    weighed: Sequence[WeighedInvoice],
    rules: CoverageRules,
    as_of: date,
) -> Standing:
    facts = CoverageFacts(sold, known, counted(weighed))
    found = coverage(facts, as_of, rules.window_days)
    sells = bool(found.sold)
    pace = recent_pace(facts, as_of, rules.pace_days)
    judged = ProductFacts(
        name=short_name(product),
        coverage=found,
        is_known=is_known,
        lapses_on=lapses_on(facts, as_of, rules.window_days, pace) if sells and not found.short else None,
        ages_on=lapses_on(facts, as_of, rules.window_days, NO_SALES) if sells and not found.short else None,
        supplier=latest_supplier(weighed),
    )
    return Standing(product, judged, _state(judged, rules.warn_days))


def _state(facts: ProductFacts, warn_days: int) -> CoverageState:
    left = facts.days_left()
    if facts.coverage.short:
        return CoverageState.SHORT if facts.coverage.counted else CoverageState.MISSING
    if left is not None and left <= warn_days:
        return CoverageState.LAPSING
    if not facts.is_known:
        return CoverageState.UNKNOWN
    return CoverageState.COVERED if facts.coverage.sold else CoverageState.UNSOLD


def gaps(standings: Iterable[Standing]) -> list[Standing]:
    """Those that somebody has to do something about, the gravest first."""
    return sorted((each for each in standings if each.state in GAPS), key=lambda each: (each.rank, each.product.asin))


# States that somebody has to do something about. What is unknown is asked for once, for all products together.
GAPS = (CoverageState.MISSING, CoverageState.SHORT, CoverageState.LAPSING)
