"""Is an exported journal whole? A file is enough."""

from collections.abc import Iterator
from pathlib import Path

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.journal.entry import Head
from vault.journal.export import parse_head, parse_lines
from vault.journal.verifier import Difference, verify_chain

_LOOK = 64 * 1024


def is_journal(path: Path) -> bool:
    """Whether the file at `path` looks like an exported journal, even one that was damaged."""
    with path.open("rb") as file:
        start = file.read(_LOOK)
    return b'"previous":"' in start or b'"head":{' in start or b'"hash":"' in start


def verify_journal(path: Path, earlier: Head | None = None) -> Iterator[Difference]:
    """Everything in the export at `path` that is not as it was recorded."""
    with path.open("rb") as file:
        yield from verify_chain(parse_lines(file), earlier)


def read_earlier_head(path: Path) -> Head:
    """The head in the last line of an earlier export, or of a file with that line alone. Raises Invalid without one."""
    try:
        with path.open("rb") as file:
            last = b""
            for line in file:
                last = line
        return parse_head(last)
    except ValueError:
        raise Invalid(
            N_("%(path)s does not end with the head of a journal. Give an earlier export, or its last line."),
            path=str(path),
        ) from None
