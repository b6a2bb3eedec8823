"""The dashboard: what could freeze a seller account, how ready each is, what is due, and where it is going."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from vault.db.entities.accounts import SellerAccount
from vault.db.queries.among import among
from vault.db.queries.dashboard import (
    AHEAD,
    AccountFigures,
    Counts,
    TrendDay,
    count_tasks,
    latest_figures,
    read_trend,
)
from vault.db.queries.tasks import Scope, TaskRow, worst_tasks
from vault.db.queries.waiting import (
    AuditToAnswer,
    CoverageGaps,
    ReportToSign,
    audits_to_answer,
    coverage_gaps,
    reports_to_sign,
)
from vault.domain.readiness import ReadinessPart, Share
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.coverage.rules import coverage_rules
from vault.services.days import today
from vault.services.security.papers import ExpiringPaper, expiring_papers
from vault.services.vault import Vault

TREND_DAYS = (30, 90)
_WORST_SHOWN = 8
# So far back one account's reports are looked at; of very many accounts that of last month.
_MONTHS = 12


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
    coverage: CoverageGaps = CoverageGaps()

    @property
    def readiness(self) -> int | None:
        return self.figures.readiness if self.figures else None

    @property
    def missed_routines(self) -> int:
        share = self.figures.share(ReadinessPart.ROUTINES) if self.figures else Share(0, 0)
        return share.whole - share.good


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything of the accounts that the actor sees, or of one of them; only what the actor may see.

    `audits`: those to answer, the most urgent first; `reports`: those of last month that nobody has signed, of one
    account those of a year. `areas`, `accounts`: the worst first. `missed_routines`: as they were counted last. `papers`:
    that expire within 14 days, or have expired in the last 14. `trend` counts no tasks that tell of two accounts.
    """

    day: date
    audits: Sequence[AuditToAnswer]
    counts: Counts
    areas: tuple[Area, ...]
    accounts: tuple[AccountStanding, ...]
    worst: tuple[TaskRow, ...]
    missed_routines: int
    papers: tuple[ExpiringPaper, ...]
    reports: Sequence[ReportToSign]
    trend: tuple[TrendDay, ...]


def read(vault: Vault, actor: Actor, account_id: str | None = None, trend_days: int = TREND_DAYS[0]) -> Dashboard:
    """The dashboard of one account, or of all that `actor` sees. Raises NotFound."""
    if account_id is not None:
        actor.require(Permission.SEE, account_id)
    seen, day = actor.account_ids, today(vault)
    soon = day + timedelta(days=coverage_rules(vault.rules).urgent_days)
    with vault.database.reading() as session:
        wanted = select(SellerAccount.id, SellerAccount.name, SellerAccount.status).where(
            among(SellerAccount.id, (account_id,) if account_id else seen), SellerAccount.closed_at.is_(None)
        )
        accounts = {row[0]: (row[1], row[2]) for row in session.execute(wanted)}
        ids = tuple(accounts)
        of = (account_id,) if account_id else ids  # what is left open in a closed account stands on its own page
        tasks = count_tasks(session, of, seen, day)
        counts = Counts(*map(sum, zip(*tasks.by_area.values(), strict=True)))
        gaps = coverage_gaps(session, ids, soon)
        standings = _standings(accounts, tasks.by_account, latest_figures(session, ids, day), gaps)
        return Dashboard(
            day=day,
            audits=audits_to_answer(session, of),
            counts=counts,
            areas=_areas(tasks.by_area),
            accounts=standings,
            worst=worst_tasks(session, Scope(of, seen), _WORST_SHOWN, counts.severities),
            missed_routines=sum(each.missed_routines for each in standings),
            papers=tuple(expiring_papers(session, ids, day - AHEAD, day + AHEAD - timedelta(days=1))),
            reports=reports_to_sign(session, ids, _months_ago(day, _MONTHS if account_id else 1), _months_ago(day, 0)),
            trend=tuple(read_trend(session, ids, day - timedelta(days=trend_days - 1))),
        )


def _months_ago(day: date, months: int) -> date:
    """The first day of the month that was so many before the one of `day`."""
    years, month = divmod(day.month - 1 - months, 12)
    return date(day.year + years, month + 1, 1)


def _areas(counts: Mapping[str, Counts]) -> tuple[Area, ...]:
    areas = (Area(name, each) for name, each in counts.items())
    return tuple(sorted(areas, key=lambda area: (area.counts.gravity, area.subject_type)))


def _standings(
    accounts: Mapping[str, tuple[str, str]],
    counts: Mapping[str, Counts],
    figures: Mapping[str, AccountFigures],
    coverage: Mapping[str, CoverageGaps],
) -> tuple[AccountStanding, ...]:
    standings = [
        AccountStanding(
            account_id,
            name,
            status,
            counts.get(account_id, Counts()),
            figures.get(account_id),
            coverage.get(account_id, CoverageGaps()),
        )
        for account_id, (name, status) in accounts.items()
    ]
    return tuple(sorted(standings, key=_unready_first))


def _unready_first(standing: AccountStanding) -> tuple[tuple[int, ...], int, str, str]:
    ready = -1 if standing.readiness is None else standing.readiness
    return standing.counts.gravity[:2], ready, standing.name.casefold(), standing.account_id
