"""Inserting rows that may be there already."""

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from vault.db.entities.base import Base


def insert_once(session: Session, entity: type[Base], *same: str) -> Insert:
    """An INSERT that passes over rows whose columns `same`, which have to be unique, are there already."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(entity).on_conflict_do_nothing(index_elements=same)
    return postgresql.insert(entity).on_conflict_do_nothing(index_elements=same)
