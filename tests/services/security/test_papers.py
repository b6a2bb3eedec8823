"""Papers that expire soon: the last word on each, over the seller accounts that were asked for."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.security_desk import SecurityDesk
from vault.db.entities.security import ControlAttestation
from vault.domain.ids import new_id
from vault.services.security import control_records
from vault.services.security.papers import expiring_papers

FIRST, LAST = date(2026, 12, 30), date(2027, 1, 9)


@pytest.fixture
def paper_id(desk: SecurityDesk) -> str:
    return desk.file_paper("identity", "2027-01-02")


def expiring(desk: SecurityDesk, *account_ids: str) -> list[tuple[str, date]]:
    with desk.vault.database.reading() as session:
        papers = expiring_papers(session, account_ids or (desk.account_id,), FIRST, LAST)
    return [(paper.id, paper.expires_on) for paper in papers]


def test_from_the_first_day_to_the_last_the_first_to_expire_first(desk: SecurityDesk) -> None:
    days = ("2027-01-09", "2026-12-29", "2027-01-10", "2026-12-30", "", "2027-01-31")
    ids = {day: desk.file_paper("identity", day) for day in days}
    assert expiring(desk) == [(ids["2026-12-30"], FIRST), (ids["2027-01-09"], LAST)]


def test_a_renewed_paper_expires_on_its_new_day_alone(desk: SecurityDesk, paper_id: str) -> None:
    desk.file_paper("identity", "2027-01-05", paper_id)
    assert expiring(desk) == [(paper_id, date(2027, 1, 5))]
    desk.file_paper("identity", "2036-01-01", paper_id)
    assert expiring(desk) == []


def test_where_the_renewal_was_a_mistake_the_old_paper_counts_again(desk: SecurityDesk, paper_id: str) -> None:
    desk.file_paper("identity", "2036-01-01", paper_id)
    with desk.vault.database.reading() as session:
        said = select(ControlAttestation.id).where(ControlAttestation.about == paper_id)
        old, renewed = session.scalars(said.order_by(ControlAttestation.id)).all()
    control_records.take_back(desk.vault, desk.actor, desk.account_id, renewed)
    assert expiring(desk) == [(paper_id, date(2027, 1, 2))]
    control_records.take_back(desk.vault, desk.actor, desk.account_id, old)
    assert expiring(desk) == []


def test_what_is_no_longer_needed_expires_unseen(desk: SecurityDesk, paper_id: str) -> None:
    control_records.retire_paper(desk.vault, desk.actor, desk.account_id, paper_id)
    assert expiring(desk) == []


def test_papers_of_other_accounts_stay_theirs(desk: SecurityDesk, paper_id: str) -> None:
    others = [new_id() for _ in range(300)]
    assert expiring(desk, *others) == []
    assert expiring(desk, *others, desk.account_id) == [(paper_id, date(2027, 1, 2))]
