"""What engines say of themselves when a statement fails."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from vault.db.entities.accounts import SellerAccount
from vault.services.vault import Vault


def test_a_statement_that_fails_does_not_repeat_its_values(vault: Vault) -> None:
    """Its error stands in the log and in the row of the job that failed."""
    with pytest.raises(DBAPIError) as failed, vault.database.transaction() as session:
        session.execute(insert(SellerAccount).values(id="a" * 26, name=None, legal_name="Nobody else's business"))
    assert "business" not in str(failed.value).partition("DETAIL:")[0]
