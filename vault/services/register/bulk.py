"""Many values at once: looked at first, then taken over. Taking the same list twice changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.register import RegisterEntry
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.domain.register import AttributeKind, family_of
from vault.domain.roles import Permission
from vault.reading.amazon.delimited import RowProblem
from vault.services.access import Actor
from vault.services.journal.notes import record
from vault.services.register.entries import EntryDetails, after_change, insert, require_details
from vault.services.register.holders import Holder, require_holder
from vault.services.register.sharing import Sharer, sharers
from vault.services.register.sheet import SheetRow, read_sheet
from vault.services.register.values import ReadValue, read_value
from vault.services.vault import Vault


class RowOutcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class BulkRow:
    """What became, or would become, of one line. `holder`: the account's name. `shared`: who holds the value too."""

    line: int
    outcome: RowOutcome
    reason: Message | None = None
    kind: AttributeKind | None = None
    masked: str = ""
    label: str = ""
    holder: str = ""
    shared: tuple[Sharer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A line that holds a value, and whose it is."""

    row: BulkRow
    holder: Holder
    value: ReadValue
    details: EntryDetails


def preview(vault: Vault, actor: Actor, holder_id: str, data: bytes) -> list[BulkRow]:
    """What taking this list would do, line by line. Nothing is kept.

    Lines of a list with a column ``account`` go to the seller account of that name, among those that `actor` manages.
    Raises NotFound, Forbidden, Invalid for a list that is empty or too long.
    """
    with vault.database.reading() as session:
        holder = require_holder(session, actor, holder_id, Permission.MANAGE)
        found = list(_examine(session, vault, actor, holder, data))
        return _with_sharers(session, vault, actor, found)


def take(vault: Vault, actor: Actor, holder_id: str, data: bytes) -> list[BulkRow]:
    """Takes over every line that can be; raises as `preview`."""
    with vault.database.transaction() as session:
        holder = require_holder(session, actor, holder_id, Permission.MANAGE, lock=True)
        found = list(_examine(session, vault, actor, holder, data))
        rows = _with_sharers(session, vault, actor, found)
        new = [each for each in found if isinstance(each, _Found) and each.row.outcome is RowOutcome.NEW]
        notes = [insert(session, vault, actor, each.holder, each.value, each.details)[1] for each in new]
        record(session, vault, [*notes, *after_change(session, vault, (each.holder for each in new), actor.id)])
    return rows


def _examine(session: Session, vault: Vault, actor: Actor, holder: Holder, data: bytes) -> Iterator[_Found | BulkRow]:
    accounts = _Accounts(session, actor, holder)
    for row in read_sheet(data):
        if isinstance(row, RowProblem):
            yield BulkRow(row.line, RowOutcome.PROBLEM, row.reason)
            continue
        try:
            yield _read(vault, accounts, row)
        except Invalid as error:
            reason = next(iter(error.problems.values()), error.message)
            yield BulkRow(row.line, RowOutcome.PROBLEM, reason, row.kind)


def _read(vault: Vault, accounts: "_Accounts", row: SheetRow) -> _Found:
    holder = accounts.named(row.account)
    value = read_value(vault, row.kind, row.text, holder.country)
    require_details(row.details, value.canonical, value.typed)
    outcome = RowOutcome.NEW if accounts.is_new(holder, value) else RowOutcome.KNOWN
    label = row.details.label
    shown = BulkRow(row.line, outcome, kind=row.kind, masked=value.masked, label=label, holder=holder.name)
    return _Found(shown, holder, value, row.details)


class _Accounts:
    """The accounts that a list may name, and what each holds already, this list's own lines included."""

    def __init__(self, session: Session, actor: Actor, holder: Holder) -> None:
        self._session = session
        self._holder = holder
        self._held: dict[str, set[tuple[str, str]]] = {}
        managed = [each for each in actor.account_ids if actor.may(Permission.MANAGE, each)]
        self._managed = list(session.scalars(select(SellerAccount).where(SellerAccount.id.in_(managed))))

    def named(self, name: str) -> Holder:
        """Raises Invalid for a name that is not exactly one account's."""
        if not name:
            return self._holder
        found = [each for each in self._managed if name == each.id or name.casefold() == each.name.casefold()]
        if len(found) != 1:
            raise Invalid(N_("There is no single seller account of this name that you manage."))
        return Holder(found[0].id, found[0].id, found[0].name, found[0].country)

    def is_new(self, holder: Holder, value: ReadValue) -> bool:
        """Whether the account has never held the value; from now on it does."""
        if holder.id not in self._held:
            wanted = select(RegisterEntry.kind, RegisterEntry.fingerprint).where(RegisterEntry.holder_id == holder.id)
            self._held[holder.id] = {(kind, fingerprint) for kind, fingerprint in self._session.execute(wanted)}
        key = (value.kind.value, value.fingerprint)
        is_new = key not in self._held[holder.id]
        self._held[holder.id].add(key)
        return is_new


def _with_sharers(session: Session, vault: Vault, actor: Actor, found: list[_Found | BulkRow]) -> list[BulkRow]:
    new = [each for each in found if isinstance(each, _Found) and each.row.outcome is RowOutcome.NEW]
    held = sharers(session, vault, actor, [(each.value.kind, each.value.fingerprint) for each in new])
    rows = []
    for each in found:
        if isinstance(each, BulkRow):
            rows.append(each)
            continue
        others = held.get((family_of(each.value.kind), each.value.fingerprint), [])
        rows.append(replace(each.row, shared=tuple(one for one in others if one.holder_id != each.holder.id)))
    return rows
