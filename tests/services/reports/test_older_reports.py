"""Reports that the service made before it told of sales, dates on invoices and the months before can still be used."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.invoices.einvoice import render_einvoice
from tests.invoices.render import Layout
from tests.shop import Shop
from vault.db.entities.reports import Report, ReportStage
from vault.services.journal.notes import MACHINE, record
from vault.services.reports import kept, reports, signing
from vault.services.reports.comparing import compare
from vault.services.reports.figures import digest_of, gather
from vault.services.reports.monthly import begin_reports
from vault.services.reports.pages import page_of
from vault.services.reports.reports import note_of

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def figures_of_then(shop: Shop, month: date) -> dict[str, Any]:
    """What the version before wrote: no sales, no dates of invoices, and only four things that the digest leaves out."""
    figures = gather(shop.vault, shop.account_id, month)
    happened = {name: value for name, value in figures["happened"].items() if name != "sales"}
    invoices = {name: value for name, value in happened["invoices"].items() if name not in ("dated", "dated_passing")}
    made = {name: figures["made"][name] for name in ("as_of", "account", "head", "across")}
    return {**figures, "happened": {**happened, "invoices": invoices}, "made": made}


@pytest.fixture
def old(shop: Shop, clock: Clock) -> Report:
    """The report of October as that version kept it: without files, and without what it saw of the journal."""
    clock.advance(timedelta(days=3))
    figures = figures_of_then(shop, OCTOBER)
    report = Report(account_id=shop.account_id, month=OCTOBER, revision=1, figures=figures, digest=digest_of(figures))
    report.id, report.made_at, report.made_by = "01ARZ3NDEKTSV4RRFFQ69G5FAV", shop.vault.clock(), MACHINE
    report.rules_version = shop.vault.rules.version
    with shop.vault.database.transaction() as session:
        session.add(report)
        session.flush()
        record(session, shop.vault, [note_of("monthly_report.made", report, MACHINE)])
    return report


def page(shop: Shop, report_id: str) -> str:
    shown = kept.show(shop.vault, shop.actor, shop.account_id, report_id)
    return page_of(shop.vault, shown.opened, shown.signature, "en")


def test_it_is_listed_and_opened_and_leaves_out_what_it_does_not_tell(shop: Shop, old: Report) -> None:
    assert [each.id for each in reports.list_reports(shop.vault, shop.actor, shop.account_id).reports] == [old.id]
    shown = page(shop, old.id)
    assert "October 2026" in shown
    assert 'Units sold</th><td class="number">–</td>' in shown


def test_a_later_month_is_compared_with_it(shop: Shop, old: Report, clock: Clock) -> None:
    clock.advance(timedelta(days=31))
    made = reports.make(shop.vault, shop.actor, shop.account_id, NOVEMBER).report
    assert made.figures["made"]["before"] == old.id
    differing = {each.name for each in compare(old.figures, made.figures).changed}
    assert {"happened.sales.units", "happened.invoices.dated"} <= differing
    assert "What changed since the month before" in page(shop, made.id)


def test_the_schedule_has_its_files_made_which_say_what_it_said(shop: Shop, old: Report) -> None:
    assert begin_reports(shop.vault) == 0
    assert kept.show(shop.vault, shop.actor, shop.account_id, old.id).is_making
    shop.work()
    begin_reports(shop.vault)
    assert not shop.due_jobs()
    assert set(kept.show(shop.vault, shop.actor, shop.account_id, old.id).files[ReportStage.MADE]) == {
        "pdf",
        "csv",
        "json",
    }
    original = kept.open_file(shop.vault, shop.actor, shop.account_id, old.id, "json")
    assert original is not None
    figures = json.loads(b"".join(original.chunks))["figures"]
    assert digest_of(figures) == old.digest


def test_it_makes_no_revision_by_itself_until_something_comes_in(
    shop: Shop, old: Report, clock: Clock, work: Callable[[], int]
) -> None:
    clock.advance(timedelta(days=1))
    assert begin_reports(shop.vault) == 0
    invoice = replace(shop.invoice(seed=5), issue_date=date(2026, 10, 20), due_date=None, delivery_date=None)
    shop.keep(render_einvoice(invoice, Layout.LETTERHEAD))
    work()
    assert begin_reports(shop.vault) == 1
    work()
    with shop.vault.database.reading() as session:
        latest = session.scalars(select(Report).order_by(Report.revision.desc())).first()
    assert latest is not None
    assert (latest.revision, latest.figures["standing"]) == (2, old.figures["standing"])
    assert "What late data changed since revision 1" in page(shop, latest.id)


def test_it_can_be_signed(shop: Shop, old: Report) -> None:
    signing.sign(shop.vault, shop.actor, shop.account_id, old.id, "read")
    shop.work()
    files = kept.show(shop.vault, shop.actor, shop.account_id, old.id).files
    assert set(files) == {ReportStage.MADE, ReportStage.SIGNED}
