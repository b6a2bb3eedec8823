"""Confirming an explanation for something that two accounts came to share after it was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.links import LinkConfirmation, LinkExplanation
from vault.domain.errors import Invalid, NotFound
from vault.domain.links import LinkKind
from vault.domain.message import N_
from vault.journal.entry import JsonValue
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.journal.notes import Note, record
from vault.services.links.explanations import require_managed
from vault.services.links.links import require_link
from vault.services.links.rows import confirmations_of, contributions_of, lock_scoring
from vault.services.links.scoring import pair_changed
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Somebody (`who`, a name) said that an explanation holds for a value too. `kind` None: they share it no longer."""

    id: str
    kind: LinkKind | None
    shown: str
    who: str
    at: datetime


def confirm(vault: Vault, actor: Actor, explanation_id: str, key: str) -> LinkConfirmation:
    """Says that the explanation holds for the shared thing of this key too; the pair is scored again at once.

    Raises NotFound, Forbidden where `actor` does not manage both accounts, and Invalid where nobody asks for it: the
    two share it no longer, or it was confirmed before.
    """
    with vault.database.transaction() as session:
        lock_scoring(session)
        explanation = _require(session, explanation_id)
        link = require_managed(session, actor, explanation.link_id)
        asked = (item for item in contributions_of(link) if item.awaits == explanation.id and item.key == key)
        item = next(asked, None)
        if item is None:
            raise Invalid(N_("There is nothing to confirm here any more. Open the pair again to see what it shares."))
        row = LinkConfirmation(explanation_id=explanation.id, key=key, created_at=vault.clock(), created_by=actor.id)
        session.add(row)
        session.flush()
        details: dict[str, JsonValue] = {"link": link.id, "kind": item.kind.value, "value": key}
        note = Note("link.explanation_confirmed", explanation.id, actor.id, None, details)
        record(session, vault, [note, *pair_changed(session, vault, link, actor.id)])
    return row


def withdraw_confirmation(vault: Vault, actor: Actor, confirmation_id: str) -> LinkConfirmation:
    """It counts no longer, and stays on record. Raises NotFound, Forbidden, and Invalid for one withdrawn before."""
    with vault.database.transaction() as session:
        lock_scoring(session)
        row = session.get(LinkConfirmation, confirmation_id, with_for_update=True)
        if row is None:
            raise NotFound()
        link = require_managed(session, actor, _require(session, row.explanation_id).link_id)
        if row.withdrawn_at is not None:
            raise Invalid(N_("This was taken back before."))
        row.withdrawn_at, row.withdrawn_by = vault.clock(), actor.id
        session.flush()
        details: dict[str, JsonValue] = {"link": link.id, "value": row.key}
        note = Note("link.confirmation_withdrawn", row.explanation_id, actor.id, None, details)
        record(session, vault, [note, *pair_changed(session, vault, link, actor.id)])
    return row


def confirmed_of(vault: Vault, actor: Actor, link_id: str) -> Mapping[str, tuple[Confirmed, ...]]:
    """For what each explanation of the pair was confirmed later, by its id, the oldest first. Raises NotFound."""
    with vault.database.reading() as session:
        shared = {item.key: item for item in contributions_of(require_link(session, actor, link_id))}
        given = session.scalars(select(LinkExplanation).where(LinkExplanation.link_id == link_id)).all()
        rows = confirmations_of(session, given)
        people = names_of(session, {row.created_by for each in rows.values() for row in each})
    return {
        explanation_id: tuple(
            Confirmed(
                row.id,
                shared[row.key].kind if row.key in shared else None,
                shared[row.key].shown if row.key in shared else "",
                people.get(row.created_by, row.created_by),
                row.created_at,
            )
            for row in each
        )
        for explanation_id, each in rows.items()
    }


def _require(session: Session, explanation_id: str) -> LinkExplanation:
    row = session.get(LinkExplanation, explanation_id)
    if row is None:
        raise NotFound()
    return row
