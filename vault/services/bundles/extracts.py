"""What the journal tells of the things in a bundle, for somebody outside: what was done and when, and a proof."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from vault.journal.entry import JsonValue, Recorded, canonical_json
from vault.services.journal.history import entries_about
from vault.services.journal.notes import MACHINE

# What an entry may say to somebody outside: nothing that names people or other things of the vault.
_TOLD = frozenset({"sha256", "size", "media_type", "filename", "state", "verdict", "profile", "rules", "kind"})


def extract(session: Session, subjects: Iterable[str]) -> bytes:
    """The entries about each of `subjects` as JSON Lines, the subjects in the order given.

    The numbers of entries are left out, since gaps would tell of other accounts; `hash` is the entry's own in the
    chain, by which the vault's exported journal shows that it holds exactly this entry. People are "a person".
    Raises Damaged.
    """
    lines = [_told(recorded) for subject in subjects for recorded in entries_about(session, subject)]
    return b"".join(line + b"\n" for line in lines)


def _told(recorded: Recorded) -> bytes:
    entry = recorded.entry
    told: dict[str, JsonValue] = {
        "at": entry.at,
        "by": "machine" if entry.actor == MACHINE else "a person",
        "about": entry.subject,
        "action": entry.action,
        "details": {name: value for name, value in entry.details.items() if name in _TOLD},
        "hash": recorded.hash,
    }
    return canonical_json(told)
