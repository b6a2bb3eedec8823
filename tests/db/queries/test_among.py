"""One of many ids, as a statement asks for it: the same rows whether few or hundreds of ids are given."""

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.schema import CreateTable

from vault.db.entities.accounts import SellerAccount
from vault.db.queries.among import among
from vault.domain.ids import new_id
from vault.services.vault import Vault


@pytest.mark.parametrize("others", [0, 300])
def test_finds_the_rows_of_these_ids_alone(vault: Vault, others: int) -> None:
    with vault.database.transaction() as session:
        accounts = [
            SellerAccount(name=name, legal_name=name, marketplaces=[], created_at=vault.clock()) for name in "abc"
        ]
        session.add_all(accounts)
        session.flush()
        ids = [accounts[0].id, accounts[2].id, *(new_id() for _ in range(others))]
        wanted = select(SellerAccount.name).order_by(SellerAccount.name)
        assert session.scalars(wanted.where(among(SellerAccount.id, ids))).all() == ["a", "c"]
        assert session.scalars(wanted.where(among(SellerAccount.id, []))).all() == []


def test_sqlite_finds_the_rows_of_hundreds_through_an_index() -> None:
    ids = [new_id() for _ in range(300)]
    wanted = select(SellerAccount.name).where(among(SellerAccount.id, ids), SellerAccount.closed_at.is_(None))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(CreateTable(SellerAccount.__table__))
        asked = str(wanted.compile(engine, compile_kwargs={"literal_binds": True}))
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert plan[0].startswith("SEARCH seller_accounts USING INDEX")
