"""The months before today in the demonstration: what came in, what was done, and the report of each month.

They are lived through day by day, on a clock that stands in the past: every figure of the reports is there for a reason.
The first report is signed; so is the second, before somebody finds a mistake on one of its invoices, which makes a
revision of it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from demo.papers import BUYER, quantities
from demo.sales import sell
from tests.clock import Clock
from tests.invoices.catalogue import Product
from tests.invoices.compose import make_invoice
from tests.invoices.faults import Fault, with_fault
from tests.invoices.render import Layout, render
from vault.db.entities.work import Job, JobState
from vault.domain.cadence import Weekly
from vault.services import figures
from vault.services.access import Actor
from vault.services.documents import corrections, intake
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.work import perform
from vault.services.reports import monthly, reports, signing
from vault.services.reports.months import month_before, month_of, next_month
from vault.services.routines import attestations, routines
from vault.services.routines.routines import RoutineDetails
from vault.services.vault import Vault

_NINE = time(9, tzinfo=UTC)
_CLOSING_DUTY = RoutineDetails("Compare the takings with the bank", Weekly(frozenset({5})), 20)


@dataclass(frozen=True, slots=True)
class _Drop:
    """An invoice that came in on a day of a month; `month` counts from the first of them."""

    month: int
    day: int
    seed: int
    locale: str
    fault: Fault | None = None


_DROPS = (
    _Drop(0, 6, 61, "fr"),
    _Drop(0, 13, 62, "de", Fault.WRONG_TOTAL),
    _Drop(0, 21, 63, "it"),
    _Drop(1, 4, 64, "fr"),
    _Drop(1, 9, 65, "fr", Fault.NO_SUPPLIER_ADDRESS),
    _Drop(1, 18, 66, "de"),
    _Drop(1, 24, 67, "it", Fault.MISSING_DATE),
    _Drop(2, 3, 68, "fr"),
    _Drop(2, 11, 69, "de"),
    _Drop(2, 12, 70, "fr"),
    _Drop(2, 20, 71, "it", Fault.NO_PRICE),
)
_MONTHS = 3
_CORRECTED = 67  # by somebody who reads the date on the paper, when its report is signed already


def first_day(today: date) -> datetime:
    """When the business of the demonstration begins to use the vault."""
    month = month_of(today)
    for _ in range(_MONTHS):
        month = month_before(month)
    return datetime.combine(month, _NINE)


class Past:
    """Three months of one seller account. `clock` is the vault's, and moves on with every day that is lived."""

    def __init__(
        self, vault: Vault, clock: Clock, actor: Actor, account_id: str, products: tuple[Product, ...]
    ) -> None:
        self._vault, self._clock, self._actor, self._account_id = vault, clock, actor, account_id
        self._products = products
        self._documents: dict[int, str] = {}

    def live(self, until: date) -> None:
        """From the day of the clock to the day before `until`."""
        duty = routines.add(self._vault, self._actor, self._account_id, _CLOSING_DUTY)
        first = month_of(self._clock().date())
        while (day := self._clock().date()) < until:
            if day.day == 1 and day != first:
                sell(self._vault, self._actor, self._account_id, self._products, until)
            self._live_a_day(day, first, duty.id)
            self._clock.advance(timedelta(days=1))

    def _live_a_day(self, day: date, first: date, duty_id: str) -> None:
        months = [first, next_month(first), next_month(next_month(first))]
        for drop in _DROPS:
            if months[drop.month] + timedelta(days=drop.day - 1) == day:
                self._keep(drop, day)
        if day.isoweekday() == 5:
            self._close_the_week(day, duty_id)
        if day == months[2] + timedelta(days=4):
            corrections.correct(
                self._vault, self._actor, self._documents[_CORRECTED], "issue_date", str(months[1] + timedelta(days=20))
            )
        monthly.begin_reports(self._vault)
        self._work()
        if day.day == 2:
            self._sign(month_before(month_of(day)), months)
        figures.count_day(self._vault)

    def _keep(self, drop: _Drop, day: date) -> None:
        on_papers = quantities(self._products, day)
        others = [product for product in self._products if product.asin not in on_papers]
        made = make_invoice(drop.seed, drop.locale, products=others, buyer=BUYER, as_of=day, line_count=3)
        issued = day - timedelta(days=2)
        made = replace(made, currency="EUR", adjustments=(), issue_date=issued, due_date=None, delivery_date=None)
        if drop.fault:
            made = with_fault(made, drop.fault, day)
        stream, name = io.BytesIO(render(made, Layout.LETTERHEAD)), f"invoice-{day}.pdf"
        kept = intake.keep(self._vault, self._actor, self._account_id, stream, name)
        self._documents[drop.seed] = kept.document_id

    def _close_the_week(self, day: date, duty_id: str) -> None:
        if 8 <= day.day <= 14 and day.month % 2:
            attestations.skip(self._vault, self._actor, self._account_id, duty_id, day, "The bank's statement was late")
        elif day.day < 22 or day.month % 3:
            attestations.attest(self._vault, self._actor, self._account_id, duty_id, day)

    def _sign(self, month: date, months: Sequence[date]) -> None:
        report = reports.find_report(self._vault, self._actor, self._account_id, month)
        if month in months[:2] and report is not None:
            signing.sign(self._vault, self._actor, self._account_id, report.id, "Read with our accountant")

    def _work(self) -> None:
        """Does what is due, but for printing: the service does that when it has started."""
        due = select(Job.id).where(
            Job.state == JobState.WAITING, Job.run_after <= self._clock(), Job.kind != JobKind.KEEP_REPORT
        )
        while True:
            with self._vault.database.reading() as session:
                job_ids = session.scalars(due.order_by(Job.id)).all()
            if not job_ids:
                return
            for job_id in job_ids:
                perform(self._vault, job_id)
