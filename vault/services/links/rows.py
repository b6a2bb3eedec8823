"""Links and their explanations as the database keeps them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vault.db.entities.links import LINK_STATE_ID, Link, LinkConfirmation, LinkExplanation, LinkState
from vault.domain.links import Contribution, ExplanationKind, How, LinkKind
from vault.linking.meeting import Pair
from vault.linking.scoring import Explained

_BATCH = 500


def lock_scoring(session: Session) -> LinkState:
    """The right to score links, until the transaction ends: two who score at once would each miss what the other adds.

    Who holds it waits for nothing but tasks of links and the journal. Take it after all other locks.
    """
    # On SQLite a writing transaction holds the only lock there is, and FOR UPDATE is left out by SQLAlchemy.
    return session.get_one(LinkState, LINK_STATE_ID, with_for_update=True, populate_existing=True)


def links_with(session: Session, holder_ids: Collection[str] | None) -> dict[Pair, Link]:
    """The kept links of these holders by pair, all where None is given."""
    wanted = select(Link).execution_options(populate_existing=True)
    if holder_ids is not None:
        wanted = wanted.where(or_(Link.low_id.in_(holder_ids), Link.high_id.in_(holder_ids)))
    return {(link.low_id, link.high_id): link for link in session.scalars(wanted)}


def explanations_of(session: Session, link_ids: Iterable[str]) -> Mapping[str, list[LinkExplanation]]:
    """The explanations that nobody has withdrawn, by link, the oldest first."""
    found: dict[str, list[LinkExplanation]] = defaultdict(list)
    ids = sorted(link_ids)
    for first in range(0, len(ids), _BATCH):
        wanted = select(LinkExplanation).where(
            LinkExplanation.link_id.in_(ids[first : first + _BATCH]), LinkExplanation.withdrawn_at.is_(None)
        )
        for row in session.scalars(wanted.order_by(LinkExplanation.id)):
            found[row.link_id].append(row)
    return found


def confirmations_of(session: Session, explanations: Iterable[LinkExplanation]) -> Mapping[str, list[LinkConfirmation]]:
    """For which later values these explanations were confirmed, by explanation, the oldest first."""
    found: dict[str, list[LinkConfirmation]] = defaultdict(list)
    ids = sorted({row.id for row in explanations})
    for first in range(0, len(ids), _BATCH):
        wanted = select(LinkConfirmation).where(
            LinkConfirmation.explanation_id.in_(ids[first : first + _BATCH]), LinkConfirmation.withdrawn_at.is_(None)
        )
        for row in session.scalars(wanted.order_by(LinkConfirmation.id)):
            found[row.explanation_id].append(row)
    return found


def explained(row: LinkExplanation, confirmed: Iterable[LinkConfirmation] = ()) -> Explained:
    """The explanation as it is weighed. One that names no values yet is about all."""
    keys = None if row.keys is None else frozenset(row.keys) | {each.key for each in confirmed}
    return Explained(
        id=row.id,
        kind=ExplanationKind(row.kind),
        kinds=frozenset(LinkKind(kind) for kind in row.kinds),
        documented=row.document_id is not None,
        valid_until=row.valid_until,
        keys=keys,
    )


def dump_contribution(item: Contribution) -> dict[str, Any]:
    """As JSON: the fields by their names."""
    return {name: getattr(item, name) for name in Contribution.__slots__}


def load_contribution(stored: Mapping[str, Any]) -> Contribution:
    """What `dump_contribution` wrote."""
    return Contribution(**{**stored, "kind": LinkKind(stored["kind"]), "how": How(stored["how"])})


def contributions_of(link: Link) -> tuple[Contribution, ...]:
    return tuple(load_contribution(item) for item in link.contributions)
