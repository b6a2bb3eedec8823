"""What a person sees of coverage: the list of products, and the ledger of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from vault.checks.coverage.counting import WeighedInvoice, counted
from vault.checks.coverage.facts import Days
from vault.db.entities.sales import CoverageState
from vault.db.queries.coverages import CoverageRow, CoverageSort, coverage_counts, list_coverages
from vault.db.queries.keyset import Page
from vault.db.queries.sales import UnnamedSales, units_by_channel, unnamed_sales
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.coverage.facts import daily_sales, invoices_for, known_stretches
from vault.services.coverage.reckoning import Standing, reckon
from vault.services.coverage.rules import CoverageRules, coverage_rules
from vault.services.days import today
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class CoverageList:
    """One page of products. `counts`: products by state; `known`: the days whose sales were imported; `unnamed`: what was
    sold in the window under SKUs of which nobody knows the product.

    The days by which coverage is reckoned and warned about: see `CoverageRules`.
    """

    page: Page[CoverageRow]
    counts: Mapping[str, int]
    known: tuple[Days, ...]
    unnamed: UnnamedSales | None
    window_days: int
    urgent_days: int
    warn_days: int


@dataclass(frozen=True, slots=True)
class Month:
    """Units bought and sold in a calendar month, or the part of it within the window. `is_known`: its sales are."""

    first: date
    bought: int
    sold: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class ProductLedger:
    """One product: how it stands today, and everything that this rests on.

    `invoices`: the latest first, those that do not count among them. `bought`, `sold`: units so far, by day of the
    window; `sold` is None on days whose sales nobody imported. `first`: the first day of the window.
    """

    standing: Standing
    window_days: int
    first: date
    invoices: Sequence[WeighedInvoice]
    channels: Mapping[str, int]
    known: tuple[Days, ...]
    bought: Sequence[tuple[date, int]]
    sold: Sequence[tuple[date, int | None]]
    months: Sequence[Month]

    def is_too_old(self, weighed: WeighedInvoice) -> bool:
        """Whether an invoice that would count has left the window."""
        issued_on = weighed.invoice.issued_on
        return weighed.excluded is None and issued_on is not None and issued_on < self.first


def list_products(
    vault: Vault,
    actor: Actor,
    account_id: str,
    state: CoverageState | None = None,
    text: str = "",
    sort: CoverageSort = CoverageSort.GRAVEST,
    token: str | None = None,
    *,
    is_soon: bool = False,
) -> CoverageList:
    """`is_soon`: those alone that lapse within `urgent_days`. Raises NotFound, and Invalid for a token of another list."""
    actor.require(Permission.SEE, account_id)
    rules, day = coverage_rules(vault.rules), today(vault)
    lapses_to = day + timedelta(days=rules.urgent_days) if is_soon else None
    with vault.database.reading() as session:
        return CoverageList(
            page=list_coverages(session, account_id, state, text, sort, token, lapses_to),
            counts=coverage_counts(session, account_id),
            known=known_stretches(session, account_id),
            unnamed=unnamed_sales(session, account_id, day - timedelta(days=rules.window_days), day),
            window_days=rules.window_days,
            urgent_days=rules.urgent_days,
            warn_days=rules.warn_days,
        )


def show_product(vault: Vault, actor: Actor, account_id: str, asin: str) -> ProductLedger:
    """The ledger of one product, reckoned now. Raises NotFound for an ASIN that the account neither offers nor sold."""
    actor.require(Permission.SEE, account_id)
    rules, day = coverage_rules(vault.rules), today(vault)
    with vault.database.reading() as session:
        standing = reckon(session, account_id, rules, day, [asin]).get(asin)
        if standing is None:
            raise NotFound()
        return _ledger(session, account_id, standing, rules, day)


def _ledger(session: Session, account_id: str, standing: Standing, rules: CoverageRules, day: date) -> ProductLedger:
    product, first = standing.product, day - timedelta(days=rules.window_days)
    weighed = invoices_for(session, account_id, [product.id]).get(product.id, ()) if product.id else ()
    sold = daily_sales(session, account_id, first, day, [product.asin]).get(product.asin, {})
    known = known_stretches(session, account_id)
    bought: dict[date, int] = {}
    for each in counted(weighed):
        bought[each.issued_on] = bought.get(each.issued_on, 0) + each.units
    days = [first + timedelta(days=step) for step in range(rules.window_days + 1)]
    return ProductLedger(
        standing=standing,
        window_days=rules.window_days,
        first=first,
        invoices=sorted(weighed, key=_latest_first),
        channels=units_by_channel(session, account_id, product.asin, first, day),
        known=known,
        bought=_so_far(days, bought),
        sold=[(each, units if _is_known(each, known) else None) for each, units in _so_far(days, sold)],
        months=_months(days, bought, sold, known),
    )


def _latest_first(weighed: WeighedInvoice) -> tuple[int, str]:
    issued_on = weighed.invoice.issued_on
    return (-issued_on.toordinal() if issued_on else 0, weighed.invoice.document_id)


def _so_far(days: Sequence[date], units: Mapping[date, int]) -> list[tuple[date, int]]:
    total, found = 0, []
    for day in days:
        total += units.get(day, 0)
        found.append((day, total))
    return found


def _is_known(day: date, known: tuple[Days, ...]) -> bool:
    return any(each.first <= day <= each.last for each in known)


def _months(
    days: Sequence[date], bought: Mapping[date, int], sold: Mapping[date, int], known: tuple[Days, ...]
) -> list[Month]:
    """Today is not over, so it leaves nothing unknown."""
    months: dict[tuple[int, int], list[date]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(day)
    return [
        Month(
            first=of_month[0],
            bought=sum(bought.get(day, 0) for day in of_month),
            sold=sum(sold.get(day, 0) for day in of_month),
            is_known=all(_is_known(day, known) for day in of_month if day != days[-1]),
        )
        for of_month in months.values()
    ]
