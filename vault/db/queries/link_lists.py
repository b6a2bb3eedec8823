"""The list of linked pairs: a page of it, the gravest of it, and how many there are by risk and by what they share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    distinct,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.links import Link
from vault.db.queries.among import among
from vault.db.queries.keyset import Order, Page, fetch_page

# What `LinkRow` is made of.
_LIGHT: tuple[InstrumentedAttribute[Any], ...] = (Link.id, Link.low_id, Link.high_id, Link.score)
# The worst first, and of equal ones the elder.
_ORDER = Order(type_coerce(-Link.score, Integer), Link.id)


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """Pairs whose both sides are seen through the accounts `seen`.

    `least`: of at least this score; `kind`: that share a thing of this kind, empty for any; `holders`: one side of
    which is among these, None for all; `without`: neither side of which this is.
    """

    seen: Collection[str]
    least: int = 1
    kind: str = ""
    holders: Collection[str] | None = None
    without: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A pair without what it shares."""

    id: str
    low_id: str
    high_id: str
    score: int


def list_links(session: Session, wanted: LinkFilter, token: str | None, size: int) -> Page[Link]:
    """One page of whole pairs, the worst first. Raises Invalid for a token of another list."""
    return fetch_page(session, select(Link).where(*_conditions(wanted)), _ORDER, _itself, token, size)


def gravest_links(session: Session, wanted: LinkFilter, most: int) -> list[LinkRow]:
    """The first `most` pairs of the list."""
    return _rows(session, _light(wanted).order_by(_ORDER.column, _ORDER.id).limit(most))


def links_among(session: Session, wanted: LinkFilter, holder_ids: Collection[str]) -> list[LinkRow]:
    """The pairs of the list both sides of which are among `holder_ids`, the worst first."""
    between = and_(among(Link.low_id, holder_ids), among(Link.high_id, holder_ids))
    return _rows(session, _light(wanted).where(between).order_by(_ORDER.column, _ORDER.id))


def count_by_score(session: Session, wanted: LinkFilter, bounds: tuple[int, ...]) -> list[int]:
    """How many pairs of the list have at least each of these scores."""
    counts = (func.coalesce(func.sum(case((Link.score >= bound, 1), else_=0)), 0) for bound in bounds)
    return list(session.execute(select(*counts).where(*_conditions(wanted))).one())


def count_by_kind(session: Session, wanted: LinkFilter) -> Mapping[str, int]:
    """How many pairs share a thing of each kind, the most frequent first, whatever kind `wanted` asks for."""
    conditions = _conditions(replace(wanted, kind=""))
    if session.get_bind().dialect.name == "postgresql":
        kinds = func.jsonb_array_elements(cast(Link.contributions, JSONB)).op("->>")("kind").label("kind")
        kept = select(Link.id, kinds).where(*conditions).distinct().subquery()
        counted = select(kept.c.kind, func.count()).group_by(kept.c.kind)
    else:
        tree = func.json_tree(Link.contributions).table_valued("key", "value", joins_implicitly=True)
        counted = (
            select(tree.c.value, func.count(distinct(Link.id)))
            .where(*conditions, tree.c.key == "kind")
            .group_by(tree.c.value)
        )
    rows = session.execute(counted).all()
    ordered: list[tuple[str, int]] = sorted(((row[0], row[1]) for row in rows), key=lambda row: (-row[1], row[0]))
    return dict(ordered)


def _light(wanted: LinkFilter) -> Select[Any]:
    return select(*_LIGHT).where(*_conditions(wanted))


def _rows(session: Session, statement: Select[Any]) -> list[LinkRow]:
    return [LinkRow(*row) for row in session.execute(statement)]


def _conditions(wanted: LinkFilter) -> list[ColumnElement[bool]]:
    conditions = [
        among(Link.low_account_id, wanted.seen),
        among(Link.high_account_id, wanted.seen),
        Link.score >= wanted.least,
    ]
    if wanted.kind:  # as `vault.db.types.Json` writes it
        conditions.append(type_coerce(Link.contributions, Text).contains(f'"kind":"{wanted.kind}"', autoescape=True))
    if wanted.holders is not None:
        conditions.append(or_(among(Link.low_id, wanted.holders), among(Link.high_id, wanted.holders)))
    if wanted.without:
        conditions.append(and_(Link.low_id != wanted.without, Link.high_id != wanted.without))
    return conditions


def _itself(link: Link) -> Link:
    return link
