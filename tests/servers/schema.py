"""An empty vault's database, made once and copied for each test."""

import importlib
import pkgutil

import vault.db.entities
from vault.db.entities.base import Base
from vault.db.session import make_engine
from vault.journal import table as journal


def create_schema(url: str) -> None:
    """Every table that a new installation has."""
    for module in pkgutil.iter_modules(vault.db.entities.__path__, "vault.db.entities."):
        importlib.import_module(module.name)
    engine = make_engine(url)
    try:
        for metadata in (Base.metadata, journal.metadata):
            metadata.create_all(engine)
    finally:
        engine.dispose()
