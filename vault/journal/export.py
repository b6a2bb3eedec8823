"""The journal as JSON Lines that anyone can verify: one entry a line, then one line with the head.

With standard tools, entry by entry (the hash is the last key, see `vault.journal.entry`)::

    printf %s "$line" | sed -E 's/,"hash":"[0-9a-f]{64}"\\}$/}/' | sha256sum

has to give the line's own ``hash``, and ``previous`` has to be the ``hash`` of the line before.
"""

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from vault.domain.errors import Damaged
from vault.domain.message import N_
from vault.journal.entry import Head, Recorded, canonical_json, from_line, to_line
from vault.journal.reader import read_entries, read_head
from vault.journal.verifier import Broken

_HEAD_START = b'{"head":'


def export_lines(connection: Connection) -> Iterator[bytes]:
    """The whole journal, each line with its line feed. Raises Damaged at a row that holds no entry any more."""
    end = read_head(connection)
    for found in read_entries(connection):
        if isinstance(found, Broken):
            raise Damaged(N_("%(where)s is damaged. Run “sellervault verify” on the vault."), where=found.where)
        if found.entry.seq > end.seq:
            break  # appended while this export runs: in the next one
        yield to_line(found) + b"\n"
    yield head_line(end) + b"\n"


def head_line(head: Head) -> bytes:
    """The last line of an export, without the line feed. Keep it elsewhere: it proves the journal up to here."""
    return canonical_json({"head": {"hash": head.hash, "seq": head.seq}})


def parse_lines(lines: Iterable[bytes]) -> Iterator[Recorded | Broken | Head]:
    """What stands in an export, line by line, for `verify_chain`."""
    for number, raw in enumerate(lines, 1):
        line = raw.removesuffix(b"\n")
        try:
            if raw == line:
                raise ValueError("no line feed at its end")
            yield parse_head(line) if line.startswith(_HEAD_START) else from_line(line)
        except (ValueError, TypeError) as error:
            yield Broken(f"line {number}", str(error))


def parse_head(line: bytes) -> Head:
    """The head in a line written by `head_line`. Raises ValueError for anything else."""
    found = json.loads(line.decode("ascii"))
    match found:
        case {"head": {"hash": str(hash_), "seq": int(seq)}} if head_line(Head(seq, hash_)) == line.strip():
            return Head(seq, hash_)
    raise ValueError("not the head of a journal")
