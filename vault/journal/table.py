"""The journal's tables. They have their own metadata: the journal knows nothing of the entities it protects."""

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, String, Table, Text, event, insert

from vault.journal.entry import NO_HASH

metadata = MetaData()

# `at` and `details` are kept as the very text that is hashed: no database can round or reorder them.
entries = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("account_id", String(40)),
    Column("action", String(60), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("details", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index("ix_journal_account_id_seq", "account_id", "seq"),
    Index("ix_journal_subject_seq", "subject", "seq"),
)

# One row: where the chain ends. Whoever appends holds its lock until the transaction ends.
head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
HEAD_ID = 1


@event.listens_for(head, "after_create")
def _begin_chain(_table: object, connection: Connection, **_options: object) -> None:
    connection.execute(insert(head).values(id=HEAD_ID, seq=0, hash=NO_HASH))


# What the rows of other tables looked like after an entry's change; the entry's details hold the hash over these.
# `digest` is None when the row was deleted.
seals = Table(
    "journal_seals",
    metadata,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("table_name", String(40), primary_key=True),
    Column("row_id", String(100), primary_key=True),
    Column("digest", String(64)),
    Index("ix_journal_seals_table_name_row_id_seq", "table_name", "row_id", "seq"),
)
