from itertools import pairwise
from pathlib import Path

import pytest

from tests.journal.conftest import exported, record
from vault.db.session import Database
from vault.domain.ids import new_id
from vault.journal import table
from vault.journal.entry import Entry, Head, Recorded, to_line
from vault.journal.export import head_line, parse_head, parse_lines
from vault.journal.verifier import verify_chain

NAMES = [f"entry {number}" for number in range(1, 7)]


@pytest.fixture
def lines(tmp_path: Path) -> list[bytes]:
    """Six entries and the head, as exported."""
    database = Database(f"sqlite:///{tmp_path / new_id()}.db")
    table.metadata.create_all(database.engine)
    record(database, *NAMES)
    found = exported(database)
    database.close()
    return found


def named(lines: list[bytes], earlier: Head | None = None) -> list[str]:
    return [difference.name for difference in verify_chain(parse_lines(lines), earlier)]


def head_of(lines: list[bytes]) -> Head:
    return parse_head(lines[-1])


def rewritten(lines: list[bytes], position: int, subject: str) -> list[bytes]:
    """A forgery that is consistent in itself: from `position` on, every hash is made anew."""
    found = [item.entry for item in parse_lines(lines) if isinstance(item, Recorded)]
    forged, previous = list(lines[:position]), found[position].previous
    for number, old in enumerate(found[position:]):
        entry = Entry(
            old.seq, old.at, old.actor, old.action, old.subject if number else subject, previous, None, old.details
        )
        previous = entry.hash()
        forged.append(to_line(Recorded(entry, previous)) + b"\n")
    return [*forged, head_line(Head(len(found), previous)) + b"\n"]


def test_a_whole_journal_is_clean(lines: list[bytes]) -> None:
    assert len(lines) == len(NAMES) + 1
    assert named(lines) == []
    assert named(lines, earlier=head_of(lines)) == []


def test_every_flipped_bit_is_found_and_its_line_is_named(lines: list[bytes]) -> None:
    number = 3
    allowed = {f"line {number + 1}", f"journal entry {number + 1}"}
    for position in range(len(lines[number])):
        for bit in range(8):
            flipped = bytearray(lines[number])
            flipped[position] ^= 1 << bit
            found = named(b"".join([*lines[:number], bytes(flipped), *lines[number + 1 :]]).splitlines(keepends=True))
            assert found, f"bit {bit} of byte {position}"
            # A number that was changed is another number: then it is named by what it says.
            assert allowed & set(found) or found[0].startswith("journal entry"), (position, bit, found)


def test_every_flipped_bit_of_the_head_is_found(lines: list[bytes]) -> None:
    for position in range(len(lines[-1])):
        flipped = bytearray(lines[-1])
        flipped[position] ^= 1
        assert named([*lines[:-1], bytes(flipped)])


@pytest.mark.parametrize("kept", range(7))
def test_a_journal_that_was_cut_off_is_found(lines: list[bytes], kept: int) -> None:
    assert "journal head" in named(lines[:kept])


def test_a_journal_that_was_cut_off_in_a_line_is_found(lines: list[bytes]) -> None:
    whole = b"".join(lines)
    for size in range(len(whole)):
        assert named(whole[:size].splitlines(keepends=True)), size


def test_a_shorter_journal_with_a_head_of_its_own_is_found_against_an_earlier_head(lines: list[bytes]) -> None:
    fourth = [item for item in parse_lines(lines) if isinstance(item, Recorded)][3]
    shorter = [*lines[:4], head_line(Head(4, fourth.hash)) + b"\n"]

    assert named(shorter) == []
    assert named(shorter, earlier=head_of(lines)) == ["journal"]


@pytest.mark.parametrize("position", range(6))
def test_a_rewritten_history_is_found_against_an_earlier_head(lines: list[bytes], position: int) -> None:
    forged = rewritten(lines, position, "something else")

    assert named(forged) == []
    assert named(forged, earlier=head_of(lines)) == ["journal entry 6"]


@pytest.mark.parametrize("position", range(6))
def test_a_line_that_was_taken_out_is_found(lines: list[bytes], position: int) -> None:
    assert named([*lines[:position], *lines[position + 1 :]])


@pytest.mark.parametrize("position", range(6))
def test_a_line_that_was_replayed_is_found(lines: list[bytes], position: int) -> None:
    assert named([*lines[:-1], lines[position], lines[-1]])


def test_lines_that_changed_places_are_found(lines: list[bytes]) -> None:
    for (first, one), (second, other) in pairwise(enumerate(lines[:-1])):
        swapped = list(lines)
        swapped[first], swapped[second] = other, one
        assert named(swapped)
