"""Explaining a link: why two accounts may share what they share, best with a document that proves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from vault.db.entities.links import Link, LinkExplanation
from vault.db.queries.papers import Proof
from vault.domain.errors import Invalid, NotFound
from vault.domain.links import ExplanationKind, LinkKind
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.services.access import Actor
from vault.services.days import today
from vault.services.documents.belonging import document_of
from vault.services.documents.paper_kinds import judge_papers, take_as_proof
from vault.services.journal.notes import Note, record
from vault.services.links.links import require_link
from vault.services.links.rows import contributions_of, lock_scoring
from vault.services.links.scoring import pair_changed
from vault.services.vault import Vault

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class NewExplanation:
    """What a person says. It counts until the end of `valid_until`.

    `kinds` empty: it explains the kinds of things that the two share now; of Amazon's approval, that it is for the pair
    as a whole. Either way it is about what the two share now. What they come to share later is a new gap, until
    somebody says that the explanation holds for it too (`vault.services.links.confirmations`).
    """

    kind: ExplanationKind
    reason: str
    document_id: str | None = None
    valid_until: date | None = None
    kinds: tuple[LinkKind, ...] = ()


def explain(vault: Vault, actor: Actor, link_id: str, given: NewExplanation) -> LinkExplanation:
    """Records why the two accounts share what they share; the pair is scored again at once.

    Raises NotFound, Forbidden where `actor` does not manage both accounts, and Invalid (problems: reason, kinds,
    document_id, valid_until).
    """
    with vault.database.transaction() as session:
        lock_scoring(session)
        link = require_managed(session, actor, link_id)
        problems = _problems(session, vault, link, given)
        if problems:
            raise Invalid(N_("The explanation was not recorded."), problems)
        row = LinkExplanation(
            link_id=link.id,
            kind=given.kind,
            reason=given.reason.strip(),
            document_id=given.document_id or None,
            kinds=_kinds(link, given),
            keys=_keys(link, given),
            valid_until=given.valid_until,
            created_at=vault.clock(),
            created_by=actor.id,
        )
        session.add(row)
        session.flush()
        details: dict[str, JsonValue] = {"link": link.id, "kind": row.kind, "kinds": list(row.kinds)}
        note = Note("link.explained", row.id, actor.id, None, details)
        record(session, vault, [note, *pair_changed(session, vault, link, actor.id)])
    if row.document_id:
        take_as_proof(vault, actor, Proof(row.document_id, "link", row.kind))
    return row


def withdraw_explanation(vault: Vault, actor: Actor, explanation_id: str) -> LinkExplanation:
    """It counts no longer, and stays on record. Raises NotFound, Forbidden, and Invalid for one withdrawn before."""
    with vault.database.transaction() as session:
        lock_scoring(session)
        row = session.get(LinkExplanation, explanation_id, with_for_update=True)
        if row is None:
            raise NotFound()
        link = require_managed(session, actor, row.link_id)
        if row.withdrawn_at is not None:
            raise Invalid(N_("This explanation was taken back before."))
        row.withdrawn_at, row.withdrawn_by = vault.clock(), actor.id
        session.flush()
        note = Note("link.explanation_withdrawn", row.id, actor.id, None, {"link": link.id})
        record(session, vault, [note, *pair_changed(session, vault, link, actor.id)])
    if row.document_id:
        judge_papers(vault, actor, [row.document_id])
    return row


def require_managed(session: Session, actor: Actor, link_id: str) -> Link:
    """The pair, locked. Raises NotFound, and Forbidden where `actor` does not manage both accounts."""
    link = require_link(session, actor, link_id, lock=True)
    for account_id in (link.low_account_id, link.high_account_id):
        actor.require(Permission.MANAGE, account_id)
    return link


def _shared_now(link: Link) -> set[LinkKind]:
    return {item.kind for item in contributions_of(link)}


def _kinds(link: Link, given: NewExplanation) -> list[LinkKind]:
    if given.kind is ExplanationKind.APPROVAL:
        return sorted(set(given.kinds))
    return sorted(set(given.kinds) or _shared_now(link))


def _keys(link: Link, given: NewExplanation) -> list[str] | None:
    """The shared things that it is about; None where an earlier version scored the pair last: scoring names them."""
    shared = [item for item in contributions_of(link) if not given.kinds or item.kind in given.kinds]
    return sorted(item.key for item in shared) if all(item.key for item in shared) else None


def _problems(session: Session, vault: Vault, link: Link, given: NewExplanation) -> Mapping[str, Message]:
    problems = {}
    if not given.reason.strip():
        problems["reason"] = Message(N_("Say why the two share it: Amazon would ask."))
    elif len(given.reason.strip()) > _LONGEST:
        problems["reason"] = Message(N_("Write at most %(longest)s characters."), {"longest": str(_LONGEST)})
    if given.valid_until is not None and given.valid_until < today(vault):
        problems["valid_until"] = Message(N_("Choose today or a later day."))
    if not given.kinds and not _shared_now(link):
        problems["kinds"] = Message(N_("The two share nothing now that could be explained."))
    accounts = (link.low_account_id, link.high_account_id)
    if given.document_id and document_of(session, given.document_id, *accounts) is None:
        problems["document_id"] = Message(N_("Choose a document of one of the two accounts."))
    return problems
