"""One of many ids, as a statement asks for it: the same rows whether few or hundreds of ids are given."""

import pytest
from sqlalchemy import select

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
