"""Is a whole vault what was put into it? Read-only, and without the service running."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.exc import DatabaseError

from vault.config import Settings
from vault.db.entities.documents import Blob
from vault.db.session import make_engine
from vault.domain.errors import Damaged, NotFound
from vault.domain.message import N_, Message
from vault.domain.values import Sha256
from vault.journal.entry import Head
from vault.journal.reader import find_head, read_entries
from vault.journal.rows import verify_rows, verify_seals
from vault.journal.verifier import Difference, verify_chain
from vault.services.journal.guarded import guarded_tables
from vault.services.stores import make_store
from vault.store.filesystem import FilesystemStore
from vault.store.protocol import ObjectStore

DATABASE = "vault.db"
STORE = "store"
KEY = "secret.key"


@dataclass(frozen=True, slots=True)
class VaultParts:
    """Where a vault's records and objects are. `engine` is None where there are no records to be found."""

    engine: Engine | None
    store: ObjectStore


def is_vault(folder: Path) -> bool:
    """Whether `folder` looks like a VAULT_HOME."""
    return any((folder / name).exists() for name in (DATABASE, STORE, KEY))


def parts_in(folder: Path) -> VaultParts:
    """A vault that is all in one folder, such as the embedded service's or a copy of it."""
    path = folder / DATABASE
    engine = create_engine(f"sqlite:///file:{path.absolute()}?mode=ro&uri=true") if path.is_file() else None
    return VaultParts(engine, FilesystemStore(folder / STORE))


def parts_of(settings: Settings) -> VaultParts:
    """The vault that `settings` describe. Raises Misconfigured."""
    embedded = parts_in(settings.home)
    return VaultParts(
        make_engine(settings.database) if settings.database_url else embedded.engine,
        make_store(settings) if settings.store != "filesystem" else embedded.store,
    )


def verify_vault(parts: VaultParts, earlier: Head | None = None) -> Iterator[Difference]:
    """Everything that is not as it was recorded: the journal, the sealed rows, every stored object. Changes nothing."""
    if parts.engine is not None:
        yield from _verify_database(parts.engine, parts.store, earlier)
    yield from _verify_objects(parts.store)


def _verify_objects(store: ObjectStore) -> Iterator[Difference]:
    """Stored objects that are not what their names say, and files that are no objects."""
    for sha256 in store.ids():
        try:
            store.verify(sha256)
        except Damaged:
            yield Difference(f"object {sha256}", Message(N_("Damaged: its bytes are not those that were stored.")))
    if isinstance(store, FilesystemStore):
        for name in store.strays():
            yield Difference(f"file {name}", Message(N_("Not a stored object: nothing is kept under such a name.")))


def _verify_database(engine: Engine, store: ObjectStore, earlier: Head | None) -> Iterator[Difference]:
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                yield from _verify_file(connection)
            yield from verify_chain(chain(read_entries(connection), filter(None, [find_head(connection)])), earlier)
            yield from verify_seals(connection)
            yield from verify_rows(connection, guarded_tables())
            yield from _verify_kept(connection, store)
    except DatabaseError as error:
        message = Message(N_("Damaged: it cannot be read to its end (%(reason)s)."), {"reason": str(error.orig)})
        yield Difference(f"database {Path(engine.url.database or '').name}", message)
    finally:
        engine.dispose()


def _verify_file(connection: Connection) -> Iterator[Difference]:
    """What SQLite itself finds: pages, indexes, references."""
    for problem in connection.execute(text("PRAGMA integrity_check")).scalars():
        if problem != "ok":
            yield Difference(f"database {DATABASE}", Message(N_("Damaged: %(reason)s."), {"reason": str(problem)}))
    for table, *_ in connection.execute(text("PRAGMA foreign_key_check")):
        message = Message(N_("Damaged: a row of %(table)s refers to a row that is not there."), {"table": str(table)})
        yield Difference(f"database {DATABASE}", message)


def _verify_kept(connection: Connection, store: ObjectStore) -> Iterator[Difference]:
    """Objects that the database counts on and the store does not hold."""
    wanted = select(Blob.sha256, Blob.size).order_by(Blob.sha256)
    for name, size in connection.execution_options(yield_per=1000).execute(wanted):
        try:
            kept = store.size(Sha256(name))
        except (ValueError, NotFound):
            continue  # a row with such a name was named with the rows
        if kept is None:
            yield Difference(
                f"object {name}", Message(N_("Missing: the database counts on it, the store does not hold it."))
            )
        elif kept != size:
            params = {"kept": str(kept), "size": str(size)}
            message = Message(N_("Of the wrong size: %(kept)s bytes, where the database says %(size)s."), params)
            yield Difference(f"object {name}", message)
