"""Linked accounts for pages: many pairs at a glance, and what stands around one of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Text, select, type_coerce

from vault.db.entities.documents import Document
from vault.db.entities.links import Link, LinkExplanation
from vault.db.entities.work import Task, TaskState
from vault.db.queries.links import Holder, read_holders
from vault.domain.links import Risk
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.documents.dossiers import Event
from vault.services.journal.history import events_about
from vault.services.links.judging import link_rules
from vault.services.links.links import Pair, require_link
from vault.services.links.rows import contributions_of
from vault.services.vault import Vault

# Documents to choose from as the proof of an explanation.
_CHOICE = 50


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two accounts and how much they share, without what it is: thousands are read at once."""

    id: str
    low: Holder
    high: Holder
    score: int
    risk: Risk


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`tasks`: those that are not done. `history`: of the pair, its explanations and its tasks. `people`: by id."""

    tasks: tuple[Task, ...]
    history: tuple[Event, ...]
    people: Mapping[str, str]
    may_explain: bool


def scored_pairs(vault: Vault, actor: Actor, kind: str = "") -> list[ScoredPair]:
    """The pairs both sides of which `actor` sees, the worst first. `kind`: only those that share a thing of this kind."""
    weights, seen = link_rules(vault).weights, actor.account_ids
    wanted = select(Link.id, Link.low_id, Link.high_id, Link.score).where(
        Link.low_account_id.in_(seen), Link.high_account_id.in_(seen), Link.score > 0
    )
    if kind:  # as `vault.db.types.Json` writes it
        wanted = wanted.where(type_coerce(Link.contributions, Text).contains(f'"kind":"{kind}"', autoescape=True))
    with vault.database.reading() as session:
        rows = session.execute(wanted.order_by(Link.score.desc(), Link.id)).all()
        holders = read_holders(session, {each for row in rows for each in (row.low_id, row.high_id)})
    return [
        ScoredPair(row.id, holders[row.low_id], holders[row.high_id], row.score, weights.risk(row.score))
        for row in rows
    ]


def whole_pairs(vault: Vault, actor: Actor, link_ids: Collection[str]) -> list[Pair]:
    """These pairs with all that they share, the worst first; without those that `actor` may not see."""
    weights, seen = link_rules(vault).weights, actor.account_ids
    wanted = select(Link).where(Link.id.in_(link_ids), Link.low_account_id.in_(seen), Link.high_account_id.in_(seen))
    with vault.database.reading() as session:
        found = session.scalars(wanted.order_by(Link.score.desc(), Link.id)).all()
        holders = read_holders(session, {each for link in found for each in (link.low_id, link.high_id)})
    return [
        Pair(
            id=link.id,
            low=holders[link.low_id],
            high=holders[link.high_id],
            score=link.score,
            risk=weights.risk(link.score),
            contributions=contributions_of(link),
            scored_at=link.scored_at,
        )
        for link in found
    ]


def read_surroundings(vault: Vault, actor: Actor, link_id: str) -> Surroundings:
    """Raises NotFound, also where `actor` may see one side only."""
    with vault.database.reading() as session:
        link = require_link(session, actor, link_id)
        of_link = select(Task).where(Task.subject_type == "link", Task.subject_id == link_id)
        tasks = session.scalars(of_link.order_by(Task.due_on, Task.id)).all()
        given = session.scalars(select(LinkExplanation).where(LinkExplanation.link_id == link_id)).all()
        accounts = (link.low_account_id, link.high_account_id)
        return Surroundings(
            tasks=tuple(task for task in tasks if task.state != TaskState.DONE),
            history=events_about(session, [link_id, *(task.id for task in tasks), *(row.id for row in given)]),
            people=names_of(session, {row.created_by for row in given}),
            may_explain=all(actor.may(Permission.MANAGE, account_id) for account_id in accounts),
        )


def documents_to_choose(vault: Vault, actor: Actor, link_id: str, sought: str = "") -> list[Document]:
    """The latest documents of the two accounts, those with `sought` in their file names. Raises NotFound."""
    with vault.database.reading() as session:
        link = require_link(session, actor, link_id)
        wanted = select(Document).where(Document.account_id.in_({link.low_account_id, link.high_account_id}))
        if sought:
            wanted = wanted.where(Document.filename.icontains(sought, autoescape=True))
        return list(session.scalars(wanted.order_by(Document.uploaded_at.desc(), Document.id.desc()).limit(_CHOICE)))
