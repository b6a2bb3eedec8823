"""What engines say of themselves when a statement fails: in logs and in the row of the job that failed."""

import logging
import sys

import pytest
import structlog
from sqlalchemy import Integer, cast, insert, literal, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from tests.servers.postgresql import PostgreSQL
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import User
from vault.db.session import make_engine
from vault.domain.ids import new_id
from vault.services.logs import keep_values_out_of_logs
from vault.services.vault import Vault

SECRET = "nobody-elses-business"


def twice(session: Session, vault: Vault) -> None:
    """The same e-mail address for two people, which is against the rules of the database."""
    session.add_all(
        User(id=new_id(), email=f"{SECRET}@x.example", name="Ada", created_at=vault.clock()) for _ in range(2)
    )
    session.flush()


def test_a_statement_that_fails_does_not_repeat_its_values(vault: Vault) -> None:
    with pytest.raises(DBAPIError) as failed, vault.database.transaction() as session:
        session.execute(insert(SellerAccount).values(id="a" * 26, name=None, legal_name=SECRET))
    assert SECRET not in str(failed.value)


def test_a_value_of_the_wrong_kind_is_not_repeated_either(postgresql: PostgreSQL) -> None:
    """SQLite takes any text for a number."""
    engine = make_engine(postgresql.url("postgres"))
    with pytest.raises(DBAPIError) as failed, engine.connect() as connection:
        connection.execute(select(cast(literal(SECRET), Integer)))
    engine.dispose()
    assert SECRET not in f"{failed.value} {failed.value.orig}"
    assert "22P02" in str(failed.value)


def test_a_rule_that_is_broken_is_logged_without_what_broke_it(
    vault: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    """As our log writes it and as the standard library's does, with the errors that caused the error."""
    before = structlog.get_config()
    keep_values_out_of_logs()
    try:
        with vault.database.transaction() as session:
            twice(session, vault)
    except IntegrityError:
        structlog.get_logger().exception("duty failed")
        # Not through a logger: other tests may have set that up their own way.
        sys.stdout.write(logging.Formatter().formatException(sys.exc_info()))
    finally:
        structlog.configure(**before)
    logged = capsys.readouterr().out
    assert logged.count("IntegrityError") >= 2
    assert "unique" in logged.casefold()
    assert SECRET not in logged
