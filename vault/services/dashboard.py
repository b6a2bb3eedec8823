"""The dashboard: what could freeze a seller account, how ready each is, what is due, and where it is going."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from vault.db.entities.accounts import SellerAccount
from vault.db.queries import routines
from vault.db.queries.dashboard import (
    AHEAD,
    AccountFigures,
    TaskCount,
    TrendDay,
    count_tasks,
    latest_figures,
    read_trend,
)
from vault.db.queries.tasks import Scope, TaskRow, worst_tasks
from vault.domain.findings import Severity
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.days import today
from vault.services.papers import ExpiringPaper, expiring_papers
from vault.services.vault import Vault

TREND_DAYS = (30, 90)
_WORST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Counts:
    """Open tasks by severity, and how many of them are overdue or due within 14 days."""

    critical: int = 0
    high: int = 0
    normal: int = 0
    low: int = 0
    overdue: int = 0
    soon: int = 0

    @property
    def grave(self) -> int:
        return self.critical + self.high

    @property
    def tasks(self) -> int:
        return self.grave + self.normal + self.low

    @property
    def gravity(self) -> tuple[int, ...]:
        """Sorts the worst first."""
        return (-self.critical, -self.high, -self.overdue, -self.normal, -self.low)


@dataclass(frozen=True, slots=True)
class Area:
    """What is open about one type of subject."""

    subject_type: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """One account. `figures`: None where it was not counted yet."""

    account_id: str
    name: str
    status: str
    counts: Counts
    figures: AccountFigures | None

    @property
    def readiness(self) -> int | None:
        return self.figures.readiness if self.figures else None


@dataclass(frozen=True, slots=True)
class RoutineCounts:
    """Routines that are due today, and those of earlier days that are still to be done."""

    due: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything of the accounts that the actor sees, or of one of them; only what the actor may see.

    `areas`, `accounts`: the worst first. `papers`: that expire within 14 days, or have expired in the last 14.
    `trend` counts no tasks that tell of two accounts.
    """

    day: date
    counts: Counts
    areas: tuple[Area, ...]
    accounts: tuple[AccountStanding, ...]
    worst: tuple[TaskRow, ...]
    routines: RoutineCounts
    papers: tuple[ExpiringPaper, ...]
    trend: tuple[TrendDay, ...]


def read(
    vault: Vault,
    actor: Actor,
    account_id: str | None = None,
    trend_days: int = TREND_DAYS[0],
    worst: int = _WORST_SHOWN,
) -> Dashboard:
    """The dashboard of one account, or of all that `actor` sees. Raises NotFound."""
    if account_id is not None:
        actor.require(Permission.SEE, account_id)
    seen, day = actor.account_ids, today(vault)
    with vault.database.reading() as session:
        wanted = select(SellerAccount.id, SellerAccount.name, SellerAccount.status).where(
            SellerAccount.id.in_((account_id,) if account_id else seen), SellerAccount.closed_at.is_(None)
        )
        accounts = {row[0]: (row[1], row[2]) for row in session.execute(wanted)}
        ids = tuple(accounts)
        tasks = count_tasks(session, ids, seen, day)
        figures = latest_figures(session, ids, day)
        kept = routines.figures(session, ids, day).values()
        return Dashboard(
            day=day,
            counts=_sum(tasks),
            areas=_areas(tasks),
            accounts=_standings(accounts, tasks, figures),
            worst=worst_tasks(session, Scope(ids, seen), worst) if tasks and worst else (),
            routines=RoutineCounts(sum(each.due for each in kept), sum(each.overdue for each in kept)),
            papers=tuple(expiring_papers(session, ids, day - AHEAD, day + AHEAD - timedelta(days=1))),
            trend=tuple(read_trend(session, ids, day - timedelta(days=trend_days - 1))),
        )


def _areas(tasks: Collection[TaskCount]) -> tuple[Area, ...]:
    types = {each.subject_type for each in tasks}
    areas = [Area(name, _sum([each for each in tasks if each.subject_type == name])) for name in types]
    return tuple(sorted(areas, key=lambda area: (area.counts.gravity, area.subject_type)))


def _standings(
    accounts: Mapping[str, tuple[str, str]], tasks: Sequence[TaskCount], figures: Mapping[str, AccountFigures]
) -> tuple[AccountStanding, ...]:
    of_account: dict[str, list[TaskCount]] = {account_id: [] for account_id in accounts}
    for each in tasks:
        of_account[each.account_id].append(each)
    found = [
        AccountStanding(account_id, name, status, _sum(of_account[account_id]), figures.get(account_id))
        for account_id, (name, status) in accounts.items()
    ]
    return tuple(sorted(found, key=_unready_first))


def _unready_first(standing: AccountStanding) -> tuple[tuple[int, ...], int, str, str]:
    ready = -1 if standing.readiness is None else standing.readiness
    return standing.counts.gravity[:2], ready, standing.name.casefold(), standing.account_id


def _sum(tasks: Collection[TaskCount]) -> Counts:
    by_severity = {each: sum(count.tasks for count in tasks if count.severity == each) for each in Severity}
    return Counts(
        critical=by_severity[Severity.CRITICAL],
        high=by_severity[Severity.HIGH],
        normal=by_severity[Severity.NORMAL],
        low=by_severity[Severity.LOW],
        overdue=sum(count.overdue for count in tasks),
        soon=sum(count.soon for count in tasks),
    )
