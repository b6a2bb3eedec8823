"""An audit: a notice comes in, a person confirms it, its tasks follow, and it ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.shop import Shop
from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.audits import Audit, AuditEvent, AuditOrder, AuditProduct, EventKind
from vault.db.entities.work import Task, TaskState
from vault.domain.audits import AuditKind, AuditState, Request
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.account_judging import judge_account
from vault.services.audits import audits, timeline
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.days import today
from vault.services.journal.notes import record

NOTICE = "Hello, we have doubts about the authenticity of B0TESTAAA1. Please send invoices within 72 hours."


def opened(shop: Shop) -> Audit:
    return audits.open_audit(shop.vault, shop.actor, shop.account_id, NOTICE)


def what_it_says(shop: Shop, **changes: object) -> Confirmed:
    said = Confirmed(
        kind=AuditKind.AUTHENTICITY,
        noticed_on=today(shop.vault),
        deadline=shop.vault.clock() + timedelta(hours=72),
        case_id="1234567890",
        marketplace="FR",
        language="fr",
        asked_for=frozenset({Request.INVOICES}),
        asins=("B0TESTAAA1",),
        orders=("302-1234567-1234567",),
    )
    return replace(said, **changes)  # type: ignore[arg-type]


def confirmed(shop: Shop, **changes: object) -> Audit:
    return confirm(shop.vault, shop.actor, shop.account_id, opened(shop).id, what_it_says(shop, **changes))


def open_tasks(shop: Shop, audit: Audit) -> dict[str, Task]:
    with shop.vault.database.reading() as session:
        found = session.scalars(select(Task).where(Task.subject_id == audit.id, Task.state == TaskState.OPEN)).all()
    return {task.check_id: task for task in found}


def judge_again(shop: Shop) -> int:
    with shop.vault.database.transaction() as session:
        notes = judge_account(session, shop.vault, shop.account_id)
        record(session, shop.vault, notes)
    return len(notes)


def stored(shop: Shop, entity: type, audit: Audit) -> list[object]:
    with shop.vault.database.reading() as session:
        return list(session.scalars(select(entity).where(entity.audit_id == audit.id)))  # type: ignore[attr-defined]


def test_a_pasted_notice_is_a_task_for_who_pasted_it_until_somebody_confirms_what_it_says(shop: Shop) -> None:
    audit = opened(shop)
    assert (audit.state, audit.kind, audit.notice_text) == (AuditState.DRAFT, "", NOTICE)
    task = open_tasks(shop, audit)["audit.confirmed"]
    assert (task.severity, task.assignee_id) == ("critical", shop.actor.id)
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, what_it_says(shop))
    shop.work()
    assert "audit.confirmed" not in open_tasks(shop, audit)
    assert "audit.acknowledged" in open_tasks(shop, audit)


def test_what_was_confirmed_is_kept_and_can_be_confirmed_otherwise(shop: Shop) -> None:
    audit = confirmed(shop)
    assert (audit.kind, audit.state, audit.case_id) == ("authenticity", AuditState.GATHERING, "1234567890")
    assert [row.number for row in stored(shop, AuditOrder, audit)] == ["302-1234567-1234567"]  # type: ignore[attr-defined]
    again = what_it_says(shop, kind=AuditKind.INVOICES, asins=("B0TESTAAA2", "B0TESTAAA1", "B0TESTAAA2"), orders=())
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, again)
    assert {row.asin for row in stored(shop, AuditProduct, audit)} == {"B0TESTAAA1", "B0TESTAAA2"}  # type: ignore[attr-defined]
    assert stored(shop, AuditOrder, audit) == []


def test_products_of_the_catalogue_are_recognised_by_their_asin(shop: Shop) -> None:
    with shop.vault.database.reading() as session:
        product = session.scalars(
            select(CatalogueProduct).where(CatalogueProduct.account_id == shop.account_id)
        ).first()
    assert product is not None
    audit = confirmed(shop, asins=(product.asin, "B0TESTAAA1"))
    known = {row.asin: row.product_id for row in stored(shop, AuditProduct, audit)}  # type: ignore[attr-defined]
    assert known == {product.asin: product.id, "B0TESTAAA1": None}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("asins", ("B0SHORT",)),
        ("orders", ("302-1234567-12345",)),
        ("marketplace", "XX"),
        ("language", "ja"),
        ("case_id", "9" * 61),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_changes(shop: Shop, field: str, value: object) -> None:
    audit = opened(shop)
    with pytest.raises(Invalid) as refused:
        confirm(shop.vault, shop.actor, shop.account_id, audit.id, what_it_says(shop, **{field: value}))
    assert set(refused.value.problems) == {field}
    assert "audit.confirmed" in open_tasks(shop, audit)


def test_days_that_cannot_be_are_refused(shop: Shop) -> None:
    audit, day = opened(shop), today(shop.vault)
    for said in (
        what_it_says(shop, noticed_on=day + timedelta(days=1)),
        what_it_says(shop, noticed_on=day - timedelta(days=2000)),
        what_it_says(shop, deadline=shop.vault.clock() + timedelta(days=900)),
        what_it_says(shop, deadline=shop.vault.clock() - timedelta(days=2)),  # before the notice
        what_it_says(shop, noticed_on=day - timedelta(days=300), deadline=shop.vault.clock() - timedelta(days=200)),
    ):
        with pytest.raises(Invalid):
            confirm(shop.vault, shop.actor, shop.account_id, audit.id, said)


def test_a_deadline_that_has_passed_long_ago_is_confirmed_once_more_with_the_rest(shop: Shop, clock: Clock) -> None:
    audit = confirmed(shop)
    said = what_it_says(shop)
    clock.advance(timedelta(days=120))
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, replace(said, case_id="99"))
    with shop.vault.database.reading() as session:
        again = session.get_one(Audit, audit.id)
    assert (again.case_id, again.deadline) == ("99", said.deadline)
    assert said.deadline is not None
    another = replace(said, deadline=said.deadline + timedelta(days=1))
    with pytest.raises(Invalid):
        confirm(shop.vault, shop.actor, shop.account_id, audit.id, another)


def test_an_empty_notice_and_one_as_long_as_a_book_are_refused(shop: Shop) -> None:
    for text in ("  ", "x" * 100_001):
        with pytest.raises(Invalid):
            audits.open_audit(shop.vault, shop.actor, shop.account_id, text)


def test_a_deadline_that_nobody_knows_is_a_question_and_one_that_is_near_a_warning(shop: Shop) -> None:
    assert open_tasks(shop, confirmed(shop, deadline=None))["audit.deadline"].outcome == "unknown"
    near = confirmed(shop, deadline=shop.vault.clock() + timedelta(days=2))
    assert open_tasks(shop, near)["audit.deadline"].outcome == "warn"
    far = confirmed(shop, deadline=shop.vault.clock() + timedelta(days=10))
    assert "audit.deadline" not in open_tasks(shop, far)
    late = confirmed(shop, deadline=shop.vault.clock() - timedelta(hours=1))
    assert open_tasks(shop, late)["audit.deadline"].outcome == "fail"


def test_an_acknowledgement_is_noted_once_and_closes_its_task(shop: Shop) -> None:
    audit = confirmed(shop)
    for _ in range(2):
        timeline.acknowledge(shop.vault, shop.actor, shop.account_id, audit.id, "We are gathering the papers.")
    assert "audit.acknowledged" not in open_tasks(shop, audit)
    kinds = [row.kind for row in stored(shop, AuditEvent, audit)]  # type: ignore[attr-defined]
    assert kinds == [EventKind.NOTICE, EventKind.WRITTEN]


def test_judging_again_changes_nothing(shop: Shop) -> None:
    confirmed(shop)
    shop.work()
    judge_again(shop)
    assert judge_again(shop) == 0


def test_an_audit_goes_its_way_and_no_other(shop: Shop) -> None:
    audit = confirmed(shop)

    def go(to: AuditState) -> Audit:
        return audits.move(shop.vault, shop.actor, shop.account_id, audit.id, to, "as told on the phone")

    with pytest.raises(Conflict):
        go(AuditState.WON)
    for to in (AuditState.READY, AuditState.SENT, AuditState.ANSWERED, AuditState.WON):
        assert go(to).state == to
    assert open_tasks(shop, audit) == {}
    with pytest.raises(Conflict):
        confirm(shop.vault, shop.actor, shop.account_id, audit.id, what_it_says(shop))
    assert go(AuditState.GATHERING).state == AuditState.GATHERING
    assert "audit.acknowledged" in open_tasks(shop, audit)


def test_what_was_never_confirmed_cannot_be_sent_but_withdrawn(shop: Shop) -> None:
    audit = opened(shop)
    with pytest.raises(Conflict):
        audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.READY)
    audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.WITHDRAWN)
    assert open_tasks(shop, audit) == {}


def test_the_timeline_keeps_what_happened_in_the_order_in_which_it_did(shop: Shop) -> None:
    audit = confirmed(shop)
    now = shop.vault.clock()

    def write(kind: EventKind, text: str, at: datetime) -> None:
        timeline.note_event(shop.vault, shop.actor, shop.account_id, audit.id, kind, text, at)

    write(EventKind.CALL, "Seller support says that the case is open.", now)
    write(EventKind.RECEIVED, "A first mail", now - timedelta(days=3))
    with shop.vault.database.reading() as session:
        entries = timeline.entries_of(session, session.get_one(Audit, audit.id))
    assert entries[0].event.kind == EventKind.RECEIVED
    assert entries[-1].event.text == "Seller support says that the case is open."
    for kind, text, at in (
        (EventKind.SENT, "by hand", now),
        (EventKind.NOTE, " ", now),
        (EventKind.NOTE, "tomorrow", now + timedelta(days=1)),
    ):
        with pytest.raises(Invalid):
            write(kind, text, at)


def test_strangers_see_nothing_and_lookers_change_nothing(shop: Shop) -> None:
    audit = confirmed(shop)
    stranger = Actor(shop.actor.id, "Somebody", {})
    looker = Actor(shop.actor.id, "Auditor", {shop.account_id: Role.AUDITOR})
    for actor, error in ((stranger, NotFound), (looker, Forbidden)):
        with pytest.raises(error):
            audits.open_audit(shop.vault, actor, shop.account_id, NOTICE)
        with pytest.raises(error):
            confirm(shop.vault, actor, shop.account_id, audit.id, what_it_says(shop))
        with pytest.raises(error):
            audits.move(shop.vault, actor, shop.account_id, audit.id, AuditState.READY)
        with pytest.raises(error):
            timeline.note_event(shop.vault, actor, shop.account_id, audit.id, EventKind.NOTE, "x")


def test_only_who_works_here_can_own_an_audit(shop: Shop) -> None:
    audit = confirmed(shop)
    assert audits.give_to(shop.vault, shop.actor, shop.account_id, audit.id, None).owner_id is None
    assert "audit.owner" in open_tasks(shop, audit)
    with pytest.raises(Invalid):
        audits.give_to(shop.vault, shop.actor, shop.account_id, audit.id, "01SOMEBODYELSE")
    audits.give_to(shop.vault, shop.actor, shop.account_id, audit.id, shop.actor.id)
    assert "audit.owner" not in open_tasks(shop, audit)


def test_a_document_of_another_account_is_no_notice_of_this_one(shop: Shop) -> None:
    with pytest.raises(Invalid):
        audits.open_audit(shop.vault, shop.actor, shop.account_id, document_id="01FOREIGNDOCUMENT")


def test_after_the_answer_was_sent_without_a_bundle_a_reply_is_awaited_too(shop: Shop) -> None:
    audit = confirmed(shop)
    audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.SENT, note="By telephone")
    kinds = [event.kind for event in stored(shop, AuditEvent, audit)]  # type: ignore[attr-defined]
    assert {EventKind.SENT, EventKind.NOTE} <= set(kinds)
    assert "audit.follow_up" not in open_tasks(shop, audit)
    with shop.vault.database.transaction() as session:
        for event in session.scalars(select(AuditEvent).where(AuditEvent.kind == EventKind.SENT)):
            event.happened_at -= timedelta(days=8)
    judge_again(shop)
    assert "audit.follow_up" in open_tasks(shop, audit)
