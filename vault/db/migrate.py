"""Bringing a database to the state that this version of the code needs."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from vault.domain.errors import Misconfigured, Unavailable
from vault.domain.message import N_

# Any number will do, as long as all versions take the same one.
_LOCK = 0x5E11E4


def migrate(engine: Engine) -> None:
    """Applies every migration that is missing, in one transaction: all of them or, after a kill, none.

    May be called by several processes at once and as often as one likes. Raises Unavailable when the database does
    not answer, Misconfigured when it was written by a newer version.
    """
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            config = _config(connection)
            _require_known(config, connection)
            command.upgrade(config, "head")
    except OperationalError as error:
        raise Unavailable(N_("The database does not answer. Start it, or check VAULT_DATABASE_URL.")) from error


def is_current(engine: Engine) -> bool:
    """Whether nothing is left to migrate."""
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(_config(connection))
        return set(_revisions(connection)) == set(script.get_heads())


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "vault.db:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _revisions(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _require_known(config: Config, connection: Connection) -> None:
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in _revisions(connection):
        if revision not in known:
            raise Misconfigured(
                N_("This database was written by a newer version (%(revision)s). Install that version again."),
                revision=revision,
            )
