"""How often one seller account is asked for its security duties, within the bounds of the rule book."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from vault.db.entities.security import ControlInterval
from vault.domain.errors import Invalid
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.rules.intervals import Interval, intervals
from vault.services.access import Actor
from vault.services.journal.notes import Note, record
from vault.services.locks import lock_account
from vault.services.security.emergency_steps import PROFILE
from vault.services.security.judging import chosen, interval_rows, judge
from vault.services.vault import Vault

# The second has to come later than the first: in days since the duty was done, or before a paper expires.
_PAIRS = (("reminder_days", "overdue_days"), ("urgent_days", "warn_days"))


def list_intervals(vault: Vault, actor: Actor, account_id: str) -> tuple[Interval, ...]:
    """Every interval that can be set, as it is in force. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return intervals(vault.rules.profiles[PROFILE], chosen(session, account_id))


def set_intervals(vault: Vault, actor: Actor, account_id: str, days: Mapping[tuple[str, str], int]) -> None:
    """Sets intervals by (check, setting), and judges the account again; the others stay as they are.

    Raises NotFound, Forbidden, and Invalid with a problem for each ``check.setting`` beyond its bounds, or that comes
    before the one that it has to follow.
    """
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        stored = {(row.check_id, row.setting): row for row in interval_rows(session, account_id)}
        known = intervals(vault.rules.profiles[PROFILE], {key: row.days for key, row in stored.items()})
        _refuse_impossible(known, days)
        changed: dict[str, int] = {}
        for interval in known:
            key = (interval.check, interval.setting)
            wanted = days.get(key, interval.days)
            if wanted != interval.days:
                _store(session, account_id, stored.get(key), interval, wanted)
                changed[name_of(interval)] = wanted
        if changed:
            session.flush()
            note = Note("control.intervals_changed", account_id, actor.id, account_id, {"days": changed})
            record(session, vault, [note, *judge(session, vault, account_id, actor.id)])


def _refuse_impossible(known: Sequence[Interval], days: Mapping[tuple[str, str], int]) -> None:
    wanted = {(each.check, each.setting): days.get((each.check, each.setting), each.days) for each in known}
    problems: dict[str, Message] = {}
    for each in known:
        if not each.least <= wanted[each.check, each.setting] <= each.most:
            bounds = {"least": str(each.least), "most": str(each.most)}
            problems[name_of(each)] = Message(N_("Choose from %(least)s to %(most)s days."), bounds)
        for first, second in _PAIRS:
            earlier = wanted.get((each.check, first))
            if each.setting == second and earlier is not None and wanted[each.check, second] <= earlier:
                problems.setdefault(name_of(each), Message(N_("Choose more days than for the step before.")))
    if problems:
        raise Invalid(N_("The intervals were not changed. Correct the marked ones."), problems)


def name_of(interval: Interval) -> str:
    """``check.setting``, by which problems name it."""
    return f"{interval.check}.{interval.setting}"


def _store(session: Session, account_id: str, row: ControlInterval | None, interval: Interval, days: int) -> None:
    if days == interval.default:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = ControlInterval(id=new_id(), account_id=account_id, check_id=interval.check, setting=interval.setting)
        session.add(row)
    row.days = days
