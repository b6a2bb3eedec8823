"""The figures of the dashboard, over however many seller accounts, each in one statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Integer, and_, func, or_, select
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


class TaskCount(NamedTuple):
    """Open tasks of one account about one type of subject, by severity: there are thousands of these.

    `overdue` of them were due earlier than today; `soon` are due today or in the 13 days after it.
    """

    account_id: str
    subject_type: str
    critical: int
    high: int
    normal: int
    low: int
    overdue: int
    soon: int


def count_tasks(
    session: Session, accounts: Collection[str], seen: Collection[str] | None, today: date
) -> list[TaskCount]:
    """The open tasks of the accounts, counted in one walk along one index.

    Those that tell of a second account count where it is among `seen`; None: nowhere.
    """
    through_indexes(session)
    alone = Task.other_account_id.is_(None)
    visible = alone if seen is None else or_(alone, among(Task.other_account_id, seen))
    counted = (
        *(Task.severity == severity for severity in Severity),
        Task.due_on < today,
        and_(Task.due_on >= today, Task.due_on < today + AHEAD),
    )
    wanted = (
        select(
            Task.account_id,
            Task.subject_type,
            *(func.count().filter(condition) for condition in counted),
        )
        .where(Task.state == TaskState.OPEN, among(Task.account_id, accounts), visible)
        .group_by(Task.account_id, Task.subject_type)
    )
    return list(map(TaskCount._make, session.execute(wanted)))


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
    """How an account stood when it was counted last. `readiness`: percent, None where nothing is known."""

    day: date
    readiness: int | None
    shares: Mapping[ReadinessPart, Share]


def latest_figures(session: Session, accounts: Collection[str], today: date) -> Mapping[str, AccountFigures]:
    """The figures of today, or of yesterday where today was not counted yet. Older ones say nothing about now."""
    found = _figures_of(session, accounts, today)
    missing = [account_id for account_id in accounts if account_id not in found]
    return {**found, **_figures_of(session, missing, today - timedelta(days=1))} if missing else found


def _figures_of(session: Session, accounts: Collection[str], day: date) -> Mapping[str, AccountFigures]:
    columns = (DailyFigures.account_id, DailyFigures.readiness, DailyFigures.parts)
    wanted = select(*columns).where(among(DailyFigures.account_id, accounts), DailyFigures.day == day)
    return {
        account_id: AccountFigures(day, percent, {ReadinessPart(name): Share(*share) for name, share in parts.items()})
        for account_id, percent, parts in session.execute(wanted)
    }


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
