"""What the journal tells of the things in a bundle, for somebody outside: what was done and when, and a proof."""

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from vault.journal.entry import JsonValue, Recorded, canonical_json
from vault.services.bundles.contents import Enclosed
from vault.services.bundles.naming import without_amounts
from vault.services.journal.history import entries_about
from vault.services.journal.notes import MACHINE

# What an entry may say to somebody outside where it is a code of ours: never a name that somebody has given.
_CODES = frozenset({"media_type", "state", "verdict", "profile", "rules", "kind"})
_CODE = re.compile(r"[a-z0-9][a-z0-9_+./-]{0,80}")


def extract(session: Session, documents: Iterable[Enclosed], until: int) -> bytes:
    """The entries about each of `documents` up to number `until` as JSON Lines, the documents in the order given.

    The numbers of entries are left out, since gaps would tell of other accounts; `hash` is the entry's own in the
    chain, by which the vault's exported journal shows that it holds exactly this entry. People are "a person".
    Raises Damaged.
    """
    lines = [
        _told(recorded, document)
        for document in documents
        for recorded in entries_about(session, document.id)
        if recorded.entry.seq <= until
    ]
    return b"".join(line + b"\n" for line in lines)


def _told(recorded: Recorded, document: Enclosed) -> bytes:
    entry = recorded.entry
    told: dict[str, JsonValue] = {
        "at": entry.at,
        "by": "machine" if entry.actor == MACHINE else "a person",
        "about": entry.subject,
        "action": entry.action,
        "details": {name: value for name, value in entry.details.items() if _may_be_told(name, value, document)},
        "hash": recorded.hash,
    }
    return canonical_json(told)


def _may_be_told(name: str, value: JsonValue, document: Enclosed) -> bool:
    """Codes of ours, and what the reader holds in hand anyway: this document's own checksum, size and name.

    A name that tells an amount is left out: in a bundle without prices it would be one.
    """
    if name == "filename" and value != without_amounts(document.filename):
        return False
    own: dict[str, JsonValue] = {"sha256": document.sha256, "size": document.size, "filename": document.filename}
    if name in own:
        return value == own[name]
    return name in _CODES and isinstance(value, str) and _CODE.fullmatch(value) is not None
