"""Pairs as lists, graphs and matrices show them: so many at a time, counted by the database, whole groups never read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from vault.db.queries.keyset import Page
from vault.db.queries.link_lists import (
    LinkFilter,
    LinkRow,
    count_by_kind,
    count_by_score,
    gravest_links,
    links_among,
    list_links,
)
from vault.db.queries.links import Holder, holders_of, read_holders
from vault.domain.errors import NotFound
from vault.domain.links import LinkKind, Risk
from vault.services.access import Actor
from vault.services.links.judging import LinkRules, link_rules
from vault.services.links.links import Pair, pairs_from, require_seen
from vault.services.vault import Vault

_PAGE = 50
# Of one account a page also says what would separate each pair.
_PAGE_OF_ACCOUNT = 20


@dataclass(frozen=True, slots=True)
class PairFilter:
    """Which pairs to show. `risk`: at least this; `kind`: sharing a thing of this kind; `name`: a part of one account's
    name; `holder_ids`: one side of which is among these, None for any. Empty: all.
    """

    risk: str = ""
    kind: str = ""
    name: str = ""
    holder_ids: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two accounts and how much they share, without what it is."""

    id: str
    low: Holder
    high: Holder
    score: int
    risk: Risk


@dataclass(frozen=True, slots=True)
class PairList:
    """One page of pairs, the worst first. `by_risk`: how many there are of at least each risk, were none asked for."""

    page: Page[Pair]
    count: int
    by_risk: Mapping[Risk, int]


@dataclass(frozen=True, slots=True)
class HolderPairs:
    """What links one account to others."""

    holder: Holder
    pairs: PairList


def list_pairs(vault: Vault, actor: Actor, wanted: PairFilter, token: str | None = None) -> PairList:
    """The pairs both sides of which `actor` sees. Raises Invalid for a token of another list."""
    rules = link_rules(vault)
    with vault.database.reading() as session:
        return _list(session, rules, _filter(session, rules, actor, wanted), token, _PAGE)


def kinds_shared(vault: Vault, actor: Actor, wanted: PairFilter) -> Mapping[LinkKind, int]:
    """How many pairs share a thing of each kind, the most frequent first, whatever kind `wanted` asks for."""
    with vault.database.reading() as session:
        counted = count_by_kind(session, _filter(session, link_rules(vault), actor, wanted))
    return {LinkKind(kind): count for kind, count in counted.items()}


def gravest_pairs(vault: Vault, actor: Actor, wanted: PairFilter, most: int) -> list[ScoredPair]:
    """The first `most` pairs of the list."""
    rules = link_rules(vault)
    with vault.database.reading() as session:
        return _scored(session, rules, gravest_links(session, _filter(session, rules, actor, wanted), most))


def pairs_among(vault: Vault, actor: Actor, wanted: PairFilter, holder_ids: Collection[str]) -> list[ScoredPair]:
    """The pairs of the list both sides of which are among `holder_ids`, the worst first."""
    rules = link_rules(vault)
    with vault.database.reading() as session:
        found = links_among(session, _filter(session, rules, actor, wanted), holder_ids)
        return _scored(session, rules, found)


def pairs_of_account(
    vault: Vault, actor: Actor, account_id: str, only: str = "", token: str | None = None
) -> list[HolderPairs]:
    """What links the seller account, and each other account known by it, to whom.

    What links it with one of these stands with the account itself. Others that nothing links are left out. `only`: the
    one of them whose page `token` names. Raises NotFound, and Invalid for a token of another list.
    """
    rules = link_rules(vault)
    with vault.database.reading() as session:
        account = require_seen(session, actor, account_id)
        others = [each for each in holders_of(session, [account_id]) if each.is_other]
        own = [each for each in (account, *others) if only in ("", each.id)]
        if not own:
            raise NotFound()
        found = []
        for holder in own:
            without = account_id if holder.is_other else ""
            wanted = LinkFilter(actor.account_ids, holders=[holder.id], without=without)
            found.append(HolderPairs(holder, _list(session, rules, wanted, token if only else None, _PAGE_OF_ACCOUNT)))
    return [each for each in found if each.pairs.count or each.holder is account]


def _filter(session: Session, rules: LinkRules, actor: Actor, wanted: PairFilter) -> LinkFilter:
    holder_ids = wanted.holder_ids
    if wanted.name:
        sought = wanted.name.casefold()
        named = holders_of(session, actor.account_ids)
        holder_ids = [each.id for each in named if sought in each.name.casefold()]
    least = {Risk.WARN: rules.weights.warn, Risk.FAIL: rules.weights.fail}.get(Risk(wanted.risk or Risk.LOW), 1)
    return LinkFilter(actor.account_ids, least, wanted.kind, holder_ids)


def _list(session: Session, rules: LinkRules, wanted: LinkFilter, token: str | None, size: int) -> PairList:
    page = list_links(session, wanted, token, size)
    open_to_all = LinkFilter(wanted.seen, 1, wanted.kind, wanted.holders, wanted.without)
    bounds = {Risk.LOW: 1, Risk.WARN: rules.weights.warn, Risk.FAIL: rules.weights.fail}
    counts = count_by_score(session, open_to_all, (wanted.least, *bounds.values()))
    rows = tuple(pairs_from(session, rules, page.rows))
    return PairList(Page(rows, page.next, page.previous), counts[0], dict(zip(bounds, counts[1:], strict=True)))


def _scored(session: Session, rules: LinkRules, rows: Collection[LinkRow]) -> list[ScoredPair]:
    holders = read_holders(session, {each for row in rows for each in (row.low_id, row.high_id)})
    return [
        ScoredPair(row.id, holders[row.low_id], holders[row.high_id], row.score, rules.weights.risk(row.score))
        for row in rows
    ]
