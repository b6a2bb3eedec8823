"""Links as people see them: only pairs both of whose accounts they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.db.entities.links import Link, LinkExplanation
from vault.db.queries.links import Holder, holders_of, read_holders, read_links
from vault.domain.errors import NotFound
from vault.domain.links import Contribution, ExplanationKind, LinkKind, Risk
from vault.domain.roles import Permission
from vault.linking.separation import Separation, separate
from vault.services.access import Actor
from vault.services.links.judging import LinkRules, link_rules
from vault.services.links.rows import contributions_of
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts and what they share. `low` is the elder record. `contributions`: the heaviest first."""

    id: str
    low: Holder
    high: Holder
    score: int
    risk: Risk
    contributions: tuple[Contribution, ...]
    scored_at: datetime

    @property
    def kinds(self) -> tuple[LinkKind, ...]:
        """What kinds of things are shared, each once, the heaviest first."""
        return tuple(dict.fromkeys(item.kind for item in self.contributions))

    def beside(self, holder_id: str) -> Holder:
        """The other account of the two."""
        return self.high if self.low.id == holder_id else self.low


class ExplanationState(StrEnum):
    COUNTS = "counts"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a pair shares what it shares. `kinds` empty: all of it. `filename` is the document's, None without one."""

    id: str
    kind: ExplanationKind
    reason: str
    kinds: tuple[LinkKind, ...]
    document_id: str | None
    filename: str | None
    valid_until: date | None
    state: ExplanationState
    created_at: datetime
    created_by: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinkView:
    """One pair with its explanations, the newest first."""

    pair: Pair
    explanations: tuple[Explanation, ...]


def holders(vault: Vault, actor: Actor) -> tuple[Holder, ...]:
    """Every account that can be part of a pair: the seller accounts that `actor` sees, and the others known of by them."""
    with vault.database.reading() as session:
        return holders_of(session, actor.account_ids)


def pairs(vault: Vault, actor: Actor) -> list[Pair]:
    """All pairs that share something, the worst first: for a terminal. Pages read them a page at a time."""
    with vault.database.reading() as session:
        return pairs_from(session, link_rules(vault), read_links(session, actor.account_ids))


def show(vault: Vault, actor: Actor, link_id: str) -> LinkView:
    """One pair; also one that shares nothing any more. Raises NotFound."""
    with vault.database.reading() as session:
        link = require_link(session, actor, link_id)
        (pair,) = pairs_from(session, link_rules(vault), [link])
        return LinkView(pair, _explanations(session, link_rules(vault).today, link_id))


def separating(vault: Vault, actor: Actor, link_id: str) -> Separation:
    """What has to go so that the pair is no longer one to be looked after. Raises NotFound."""
    with vault.database.reading() as session:
        link = require_link(session, actor, link_id)
        return separate(contributions_of(link), link_rules(vault).weights.warn)


def require_link(session: Session, actor: Actor, link_id: str, *, lock: bool = False) -> Link:
    """Raises NotFound for a pair that does not exist or one side of which `actor` may not see."""
    link = session.get(Link, link_id, with_for_update=lock or None)
    if link is None or not {link.low_account_id, link.high_account_id} <= set(actor.account_ids):
        raise NotFound()
    return link


def require_seen(session: Session, actor: Actor, holder_id: str, permission: Permission = Permission.SEE) -> Holder:
    """The account. Raises NotFound, and Forbidden where the role is too small for `permission`."""
    holder = read_holders(session, [holder_id]).get(holder_id)
    if holder is None or holder.is_removed:
        raise NotFound()
    actor.require(permission, holder.account_id)
    return holder


def pairs_from(session: Session, rules: LinkRules, found: Iterable[Link]) -> list[Pair]:
    """The rows of the database with the names of their two accounts, in the same order."""
    rows = list(found)
    known = read_holders(session, {holder_id for link in rows for holder_id in (link.low_id, link.high_id)})
    return [
        Pair(
            id=link.id,
            low=known[link.low_id],
            high=known[link.high_id],
            score=link.score,
            risk=rules.weights.risk(link.score),
            contributions=contributions_of(link),
            scored_at=link.scored_at,
        )
        for link in rows
    ]


def _explanations(session: Session, today: date, link_id: str) -> tuple[Explanation, ...]:
    wanted = (
        select(LinkExplanation, Document.filename)
        .outerjoin(Document, Document.id == LinkExplanation.document_id)
        .where(LinkExplanation.link_id == link_id)
        .order_by(LinkExplanation.id.desc())
    )
    return tuple(_explanation(row, filename, today) for row, filename in session.execute(wanted))


def _explanation(row: LinkExplanation, filename: str | None, today: date) -> Explanation:
    return Explanation(
        id=row.id,
        kind=ExplanationKind(row.kind),
        reason=row.reason,
        kinds=tuple(LinkKind(kind) for kind in row.kinds),
        document_id=row.document_id,
        filename=filename,
        valid_until=row.valid_until,
        state=_state(row, today),
        created_at=row.created_at,
        created_by=row.created_by,
        withdrawn_at=row.withdrawn_at,
    )


def _state(row: LinkExplanation, today: date) -> ExplanationState:
    if row.withdrawn_at is not None:
        return ExplanationState.WITHDRAWN
    is_over = row.valid_until is not None and row.valid_until < today
    return ExplanationState.EXPIRED if is_over else ExplanationState.COUNTS
