"""What would change if an account had one more value: asked before it is saved, and nothing is kept."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from vault.db.queries.links import Holder, read_holders
from vault.domain.errors import Invalid
from vault.domain.links import Contribution, Risk
from vault.domain.message import N_
from vault.domain.register import AttributeKind
from vault.domain.roles import Permission
from vault.linking.catalogue import overlap_matches
from vault.linking.keys import Key, Thing
from vault.linking.meeting import Match, Pair, meetings, pair_of
from vault.linking.scoring import score_of, weigh
from vault.services.access import Actor
from vault.services.links.catalogue import kept_overlaps
from vault.services.links.judging import link_rules
from vault.services.links.keys import gather_keys, key_maker, keys_met, thing_of
from vault.services.links.rows import confirmations_of, explained, explanations_of, links_with
from vault.services.register.holders import require_holder
from vault.services.register.register import HeldValue
from vault.services.register.values import read_value
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Change:
    """What the new value would do to one pair. `added`: what the pair would share that it does not share now."""

    other: Holder
    before: int
    after: int
    risk_before: Risk
    risk_after: Risk
    added: tuple[Contribution, ...]


def what_if(vault: Vault, actor: Actor, holder_id: str, kind: AttributeKind, text: str) -> tuple[Change, ...]:
    """Which pairs would change if the account had this value as well, the worst first. Keeps nothing.

    Nothing is said of accounts that `actor` may not see. Raises NotFound, Forbidden where `actor` could not add the
    value either, and Invalid (problem: value) for text that is no such value; none of them repeats it.
    """
    with vault.database.reading() as session:
        holder = require_holder(session, actor, holder_id, Permission.MANAGE)
        try:
            value = read_value(vault, kind, text, holder.country)
        except Invalid as error:
            raise Invalid(N_("This cannot be compared."), {"value": error.message}) from None
        held = HeldValue(holder_id, holder.account_id, kind, value.fingerprint, value.masked, value.canonical)
        return _changes(session, vault, actor, thing_of(held))


def _changes(session: Session, vault: Vault, actor: Actor, thing: Thing) -> tuple[Change, ...]:
    rules, holder_id = link_rules(vault), thing.holder_id
    now = gather_keys(session, vault, rules.weights, [holder_id])
    new = tuple(key_maker(vault, rules.weights).keys(thing))
    others = tuple(keys_met(session, vault, (*now, *new), [holder_id]))
    before, after = (_shared(session, vault, holder_id, (*keys, *others)) for keys in (now, _with_new(now, new)))
    holders = _seen(session, actor, holder_id, after)
    links = links_with(session, [holder_id])
    given = explanations_of(session, (link.id for link in links.values()))
    confirmed = confirmations_of(session, (row for rows in given.values() for row in rows))
    changes = []
    for other in holders:
        pair = pair_of(holder_id, other.id)
        rows = given.get(links[pair].id, ()) if pair in links else ()
        why = [explained(row, confirmed.get(row.id, ())) for row in rows]
        had = weigh(before.get(pair, ()), rules.weights, why, rules.today)
        would = weigh(after.get(pair, ()), rules.weights, why, rules.today)
        if added := _added(had, would):
            scores = score_of(had), score_of(would)
            risks = rules.weights.risk(scores[0]), rules.weights.risk(scores[1])
            changes.append(Change(other, *scores, *risks, added))
    return tuple(sorted(changes, key=lambda change: (-change.after, change.before, change.other.name)))


def _with_new(now: tuple[Key, ...], new: tuple[Key, ...]) -> tuple[Key, ...]:
    """A value that the account had before is in use again."""
    things = {(key.thing.kind, key.thing.ref) for key in new}
    return (*(key for key in now if (key.thing.kind, key.thing.ref) not in things), *new)


def _shared(session: Session, vault: Vault, holder_id: str, keys: tuple[Key, ...]) -> dict[Pair, list[Match]]:
    rules = link_rules(vault)
    shared = meetings(keys, rules.weights, rules.today, [holder_id])
    for pair, overlap in kept_overlaps(session, [holder_id]).items():
        shared.setdefault(pair, []).extend(overlap_matches(overlap, rules.weights))
    return shared


def _seen(session: Session, actor: Actor, holder_id: str, shared: dict[Pair, list[Match]]) -> list[Holder]:
    """The accounts that would share something and that `actor` sees; two that are both not one's own are no pair."""
    ids = {each for pair in shared for each in pair}
    holders = read_holders(session, ids | {holder_id})
    is_other = holders[holder_id].is_other
    return [
        holder
        for holder in holders.values()
        if holder.id != holder_id
        and not (holder.is_other and is_other)
        and actor.may(Permission.SEE, holder.account_id)
    ]


def _added(had: tuple[Contribution, ...], would: tuple[Contribution, ...]) -> tuple[Contribution, ...]:
    known = {(item.key, item.kind, item.how, item.shown, item.ended) for item in had}
    return tuple(item for item in would if (item.key, item.kind, item.how, item.shown, item.ended) not in known)
