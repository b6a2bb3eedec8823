"""How ready an account is, the day's figures, and a dashboard that shows nobody more than they may see."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from vault.db.entities.accounts import CatalogueProduct, SellerAccount
from vault.db.entities.documents import Blob, Document, DocumentLine
from vault.db.entities.figures import DailyFigures
from vault.db.entities.routines import Routine, RoutinePlan
from vault.db.entities.sales import ProductCoverage
from vault.db.entities.security import ControlState
from vault.db.entities.work import Task, TaskState
from vault.db.queries.products import list_products
from vault.db.queries.tasks import Scope, TaskFilter, list_tasks
from vault.domain.errors import NotFound
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.domain.readiness import ReadinessPart, Share
from vault.domain.roles import Role
from vault.services import dashboard, figures
from vault.services.access import Actor
from vault.services.days import today
from vault.services.vault import Vault


@pytest.fixture
def accounts(vault: Vault) -> tuple[str, str]:
    """Two seller accounts of which nothing is known."""
    made = [_account(vault, name) for name in ("One", "Two")]
    with vault.database.transaction() as session:
        session.add_all(made)
    return made[0].id, made[1].id


@pytest.fixture
def both(accounts: tuple[str, str]) -> Actor:
    return Actor(new_id(), "Both", dict.fromkeys(accounts, Role.OWNER))


@pytest.fixture
def one(accounts: tuple[str, str]) -> Actor:
    return Actor(new_id(), "One", {accounts[0]: Role.AUDITOR})


def _account(vault: Vault, name: str) -> SellerAccount:
    return SellerAccount(id=new_id(), name=name, legal_name=name, marketplaces=[], created_at=vault.clock())


def add_task(
    vault: Vault,
    account_id: str,
    severity: str = "high",
    about: str = "security",
    due: int = 0,
    other: str | None = None,
) -> None:
    with vault.database.transaction() as session:
        session.add(
            Task(
                id=new_id(), account_id=account_id, subject_type=about, subject_id=new_id(), check_id="x.y",
                outcome="fail", severity=severity, title={"text": "T", "params": {}}, advice={}, finding={},
                state=TaskState.OPEN, due_on=today(vault) + timedelta(days=due), opened_at=vault.clock(),
                other_account_id=other,
            )
        )  # fmt: skip


def add_product(vault: Vault, account_id: str, *verdicts: str, of_document: str | None = None) -> None:
    """A product, with one document for each verdict."""
    now, product_id = vault.clock(), new_id()
    with vault.database.transaction() as session:
        product = CatalogueProduct(id=product_id, account_id=account_id, title="P", created_at=now, updated_at=now)
        product.asin = product_id[-10:]
        session.add(product)
        for verdict in verdicts:
            document_id = new_id()
            sha256 = document_id * 2 + "0" * 12
            session.add(Blob(sha256=sha256, size=1, stored_at=now))
            session.flush()
            session.add(
                Document(
                    id=document_id, account_id=of_document or account_id, sha256=sha256, size=1, media_type="x",
                    filename="f", uploaded_at=now, uploaded_by="x", state="judged", verdict=verdict,
                )
            )  # fmt: skip
            session.flush()
            line = DocumentLine(document_id=document_id, position=0, description="d", candidates=[])
            line.product_id = product_id
            session.add(line)


def figures_of(vault: Vault, account_id: str) -> DailyFigures:
    with vault.database.reading() as session:
        return session.get_one(DailyFigures, (account_id, today(vault)))


def test_of_an_account_of_which_nothing_is_known_no_readiness_is_claimed(
    vault: Vault, accounts: tuple[str, str], both: Actor
) -> None:
    figures.count_day(vault)
    assert figures_of(vault, accounts[0]).readiness is None
    board = dashboard.read(vault, both)
    assert [each.readiness for each in board.accounts] == [None, None]


def test_what_is_not_known_counts_as_not_ready(vault: Vault, accounts: tuple[str, str]) -> None:
    with vault.database.transaction() as session:
        session.add(ControlState(account_id=accounts[0], passed=6, warned=1, failed=1, unknown=4))
    figures.count_day(vault)
    weights = vault.rules.readiness.weights
    # Half of the security duties, and no critical task; neither invoices nor sales nor routines.
    expected = int(weights[ReadinessPart.SECURITY] / 2 + weights[ReadinessPart.GAPS])
    assert figures_of(vault, accounts[0]).readiness == expected


def test_only_everything_in_order_makes_a_hundred(vault: Vault, accounts: tuple[str, str]) -> None:
    account_id, now = accounts[0], vault.clock()
    add_product(vault, account_id, "pass")
    with vault.database.transaction() as session:
        sold = {"sold": 10, "bought": 12, "difference": 2}
        session.add(ProductCoverage(account_id=account_id, asin="B0TESTASIN", state="covered", rank=1, **sold))
        session.add(ControlState(account_id=account_id, passed=12, warned=0, failed=0, unknown=0))
        routine = Routine(id=new_id(), account_id=account_id, title="Look", minutes=1, state="active", created_by="x")
        routine.created_at = now
        session.add(routine)
        session.flush()
        plan = RoutinePlan(routine_id=routine.id, cadence="weekly 1234567", begins_on=today(vault), ends_on=None)
        session.add(plan)
    figures.count_day(vault)
    assert figures_of(vault, account_id).readiness == 100
    add_product(vault, account_id, "fail", "unknown", "warn")
    add_task(vault, account_id, "critical")
    figures.count_day(vault)
    row = figures_of(vault, account_id)
    assert (row.readiness, row.parts["invoices"], row.parts["gaps"]) == (83, [1, 2], [3, 4])


def test_a_daily_duty_that_was_not_done_yesterday_is_not_in_order(vault: Vault, accounts: tuple[str, str]) -> None:
    with vault.database.transaction() as session:
        routine = Routine(id=new_id(), account_id=accounts[0], title="Look", minutes=1, state="active", created_by="x")
        routine.created_at = vault.clock()
        session.add(routine)
        session.flush()
        yesterday = today(vault) - timedelta(days=1)
        session.add(RoutinePlan(routine_id=routine.id, cadence="weekly 1234567", begins_on=yesterday, ends_on=None))
    figures.count_day(vault)
    assert figures_of(vault, accounts[0]).parts["routines"] == [0, 1]


def test_an_invoice_of_another_account_proves_nothing(vault: Vault, accounts: tuple[str, str]) -> None:
    add_product(vault, accounts[0], "pass", of_document=accounts[1])
    figures.count_day(vault)
    assert figures_of(vault, accounts[0]).parts["invoices"] == [0, 1]


def test_the_share_of_products_is_what_the_list_shows(vault: Vault, accounts: tuple[str, str], both: Actor) -> None:
    for verdicts in (("pass", "fail"), ("pass",), ("fail",), ()):
        add_product(vault, accounts[0], *verdicts)
    figures.count_day(vault)
    standing = next(each for each in dashboard.read(vault, both).accounts if each.account_id == accounts[0])
    assert standing.figures is not None
    assert standing.figures.share(ReadinessPart.INVOICES) == Share(2, 4)
    with vault.database.reading() as session:
        assert len(list_products(session, accounts[0], is_proven=True).rows) == 2
        assert len(list_products(session, accounts[0], is_proven=False).rows) == 2


def test_a_day_is_counted_once_and_again_only_where_something_changed(
    vault: Vault, accounts: tuple[str, str], clock: Clock
) -> None:
    assert (figures.count_day(vault), figures.count_day(vault)) == (2, 0)
    add_task(vault, accounts[0])
    assert (figures.count_day(vault), figures.count_day(vault)) == (1, 0)
    assert figures_of(vault, accounts[0]).high == 1
    clock.advance(timedelta(days=1))
    assert figures.count_day(vault) == 2
    with vault.database.reading() as session:
        assert len(session.scalars(select(DailyFigures)).all()) == 4


def test_the_day_is_that_of_the_business(vault: Vault, accounts: tuple[str, str], clock: Clock) -> None:
    clock.advance(timedelta(hours=14, minutes=59))  # one minute before midnight in UTC
    figures.count_day(vault)
    clock.advance(timedelta(minutes=2))
    figures.count_day(vault)
    with vault.database.reading() as session:
        days = session.scalars(select(DailyFigures.day).where(DailyFigures.account_id == accounts[0])).all()
    assert len(days) == 2


def test_every_figure_is_the_count_of_the_list_that_it_leads_to(
    vault: Vault, accounts: tuple[str, str], both: Actor, one: Actor
) -> None:
    for number, severity in enumerate(["critical", "high", "high", "normal", "low"]):
        for account_id, other in ((accounts[0], accounts[1]), (accounts[1], None), (accounts[0], None)):
            about = ("link", "document", "security")[number % 3]
            add_task(vault, account_id, severity, about, due=number * 5 - 6, other=other)
    for actor, account_id in ((both, None), (both, accounts[0]), (one, accounts[0])):
        board = dashboard.read(vault, actor, account_id)
        scope = Scope((account_id,) if account_id else actor.account_ids, actor.account_ids)
        day = today(vault)
        expected = {
            TaskFilter(due_before=day): board.counts.overdue,
            TaskFilter(due_from=day, due_before=day + timedelta(days=14)): board.counts.soon,
            TaskFilter(): board.counts.tasks,
        }
        for severity in Severity:
            expected[TaskFilter(severity=severity)] = getattr(board.counts, severity)
            for area in board.areas:
                wanted = TaskFilter(severity=severity, subject_type=area.subject_type)
                expected[wanted] = getattr(area.counts, severity)
        with vault.database.reading() as session:
            assert {wanted: list_tasks(session, scope, wanted).count for wanted in expected} == expected


def test_what_tells_of_a_second_account_is_seen_by_who_sees_both(
    vault: Vault, accounts: tuple[str, str], both: Actor, one: Actor
) -> None:
    add_task(vault, accounts[0], "critical", "link", other=accounts[1])
    figures.count_day(vault)
    assert dashboard.read(vault, both, accounts[0]).counts.critical == 1
    hidden = dashboard.read(vault, one, accounts[0])
    assert (hidden.counts.tasks, hidden.areas, hidden.worst) == (0, (), ())
    assert [each.grave for each in hidden.trend] == [0]
    with pytest.raises(NotFound):
        dashboard.read(vault, one, accounts[1])
    assert [each.account_id for each in dashboard.read(vault, one).accounts] == [accounts[0]]


def test_the_account_in_the_greatest_danger_comes_first(vault: Vault, accounts: tuple[str, str], both: Actor) -> None:
    add_task(vault, accounts[1], "critical")
    for _ in range(3):
        add_task(vault, accounts[0], "high")
    board = dashboard.read(vault, both)
    assert [each.account_id for each in board.accounts] == [accounts[1], accounts[0]]
    assert board.worst[0].severity == "critical"


def test_the_trend_adds_up_the_accounts_that_the_person_sees(
    vault: Vault, accounts: tuple[str, str], both: Actor, one: Actor, clock: Clock
) -> None:
    add_task(vault, accounts[0], "critical", due=0)
    figures.count_day(vault)
    clock.advance(timedelta(days=1))
    add_task(vault, accounts[1], "high", due=5)
    figures.count_day(vault)
    assert [(each.grave, each.overdue, each.accounts) for each in dashboard.read(vault, both).trend] == [
        (1, 0, 2),
        (2, 1, 2),
    ]
    assert [each.grave for each in dashboard.read(vault, one).trend] == [1, 1]
    clock.advance(timedelta(days=40))
    assert dashboard.read(vault, both).trend == ()
    assert len(dashboard.read(vault, both, trend_days=90).trend) == 2
    assert dashboard.read(vault, both).accounts[0].readiness is None


def test_a_closed_account_is_no_longer_counted(vault: Vault, accounts: tuple[str, str], both: Actor) -> None:
    with vault.database.transaction() as session:
        session.get_one(SellerAccount, accounts[1]).closed_at = vault.clock()
    assert figures.count_day(vault) == 1
    assert [each.account_id for each in dashboard.read(vault, both).accounts] == [accounts[0]]
