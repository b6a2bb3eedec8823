"""What a service will write in the journal, collected while it works and written last.

Appending holds the journal's head until the transaction ends: taken late, nobody waits for long, and two transactions
cannot each hold what the other one needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from vault.journal import writer
from vault.journal.entry import JsonValue
from vault.services.vault import Vault
from vault.services.webhooks import outbox

# Who acts when no person does.
MACHINE = "worker"


@dataclass(frozen=True, slots=True)
class Note:
    """One change: `action` (``document.kept``) done to `subject` (an id) by `actor` (an id, or MACHINE)."""

    action: str
    subject: str
    actor: str
    account_id: str | None = None
    details: Mapping[str, JsonValue] = field(default_factory=dict)


def record(session: Session, vault: Vault, notes: Iterable[Note]) -> None:
    """Writes the notes in the journal, in the transaction of the changes that they tell of. Call it last.

    Webhooks that want to know are told of the same changes.
    """
    notes = list(notes)
    outbox.announce(session, vault, [(note.action, note.subject, note.account_id) for note in notes])
    for note in notes:
        writer.append(
            session,
            actor=note.actor,
            action=note.action,
            subject=note.subject,
            account_id=note.account_id,
            details=note.details,
            at=vault.clock(),
        )
