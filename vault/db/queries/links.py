"""Reading links: who holds what, and what catalogues have in common."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from vault.db.entities.accounts import CatalogueProduct, Listing, SellerAccount
from vault.db.entities.links import Link
from vault.db.entities.register import OtherAccount

_BATCH = 500

Column = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Holder:
    """A seller account, or a known other account. `account_id` is the seller account by which access is decided.

    `is_closed`: a seller account that is no longer in use.
    """

    id: str
    name: str
    account_id: str
    opened_at: datetime
    is_removed: bool = False
    is_closed: bool = False

    @property
    def is_other(self) -> bool:
        """True for an account that is not one's own."""
        return self.id != self.account_id


def read_holders(session: Session, ids: Collection[str] | None = None) -> Mapping[str, Holder]:
    """These holders by id, all where None is given; also other accounts that are no longer watched."""
    accounts = select(SellerAccount.id, SellerAccount.name, SellerAccount.created_at, SellerAccount.closed_at)
    others = select(
        OtherAccount.id, OtherAccount.name, OtherAccount.account_id, OtherAccount.created_at, OtherAccount.removed_at
    )
    if ids is not None:
        accounts, others = accounts.where(SellerAccount.id.in_(ids)), others.where(OtherAccount.id.in_(ids))
    found = {
        row.id: Holder(row.id, row.name, row.id, row.created_at, is_closed=row.closed_at is not None)
        for row in session.execute(accounts)
    }
    for row in session.execute(others):
        found[row.id] = Holder(row.id, row.name, row.account_id, row.created_at, row.removed_at is not None)
    return found


def holders_of(session: Session, account_ids: Collection[str]) -> tuple[Holder, ...]:
    """The seller accounts and the other accounts that are known of by them, by name."""
    others = select(OtherAccount.id).where(OtherAccount.account_id.in_(account_ids), OtherAccount.removed_at.is_(None))
    found = read_holders(session, [*account_ids, *session.scalars(others)])
    return tuple(sorted(found.values(), key=lambda holder: (holder.name.casefold(), holder.id)))


def read_links(session: Session, account_ids: Collection[str]) -> list[Link]:
    """Links with a score whose both sides are seen through these accounts, the worst first."""
    wanted = select(Link).where(
        Link.low_account_id.in_(account_ids), Link.high_account_id.in_(account_ids), Link.score > 0
    )
    return list(session.scalars(wanted.order_by(Link.score.desc(), Link.id)))


def shared_products(session: Session, account_id: str | None) -> Iterator[tuple[str, str, str, str]]:
    """Products that two seller accounts both have, by ASIN or GTIN: account, account, product, product.

    `account_id`: only those of this account, which then comes first; None: all pairs, each once.
    """
    one, other = aliased(CatalogueProduct), aliased(CatalogueProduct)
    by_asin = select(one.account_id, other.account_id, one.id, other.id).join(other, one.asin == other.asin)
    left, right = aliased(Listing), aliased(Listing)
    by_gtin = (
        select(left.account_id, right.account_id, left.product_id, right.product_id)
        .join(right, left.gtin == right.gtin)
        .where(left.gtin != "")
    )
    seen: set[tuple[str, str]] = set()
    for statement, mine, theirs in (
        (by_asin, one.account_id, other.account_id),
        (by_gtin, left.account_id, right.account_id),
    ):
        for row in session.execute(statement.where(_between(mine, theirs, account_id))):
            if (row[2], row[3]) not in seen:
                seen.add((row[2], row[3]))
                yield row[0], row[1], row[2], row[3]


def shared_fnskus(session: Session, account_id: str | None) -> Iterator[tuple[str, str, int]]:
    """How many FNSKUs two seller accounts share: account, account, count. An ASIN used as FNSKU is everybody's."""
    left, right = aliased(Listing), aliased(Listing)
    statement = (
        select(left.account_id, right.account_id, func.count(left.fnsku.distinct()))
        .join(right, left.fnsku == right.fnsku)
        .join(CatalogueProduct, CatalogueProduct.id == left.product_id)
        .where(left.fnsku != "", left.fnsku != CatalogueProduct.asin)
        .group_by(left.account_id, right.account_id)
    )
    for row in session.execute(statement.where(_between(left.account_id, right.account_id, account_id))):
        yield row[0], row[1], row[2]


def catalogue_sizes(session: Session) -> Mapping[str, int]:
    """How many products each seller account has, where it has any."""
    counted = select(CatalogueProduct.account_id, func.count()).group_by(CatalogueProduct.account_id)
    return {row[0]: row[1] for row in session.execute(counted)}


def product_titles(session: Session) -> Iterator[tuple[str, str, str]]:
    """Seller account, ASIN and title of every product."""
    wanted = select(CatalogueProduct.account_id, CatalogueProduct.asin, CatalogueProduct.title)
    for row in session.execute(wanted.execution_options(yield_per=5000)):
        yield row[0], row[1], row[2]


def prices_of(session: Session, product_ids: Iterable[str]) -> Mapping[str, list[str]]:
    """The prices at which these products are offered, where they are known."""
    found: dict[str, list[str]] = {}
    ids = sorted(set(product_ids))
    for first in range(0, len(ids), _BATCH):
        wanted = select(Listing.product_id, Listing.price).where(
            Listing.product_id.in_(ids[first : first + _BATCH]), Listing.price != ""
        )
        for product_id, price in session.execute(wanted):
            found.setdefault(product_id, []).append(price)
    return found


def _between(mine: Column, theirs: Column, account_id: str | None) -> ColumnElement[bool]:
    """Pairs of this seller account with others, or all pairs, each once."""
    if account_id is None:
        return mine < theirs
    return and_(mine == account_id, theirs != account_id)
