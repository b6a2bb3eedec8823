"""What holders can be recognised by, gathered from the register and the access lists, and kept as keys."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from vault.db.entities.links import LinkKey
from vault.db.entities.register import AccessGrant
from vault.domain.ids import new_id
from vault.domain.links import LinkKind
from vault.domain.register import AttributeKind, GrantKind
from vault.linking.keys import Key, KeyMaker, Thing, Way
from vault.linking.weights import Weights
from vault.services.register.register import HeldValue, values_of
from vault.services.vault import Vault

_GRANTS = {GrantKind.PERSON: LinkKind.STAFF, GrantKind.AGENCY: LinkKind.AGENCY, GrantKind.TOOL: LinkKind.TOOL}
_COLUMNS = (
    LinkKey.holder_id,
    LinkKey.kind,
    LinkKey.way,
    LinkKey.key,
    LinkKey.ref,
    LinkKey.masked,
    LinkKey.until,
)
_BATCH = 500

Row = tuple[str, str, str, str, str, str, date | None]


def gather_keys(
    session: Session, vault: Vault, weights: Weights, holder_ids: Collection[str] | None
) -> tuple[Key, ...]:
    """The keys of these holders as the register has them now, of all holders where None is given."""
    maker = key_maker(vault, weights)
    return tuple(key for thing in _things(session, vault, holder_ids) for key in maker.keys(thing))


def key_maker(vault: Vault, weights: Weights) -> KeyMaker:
    return KeyMaker(vault.secrets.fingerprint, weights.free_mail)


def thing_of(value: HeldValue) -> Thing:
    """A value of the register, made to be met."""
    # The mask of an e-mail address shows its domain.
    text = value.masked.rpartition("@")[2] if value.kind is AttributeKind.EMAIL else value.canonical
    return Thing(value.holder_id, LinkKind(value.kind), value.fingerprint, value.masked, text, value.until)


def store_keys(session: Session, vault: Vault, keys: Iterable[Key], holder_ids: Collection[str] | None) -> None:
    """Makes the kept keys of these holders (None: of all) those given. Changes nothing where nothing has changed."""
    wanted = select(LinkKey.id, *_COLUMNS)
    if holder_ids is not None:
        wanted = wanted.where(LinkKey.holder_id.in_(holder_ids))
    kept = {tuple(row): row_id for row_id, *row in session.execute(wanted)}
    now = {_row(key): key for key in keys}
    gone = [row_id for row, row_id in kept.items() if row not in now]
    for first in range(0, len(gone), _BATCH):
        session.execute(delete(LinkKey).where(LinkKey.id.in_(gone[first : first + _BATCH])))
    names = [column.key for column in _COLUMNS]
    new = [
        {"id": new_id(), **dict(zip(names, row, strict=True)), "encrypted": _sealed(vault, key)}
        for row, key in now.items()
        if row not in kept
    ]
    if new:
        session.execute(insert(LinkKey), new)


def keys_met(session: Session, vault: Vault, keys: Collection[Key], holder_ids: Collection[str]) -> Iterator[Key]:
    """The kept keys of all other holders that are among `keys`."""
    names = sorted({key.key for key in keys})
    opened: dict[tuple[str, str], str] = {}
    for first in range(0, len(names), _BATCH):
        wanted = select(*_COLUMNS, LinkKey.encrypted).where(
            LinkKey.key.in_(names[first : first + _BATCH]), LinkKey.holder_id.not_in(holder_ids)
        )
        for holder_id, kind, way, key, ref, masked, until, encrypted in session.execute(wanted):
            if encrypted and (holder_id, ref) not in opened:
                opened[holder_id, ref] = vault.secrets.decrypt(encrypted)
            text = opened[holder_id, ref] if encrypted else masked.rpartition("@")[2]
            yield Key(Thing(holder_id, LinkKind(kind), ref, masked, text, until), Way(way), key)


def kept_keys(session: Session, vault: Vault, holder_id: str) -> tuple[Key, ...]:
    """The kept keys of one holder."""
    wanted = select(*_COLUMNS, LinkKey.encrypted).where(LinkKey.holder_id == holder_id)
    found = []
    for _, kind, way, key, ref, masked, until, encrypted in session.execute(wanted):
        text = vault.secrets.decrypt(encrypted) if encrypted else masked.rpartition("@")[2]
        found.append(Key(Thing(holder_id, LinkKind(kind), ref, masked, text, until), Way(way), key))
    return tuple(found)


def _things(session: Session, vault: Vault, holder_ids: Collection[str] | None) -> Iterator[Thing]:
    """Each thing of a holder once, in whatever order they come: what is in use wins over what was given up."""
    found: dict[tuple[str, LinkKind, str], Thing] = {}
    values = map(thing_of, values_of(session, vault, holder_ids))
    for thing in (*values, *_grants(session, vault, holder_ids)):
        name = (thing.holder_id, thing.kind, thing.ref)
        if name not in found or _last(found[name]) < _last(thing):
            found[name] = thing
    return iter(found.values())


def _grants(session: Session, vault: Vault, holder_ids: Collection[str] | None) -> Iterator[Thing]:
    wanted = select(
        AccessGrant.account_id, AccessGrant.kind, AccessGrant.person_key, AccessGrant.name, AccessGrant.removed_on
    ).where(AccessGrant.person_key != "")
    if holder_ids is not None:
        wanted = wanted.where(AccessGrant.account_id.in_(holder_ids))
    refs: dict[str, str] = {}
    for account_id, kind, person_key, name, removed_on in session.execute(wanted):
        if person_key not in refs:
            refs[person_key] = vault.secrets.fingerprint("link:grant", person_key)
        yield Thing(account_id, _GRANTS[GrantKind(kind)], refs[person_key], name, "", removed_on)


def _last(thing: Thing) -> tuple[date, str]:
    return thing.until or date.max, thing.masked


def _row(key: Key) -> Row:
    thing = key.thing
    return (thing.holder_id, thing.kind.value, key.way.value, key.key, thing.ref, thing.masked, thing.until)


def _sealed(vault: Vault, key: Key) -> str:
    return vault.secrets.encrypt(key.thing.text) if key.way in (Way.NEAR, Way.AROUND) else ""
