"""What waits for somebody, over however many seller accounts: audits to answer, coverage that lacks, reports to sign."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, aliased

from vault.db.entities.audits import Audit
from vault.db.entities.reports import Report
from vault.db.entities.sales import CoverageStanding, CoverageState, ProductCoverage
from vault.db.queries.among import among
from vault.domain.audits import AuditState
from vault.domain.readiness import Share

_OURS = [state.value for state in AuditState if state.is_ours]


class AuditToAnswer(NamedTuple):
    """An audit whose answer is still to be given. `kind` is empty and there is no deadline before it is confirmed."""

    id: str
    account_id: str
    kind: str
    state: str
    case_id: str
    deadline: datetime | None


def audits_to_answer(session: Session, accounts: Collection[str]) -> Sequence[AuditToAnswer]:
    """In the order in which an account's list has them: what nobody has confirmed, then the nearest deadline first."""
    columns = (Audit.id, Audit.account_id, Audit.kind, Audit.state, Audit.case_id, Audit.deadline)
    wanted = select(*columns).where(among(Audit.account_id, accounts), Audit.state.in_(_OURS))
    found = session.execute(wanted.order_by(Audit.deadline.nulls_first(), Audit.created_at.desc(), Audit.id))
    return [AuditToAnswer(*row) for row in found]


@dataclass(frozen=True, slots=True)
class CoverageGaps:
    """How many products of an account lack units on invoices, or will.

    `missing`: sold without any invoice. `lapsing`: covered, but not for long; `soon` of them at once. `unknown`: of as
    many the sales are not known; `is_known` is false where of no product they are.
    """

    missing: int = 0
    short: int = 0
    soon: int = 0
    lapsing: int = 0
    unknown: int = 0
    is_known: bool = False

    @property
    def gravity(self) -> tuple[int, ...]:
        """Sorts the worst first."""
        return (-self.missing, -self.short, -self.soon, -self.lapsing)

    def __bool__(self) -> bool:
        return any(self.gravity)


def coverage_gaps(session: Session, accounts: Collection[str], soon: date) -> Mapping[str, CoverageGaps]:
    """By account, of those whose coverage was ever judged. `soon`: what lapses up to that day does so at once."""
    lapsing = (
        select(ProductCoverage.account_id, func.count())
        .where(
            among(ProductCoverage.account_id, accounts),
            ProductCoverage.state == CoverageState.LAPSING,
            ProductCoverage.lapses_on <= soon,
        )
        .group_by(ProductCoverage.account_id)
    )
    at_once = {row[0]: row[1] for row in session.execute(lapsing)}
    standings = select(CoverageStanding.account_id, CoverageStanding.counts)
    judged = session.execute(standings.where(among(CoverageStanding.account_id, accounts)))
    return {account_id: _gaps(counts, at_once.get(account_id, 0)) for account_id, counts in judged}


def _gaps(counts: Mapping[str, int], soon: int) -> CoverageGaps:
    return CoverageGaps(
        missing=counts.get(CoverageState.MISSING, 0),
        short=counts.get(CoverageState.SHORT, 0),
        soon=soon,
        lapsing=counts.get(CoverageState.LAPSING, 0),
        unknown=counts.get(CoverageState.UNKNOWN, 0),
        is_known=any(count for state, count in counts.items() if state != CoverageState.UNKNOWN),
    )


def covered_units(session: Session, accounts: Collection[str]) -> Mapping[str, Share]:
    """By account: of the units sold in the window, how many stand on invoices that count.

    Of a product with more units on invoices than sold, as many count as were sold; where its sales are not all known,
    none.
    """
    on_invoices = case((ProductCoverage.bought > 0, ProductCoverage.bought), else_=0)
    covered = case(
        (ProductCoverage.state == CoverageState.UNKNOWN, 0),
        (on_invoices < ProductCoverage.sold, on_invoices),
        else_=ProductCoverage.sold,
    )
    wanted = (
        select(ProductCoverage.account_id, func.sum(covered), func.sum(ProductCoverage.sold))
        .where(among(ProductCoverage.account_id, accounts), ProductCoverage.sold > 0)
        .group_by(ProductCoverage.account_id)
    )
    return {row[0]: Share(int(row[1]), int(row[2])) for row in session.execute(wanted)}


class ReportToSign(NamedTuple):
    """The latest revision of a month's report, which nobody has signed."""

    id: str
    account_id: str
    month: date
    revision: int


def reports_to_sign(session: Session, accounts: Collection[str], first: date, running: date) -> Sequence[ReportToSign]:
    """Of the months from `first` to the one before the month that is `running`, the latest first."""
    later = aliased(Report)
    is_replaced = exists().where(
        later.account_id == Report.account_id, later.month == Report.month, later.revision > Report.revision
    )
    wanted = select(Report.id, Report.account_id, Report.month, Report.revision).where(
        among(Report.account_id, accounts), Report.month >= first, Report.month < running, Report.signed_at.is_(None)
    )
    wanted = wanted.where(~is_replaced)
    found = session.execute(wanted.order_by(Report.month.desc(), Report.account_id))
    return [ReportToSign(*row) for row in found]
