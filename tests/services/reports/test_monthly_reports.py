"""Reports are made once, again only where they say something else, and signed by a person."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.clock import Clock
from tests.shop import Shop
from vault.db.entities.documents import Document
from vault.db.entities.notices import Notification
from vault.db.entities.people import Membership
from vault.db.entities.reports import Report, ReportReader
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.journal.notes import Note, record
from vault.services.notices.choices import NoticeKind
from vault.services.reports import readers, reports, signing

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def after_october(clock: Clock) -> Clock:
    clock.advance(timedelta(days=3))
    return clock


def make(shop: Shop, month: date = OCTOBER) -> reports.Made:
    return reports.make(shop.vault, shop.actor, shop.account_id, month)


def bring_late(shop: Shop) -> None:
    """An invoice of October that nobody knew of when the report was made."""
    document_id = shop.keep_invoice(shop.invoice(seed=5))
    with shop.vault.database.transaction() as session:
        session.get_one(Document, document_id).uploaded_at = shop.vault.clock().replace(month=10, day=30)
        session.flush()
        record(session, shop.vault, [Note("document.kept", document_id, "x", shop.account_id)])


def test_the_same_facts_make_no_second_report(shop: Shop, after_october: Clock) -> None:
    first = make(shop)
    after_october.advance(timedelta(days=9))
    again = make(shop)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.report.id == first.report.id
    assert shop.count(Report) == 1


def test_late_data_makes_a_revision_and_changes_nothing_that_was_made(shop: Shop, after_october: Clock) -> None:
    first = make(shop).report
    bring_late(shop)
    second = make(shop).report
    assert (first.revision, second.revision) == (1, 2)
    kept = reports.read_report(shop.vault, shop.actor, shop.account_id, first.id)
    assert (kept.report.digest, kept.figures["happened"]) == (first.digest, first.figures["happened"])
    assert not kept.is_latest
    assert second.figures["happened"]["invoices"]["came_in"] == first.figures["happened"]["invoices"]["came_in"] + 1


def test_figures_that_were_overtaken_while_they_were_gathered_make_no_revision(
    shop: Shop, after_october: Clock
) -> None:
    gathered = reports.prepared(shop.vault, shop.account_id, OCTOBER)
    bring_late(shop)
    latest = make(shop).report
    with shop.vault.database.transaction() as session:
        kept = reports.keep(session, shop.vault, shop.account_id, OCTOBER, gathered, shop.actor.id)
    assert (kept.is_new, kept.report.id) == (False, latest.id)
    assert shop.count(Report) == 1


def test_how_it_stood_at_the_end_of_the_month_stays_in_a_revision(shop: Shop, after_october: Clock) -> None:
    first = make(shop).report
    bring_late(shop)
    after_october.advance(timedelta(days=40))
    second = make(shop).report
    assert second.figures["standing"] == first.figures["standing"]
    assert second.figures["made"]["as_of"] == "2026-11-03"


def test_a_report_of_a_month_that_goes_on_is_made_anew_when_it_is_over(shop: Shop, clock: Clock) -> None:
    assert make(shop).report.figures["standing"]["is_complete"] is False
    clock.advance(timedelta(days=1))
    assert make(shop).report.figures["standing"]["is_complete"] is True


def test_a_month_that_has_not_begun_has_no_report(shop: Shop) -> None:
    with pytest.raises(Invalid):
        make(shop, NOVEMBER)


def test_a_manager_signs_the_latest_revision_of_a_month_that_is_over(shop: Shop, after_october: Clock) -> None:
    first = make(shop).report
    signed = signing.sign(shop.vault, shop.actor, shop.account_id, first.id, "Read with the accountant")
    assert (signed.signed_by, signed.signed_note) == (shop.actor.id, "Read with the accountant")
    assert ("monthly_report.signed", first.id) in shop.journal()
    bring_late(shop)
    second = make(shop).report
    assert second.signed_at is None
    bring_late(shop)


def test_an_earlier_revision_and_a_running_month_cannot_be_signed(shop: Shop, clock: Clock) -> None:
    first = make(shop).report
    with pytest.raises(Invalid):
        signing.sign(shop.vault, shop.actor, shop.account_id, first.id)
    clock.advance(timedelta(days=3))
    make(shop)
    with pytest.raises(Conflict):
        signing.sign(shop.vault, shop.actor, shop.account_id, first.id)


def test_an_assistant_makes_and_does_not_sign_and_a_stranger_sees_nothing(shop: Shop, after_october: Clock) -> None:
    assistant = Actor("a" * 26, "A", {shop.account_id: Role.ASSISTANT})
    report = reports.make(shop.vault, assistant, shop.account_id, OCTOBER).report
    with pytest.raises(Forbidden):
        signing.sign(shop.vault, assistant, shop.account_id, report.id)
    with pytest.raises(NotFound):
        reports.read_report(shop.vault, Actor("b" * 26, "B"), shop.account_id, report.id)


def test_the_list_has_the_latest_revision_of_each_month(shop: Shop, after_october: Clock) -> None:
    make(shop)
    bring_late(shop)
    make(shop)
    make(shop, NOVEMBER)
    found = reports.list_reports(shop.vault, shop.actor, shop.account_id)
    assert [(each.month, each.revision) for each in found.reports] == [(NOVEMBER, 1), (OCTOBER, 2)]


def test_who_wants_reports_by_mail_says_so_and_takes_it_back(shop: Shop) -> None:
    for wanted in (True, True, False, False, True):
        readers.want_by_mail(shop.vault, shop.actor, shop.account_id, wanted)
        with shop.vault.database.reading() as session:
            count = session.scalar(select(func.count()).select_from(ReportReader))
        assert count == int(wanted)
        assert reports.list_reports(shop.vault, shop.actor, shop.account_id).wants_mail is wanted


def test_who_wants_reports_is_told_of_each_once_the_month_is_over(shop: Shop, clock: Clock) -> None:
    readers.want_by_mail(shop.vault, shop.actor, shop.account_id, wanted=True)
    make(shop)
    assert told(shop) == []
    clock.advance(timedelta(days=3))
    report = make(shop).report
    make(shop)
    assert told(shop) == [(shop.actor.id, f"report:{report.id}")]


def test_who_may_no_longer_see_the_account_is_told_nothing(shop: Shop, after_october: Clock) -> None:
    readers.want_by_mail(shop.vault, shop.actor, shop.account_id, wanted=True)
    with shop.vault.database.transaction() as session:
        for membership in session.scalars(select(Membership)):
            session.delete(membership)
        session.flush()
        record(session, shop.vault, [Note("person.removed", shop.actor.id, "x", shop.account_id)])
    make(shop)
    assert told(shop) == []


def told(shop: Shop) -> list[tuple[str, str]]:
    wanted = select(Notification.user_id, Notification.key).where(Notification.kind == NoticeKind.REPORT)
    with shop.vault.database.reading() as session:
        return [(user_id, key) for user_id, key in session.execute(wanted)]
