"""The figures of the dashboard, over however many seller accounts, each in one statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import CTE, Integer, and_, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.documents import Document, DocumentLine
from vault.db.entities.figures import DailyFigures
from vault.db.entities.routines import Routine
from vault.db.entities.work import Task, TaskState
from vault.db.queries.among import among
from vault.db.queries.unindexed import through_indexes, unindexed
from vault.domain.findings import Severity, Verdict
from vault.domain.readiness import ReadinessPart, Share
from vault.domain.routines import RoutineState

AHEAD = timedelta(days=14)


class Counts(NamedTuple):
    """Open tasks by severity. `overdue` were due earlier than today; `soon` are due today or in the 13 days after it."""

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
    def severities(self) -> list[Severity]:
        """Those that there are tasks of, the gravest first."""
        return [severity for severity in Severity if getattr(self, severity)]

    @property
    def gravity(self) -> tuple[int, ...]:
        """Sorts the worst first."""
        return (-self.critical, -self.high, -self.overdue, -self.normal, -self.low)


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Open tasks `by_account`, and the same ones `by_area`: the type of subject that they are about."""

    by_account: Mapping[str, Counts]
    by_area: Mapping[str, Counts]


def count_tasks(session: Session, accounts: Collection[str], seen: Collection[str] | None, today: date) -> TaskCounts:
    """The open tasks of the accounts, counted in one walk along one index.

    Those that tell of a second account count where it is among `seen`; None: nowhere.
    """
    through_indexes(session)
    counted = _counted(accounts, seen, today)
    sums = [cast(func.sum(counted.c[name]), Integer) for name in Counts._fields]
    by_account = select(literal(True), counted.c.account_id, *sums).group_by(counted.c.account_id)
    by_area = select(literal(False), counted.c.subject_type, *sums).group_by(counted.c.subject_type)
    rows = session.execute(union_all(by_account, by_area)).all()
    return TaskCounts(
        {row[1]: Counts._make(row[2:]) for row in rows if row[0]},
        {row[1]: Counts._make(row[2:]) for row in rows if not row[0]},
    )


def _counted(accounts: Collection[str], seen: Collection[str] | None, today: date) -> CTE:
    """The `Counts` of each account and type of subject."""
    alone = Task.other_account_id.is_(None)
    visible = alone if seen is None else or_(alone, among(Task.other_account_id, seen))
    conditions = (
        *(Task.severity == severity for severity in Severity),
        Task.due_on < today,
        and_(Task.due_on >= today, Task.due_on < today + AHEAD),
    )
    counts = (func.count().filter(each).label(name) for name, each in zip(Counts._fields, conditions, strict=True))
    return (
        select(Task.account_id, Task.subject_type, *counts)
        .where(Task.state == TaskState.OPEN, among(Task.account_id, accounts), visible)
        .group_by(Task.account_id, Task.subject_type)
        .cte()
    )


def proven_products(session: Session, accounts: Collection[str]) -> Mapping[str, Share]:
    """By account: of how many products of its catalogue a document that passes has a line."""
    all_of = (
        select(CatalogueProduct.account_id, func.count())
        .where(CatalogueProduct.account_id.in_(accounts))
        .group_by(CatalogueProduct.account_id)
    )
    proven = (
        select(CatalogueProduct.account_id, func.count(CatalogueProduct.id.distinct()))
        .join(DocumentLine, DocumentLine.product_id == CatalogueProduct.id)
        .join(
            Document, and_(Document.id == DocumentLine.document_id, Document.account_id == CatalogueProduct.account_id)
        )
        .where(CatalogueProduct.account_id.in_(accounts), Document.verdict == Verdict.PASS)
        .group_by(CatalogueProduct.account_id)
    )
    good = {row[0]: row[1] for row in session.execute(proven)}
    return {row[0]: Share(good.get(row[0], 0), row[1]) for row in session.execute(all_of)}


def running_routines(session: Session, accounts: Collection[str]) -> Mapping[str, int]:
    """How many routines of each account run."""
    wanted = (
        select(Routine.account_id, func.count())
        .where(Routine.account_id.in_(accounts), Routine.state == RoutineState.ACTIVE)
        .group_by(Routine.account_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """How an account stood when it was counted last. `readiness`: percent, None where nothing is known.

    `parts`: what it was made of, as `DailyFigures` keeps it. Of hundreds of accounts hardly any part is looked at.
    """

    day: date
    readiness: int | None
    parts: Mapping[str, Sequence[int]]

    def share(self, part: ReadinessPart) -> Share:
        return Share(*self.parts[part])


def latest_figures(session: Session, accounts: Collection[str], today: date) -> Mapping[str, AccountFigures]:
    """The figures of today, or of yesterday where today was not counted yet. Older ones say nothing about now."""
    found = _figures_of(session, accounts, today)
    missing = [account_id for account_id in accounts if account_id not in found]
    return {**found, **_figures_of(session, missing, today - timedelta(days=1))} if missing else found


def _figures_of(session: Session, accounts: Collection[str], day: date) -> Mapping[str, AccountFigures]:
    columns = (DailyFigures.account_id, DailyFigures.readiness, DailyFigures.parts)
    wanted = select(*columns).where(among(DailyFigures.account_id, accounts), DailyFigures.day == day)
    return {account_id: AccountFigures(day, percent, parts) for account_id, percent, parts in session.execute(wanted)}


@dataclass(frozen=True, slots=True)
class TrendDay:
    """One day over all the accounts: open critical and high tasks, those overdue, and the mean readiness in percent.

    `accounts`: how many were counted on that day.
    """

    day: date
    grave: int
    overdue: int
    readiness: float | None
    accounts: int


def read_trend(session: Session, accounts: Collection[str], since: date) -> Sequence[TrendDay]:
    """The days from `since` on that were counted, the earliest first: of several accounts along the days' index."""
    of_them = DailyFigures.account_id if len(accounts) == 1 else unindexed(session, DailyFigures.account_id)
    wanted = (
        select(
            DailyFigures.day,
            func.sum(DailyFigures.critical + DailyFigures.high, type_=Integer),
            func.sum(DailyFigures.overdue, type_=Integer),
            func.avg(DailyFigures.readiness),
            func.count(),
        )
        .where(among(of_them, accounts), DailyFigures.day >= since)
        .group_by(DailyFigures.day)
        .order_by(DailyFigures.day)
    )
    return [
        TrendDay(day, grave, overdue, None if mean is None else float(mean), count)
        for day, grave, overdue, mean, count in session.execute(wanted)
    ]
