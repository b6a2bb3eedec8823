"""Is a whole vault folder what was put into it? Read-only, without the service, the queue or a network."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DatabaseError

from vault.db.entities.documents import Blob
from vault.domain.errors import Damaged, NotFound
from vault.domain.message import N_, Message
from vault.domain.values import Sha256
from vault.journal.entry import Head
from vault.journal.reader import find_head, read_entries
from vault.journal.rows import verify_rows, verify_seals
from vault.journal.verifier import Difference, verify_chain
from vault.services.guarded import guarded_tables
from vault.store.filesystem import FilesystemStore

DATABASE = "vault.db"
STORE = "store"


def is_vault(folder: Path) -> bool:
    """Whether `folder` looks like a VAULT_HOME."""
    return (folder / DATABASE).is_file() or (folder / STORE).is_dir()


def verify_vault(folder: Path, earlier: Head | None = None) -> Iterator[Difference]:
    """Everything in a VAULT_HOME that is not as it was recorded: database, journal, rows, and every stored object.

    A vault whose records are in PostgreSQL has no database in its folder: its objects are verified against their names.
    """
    store = FilesystemStore(folder / STORE)
    if (folder / DATABASE).is_file():
        yield from _verify_database(folder / DATABASE, store, earlier)
    yield from verify_objects(store)


def verify_objects(store: FilesystemStore) -> Iterator[Difference]:
    """Stored objects that are not what their names say, and files that are no objects."""
    for sha256 in store.ids():
        try:
            store.verify(sha256)
        except Damaged:
            yield Difference(f"object {sha256}", Message(N_("Damaged: its bytes are not those that were stored.")))
    for name in store.strays():
        yield Difference(f"file {name}", Message(N_("Not a stored object: nothing is kept under such a name.")))


def _verify_database(path: Path, store: FilesystemStore, earlier: Head | None) -> Iterator[Difference]:
    engine = create_engine(f"sqlite:///file:{path.absolute()}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            yield from _verify_file(connection)
            yield from verify_chain(chain(read_entries(connection), filter(None, [find_head(connection)])), earlier)
            yield from verify_seals(connection)
            yield from verify_rows(connection, guarded_tables())
            yield from _verify_kept(connection, store)
    except DatabaseError as error:
        message = Message(N_("Damaged: it cannot be read to its end (%(reason)s)."), {"reason": str(error.orig)})
        yield Difference(f"database {path.name}", message)
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


def _verify_kept(connection: Connection, store: FilesystemStore) -> Iterator[Difference]:
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
            text_ = N_("Of the wrong size: %(kept)s bytes, where the database says %(size)s.")
            yield Difference(f"object {name}", Message(text_, {"kept": str(kept), "size": str(size)}))
