"""The figures of a month against facts made by hand, and who may read of them what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.orders import Order
from tests.seller import bring_orders, sell
from tests.shop import CATALOGUE, Shop
from vault.checks.coverage.facts import Days
from vault.db.entities.accounts import CatalogueProduct, SellerAccount
from vault.db.entities.documents import DocumentLine
from vault.db.entities.figures import DailyFigures
from vault.db.entities.links import Link
from vault.db.entities.register import OtherAccount
from vault.db.entities.routines import Attestation, Routine, RoutinePlan
from vault.db.entities.work import Task, TaskState
from vault.domain.audits import AuditState
from vault.domain.ids import new_id
from vault.domain.routines import Outcome, RoutineState
from vault.domain.security import AlertKind, Control
from vault.journal.reader import read_head
from vault.services.audits import audits
from vault.services.jobs.upkeep import begin_scrub
from vault.services.journal.notes import Note, record
from vault.services.reports.figures import Figures, digest_of, gather, published
from vault.services.security import control_records
from vault.services.security.control_statements import Statement

OCTOBER = date(2026, 10, 1)


def figures(shop: Shop, month: date = OCTOBER) -> Figures:
    return gather(shop.vault, shop.account_id, month)


def add_task(shop: Shop, name: str, **values: object) -> Task:
    now = shop.vault.clock()
    task = Task(id=new_id(), account_id=shop.account_id, subject_type="manual", subject_id=name, check_id="task.manual")
    task.outcome, task.severity, task.state = "fail", "normal", TaskState.OPEN
    task.title, task.advice = {"text": name, "params": {}}, {"text": "", "params": {}}
    task.opened_at, task.due_on = now, now.date()
    for field, value in values.items():
        setattr(task, field, value)
    with shop.vault.database.transaction() as session:
        session.add(task)
        session.flush()
        record(session, shop.vault, [Note("task.opened", task.id, "x", shop.account_id)])
    return task


def test_an_empty_account_has_a_report_that_says_so(shop: Shop) -> None:
    found = figures(shop)
    assert found["happened"]["invoices"]["came_in"] == 0
    assert found["standing"]["products"]["all"] == len(CATALOGUE)
    assert found["standing"]["products"]["proven"] == 0
    assert found["no_source"] == ["performance"]
    assert not found["standing"]["is_complete"]


def test_the_same_facts_give_the_same_figures_and_digest(shop: Shop) -> None:
    shop.keep_invoice(shop.invoice())
    once, again = figures(shop), figures(shop)
    assert once == again
    assert digest_of(once) == digest_of(again)


def test_invoices_count_in_the_month_in_which_they_came_in(shop: Shop) -> None:
    shop.keep_invoice(shop.invoice())
    october, september = figures(shop), figures(shop, date(2026, 9, 1))
    assert october["happened"]["invoices"]["came_in"] == 1
    assert sum(october["happened"]["invoices"]["verdicts"].values()) == 1
    assert september["happened"]["invoices"]["came_in"] == 0


def test_products_on_an_invoice_that_passes_are_proven(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice(line_count=2))
    assert shop.document(document_id).verdict == "pass"
    products = figures(shop)["standing"]["products"]
    proven = {row["asin"] for row in products["rows"] if row["invoices"]}
    assert products["proven"] == len(proven) == 2


def test_sold_products_say_what_is_missing_and_come_first(shop: Shop) -> None:
    sell(shop, CATALOGUE[5].asin, 9)
    first = figures(shop)["standing"]["products"]["rows"][0]
    assert (first["asin"], first["sold"], first["state"]) == (CATALOGUE[5].asin, 9, "missing")


def test_gaps_opened_and_closed_are_those_of_the_journal(shop: Shop) -> None:
    task = add_task(shop, "one")
    add_task(shop, "two")
    with shop.vault.database.transaction() as session:
        record(session, shop.vault, [Note("task.done", task.id, "x", shop.account_id)])
    gaps = figures(shop)["happened"]["gaps"]
    assert gaps["areas"]["manual"] == {"opened": 2, "closed": 1, "waived": 0}
    assert figures(shop, date(2026, 9, 1))["happened"]["gaps"]["opened"] == 0


def test_overdue_tasks_and_waivers_are_named_with_their_reasons(shop: Shop) -> None:
    day = shop.vault.clock().date()
    add_task(shop, "late", due_on=day - timedelta(days=3), severity="critical")
    add_task(
        shop, "let be", state=TaskState.WAIVED, waived_by=shop.actor.id, waived_until=day, waived_reason="Sold off"
    )
    now = figures(shop)["standing"]
    assert "late" in [row["title"]["text"] for row in now["overdue"]["rows"]]
    assert [(row["reason"], row["until"]) for row in now["waivers"]] == [("Sold off", day.isoformat())]
    assert now["waivers"][0]["by"] not in ("", shop.actor.id)
    assert now["next"][0]["title"]["text"] == "late"
    assert len(now["next"]) == 3


def test_routines_are_done_skipped_or_open(shop: Shop) -> None:
    routine = Routine(id=new_id(), account_id=shop.account_id, title="Look", minutes=5, state=RoutineState.ACTIVE)
    routine.created_at, routine.created_by = shop.vault.clock(), "x"
    routine.plans.append(RoutinePlan(id=new_id(), cadence="weekly 1234567", begins_on=date(2026, 10, 26)))
    said = {26: (Outcome.DONE, ""), 27: (Outcome.SKIPPED, "All were away")}
    with shop.vault.database.transaction() as session:
        session.add(routine)
        session.flush()
        for day, (outcome, note) in said.items():
            made = Attestation(id=new_id(), routine_id=routine.id, due_on=date(2026, 10, day), outcome=outcome)
            made.person_id, made.note, made.said_at = "x", note, shop.vault.clock()
            made.said_on = date(2026, 10, day)
            session.add(made)
        session.flush()
        record(session, shop.vault, [Note("routine.added", routine.id, "x", shop.account_id)])
    found = figures(shop)["happened"]["routines"]
    assert (found["done"], found["skipped"], found["open"]) == (1, 4, 1)
    assert found["not_done"][0]["reason"] == "All were away"


def test_the_days_of_the_month_are_a_trend(shop: Shop) -> None:
    with shop.vault.database.transaction() as session:
        for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 2)):
            counted = DailyFigures(account_id=shop.account_id, day=day, readiness=40, parts={}, critical=1, high=2)
            counted.normal, counted.low, counted.overdue, counted.written_at = 0, 0, 4, shop.vault.clock()
            session.add(counted)
    days = figures(shop)["happened"]["days"]
    assert [row["day"] for row in days] == ["2026-10-01", "2026-10-02"]
    assert days[0] == {"day": "2026-10-01", "readiness": 40, "grave": 3, "overdue": 4}


@pytest.fixture
def other_account(shop: Shop) -> str:
    """A second seller account of the vault that shares something with the shop's, and a task that tells of both."""
    other_id = new_id()
    low, high = sorted((shop.account_id, other_id))
    with shop.vault.database.transaction() as session:
        other = SellerAccount(id=other_id, name="Second shop", legal_name="Second SARL", marketplaces=[])
        other.created_at = shop.vault.clock()
        session.add(other)
        session.flush()
        link = Link(id=new_id(), low_id=low, high_id=high, low_account_id=low, high_account_id=high, score=77)
        link.contributions, link.scored_at = [], shop.vault.clock()
        session.add(link)
        session.flush()
        record(session, shop.vault, [Note("link.scored", link.id, "x")])
    return other_id


def test_a_link_with_another_seller_account_is_read_by_who_sees_both(shop: Shop, other_account: str) -> None:
    found = figures(shop)
    both = published(found, [shop.account_id, other_account])
    alone = published(found, [shop.account_id])
    assert [row["score"] for row in both["made"]["across"]] == [77]
    assert alone["made"]["across"] == []
    assert other_account not in str(alone)


def test_neither_digest_nor_counts_tell_of_another_seller_account(shop: Shop, other_account: str) -> None:
    before = digest_of(figures(shop))
    yesterday = shop.vault.clock().date() - timedelta(days=1)
    add_task(shop, "shared", other_account_id=other_account, due_on=yesterday, severity="critical")
    with shop.vault.database.transaction() as session:
        session.scalars(select(Link)).one().score = 99
        session.flush()
        record(session, shop.vault, [Note("link.scored", "x", "x")])
    assert digest_of(figures(shop)) == before


def test_links_with_accounts_that_the_account_itself_knows_are_part_of_it(shop: Shop) -> None:
    other = OtherAccount(id=new_id(), account_id=shop.account_id, name="Old partner", created_at=shop.vault.clock())
    low, high = sorted((shop.account_id, other.id))
    link = Link(id=new_id(), low_id=low, high_id=high, score=31, contributions=[], scored_at=shop.vault.clock())
    link.low_account_id = link.high_account_id = shop.account_id
    with shop.vault.database.transaction() as session:
        session.add_all([other, link])
        session.flush()
        record(session, shop.vault, [Note("link.scored", link.id, "x", shop.account_id)])
    assert [(row["with"], row["score"]) for row in figures(shop)["standing"]["links"]] == [("Old partner", 31)]


def test_security_duties_are_counted_and_what_lacks_is_named(shop: Shop) -> None:
    before = figures(shop)
    day = shop.vault.clock().date() - timedelta(days=2)
    statement = Statement(Control.ALERTS, day, details=dict.fromkeys(AlertKind, "yes"))
    control_records.attest(shop.vault, shop.actor, shop.account_id, statement)
    after = figures(shop)
    assert after["happened"]["attested"] == {Control.ALERTS: 1}
    assert after["standing"]["security"]["kept"] == before["standing"]["security"]["kept"] + 1
    lacking = [{row["check"] for row in each["standing"]["security"]["lacking"]} for each in (before, after)]
    assert lacking[0] - lacking[1] == {"security.alerts"}


def test_audits_of_the_month_are_told_with_their_outcome(shop: Shop) -> None:
    notice = "Dear seller, we ask for invoices of ASIN B0AAAAAAA2."
    audit = audits.open_audit(shop.vault, shop.actor, shop.account_id, notice)
    assert [row["audit"] for row in figures(shop)["standing"]["audits"]] == [audit.id]
    audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.WITHDRAWN)
    found = figures(shop)
    assert [(row["audit"], row["to"]) for row in found["happened"]["audits"]] == [
        (audit.id, "opened"),
        (audit.id, "withdrawn"),
    ]
    assert found["standing"]["audits"] == []
    assert audit.id in found["made"]["audits"]


def test_the_vault_s_integrity_is_told_scrub_lock_probe_and_head(shop: Shop) -> None:
    assert figures(shop)["standing"]["kept"]["read_again_on"] is None
    begin_scrub(shop.vault)
    shop.work()
    found = figures(shop)
    assert found["standing"]["kept"] == {"read_again_on": "2026-10-31", "damaged": []}
    assert found["standing"]["locks"] == "kept"
    with shop.vault.database.reading() as session:
        assert found["made"]["head"] == read_head(session.connection()).hash


def test_a_damaged_document_is_named(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    sha256 = shop.document(document_id).sha256
    (path,) = [each for each in shop.vault.settings.home.rglob(f"*{sha256[4:]}*") if each.is_file()]
    path.chmod(0o600)
    path.write_bytes(b"x" + path.read_bytes()[1:])
    begin_scrub(shop.vault)
    shop.work()
    assert len(figures(shop)["standing"]["kept"]["damaged"]) == 1


def test_coverage_that_will_lapse_is_told_with_its_day(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice(line_count=1))
    with shop.vault.database.reading() as session:
        line = session.scalars(select(DocumentLine).where(DocumentLine.document_id == document_id)).one()
        asin = session.get_one(CatalogueProduct, line.product_id).asin
    sell(shop, asin, int(shop.invoice(line_count=1).lines[0].quantity), date(2026, 10, 30))
    lapsing = figures(shop)["standing"]["lapsing"]
    assert [(row["asin"], row["lapses_on"]) for row in lapsing["rows"]] == [(asin, "2026-11-01")]
    assert (lapsing["within_30"], lapsing["within_90"]) == (1, 1)


def test_an_invoice_counts_where_it_came_in_and_where_it_is_dated(shop: Shop) -> None:
    issued = date(2026, 9, 14)
    invoice = replace(shop.invoice(), issue_date=issued, due_date=None, delivery_date=None)
    shop.keep_invoice(invoice)
    september, october = figures(shop, date(2026, 9, 1)), figures(shop)
    assert (october["happened"]["invoices"]["came_in"], october["happened"]["invoices"]["dated"]) == (1, 0)
    assert (september["happened"]["invoices"]["came_in"], september["happened"]["invoices"]["dated"]) == (0, 1)


def test_units_sold_are_told_with_the_days_of_which_they_are_known(shop: Shop) -> None:
    days = Days(date(2026, 10, 1), date(2026, 10, 10))
    bring_orders(shop, [Order(date(2026, 10, 5), CATALOGUE[0].asin, 4)], days)
    shop.work()
    assert figures(shop)["happened"]["sales"] == {"units": 4, "days": 31, "known": 10}
