"""An empty vault's database, made once and copied for each test."""

from vault.db.migrate import migrate
from vault.db.session import make_engine


def create_schema(url: str) -> None:
    """Every table that a new installation has, as the migrations make them."""
    engine = make_engine(url)
    try:
        migrate(engine)
    finally:
        engine.dispose()
