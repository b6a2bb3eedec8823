"""The figures of each seller account on each day: what the trend is drawn from, and how ready the account is."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.figures import DailyFigures
from vault.db.queries import routines
from vault.db.queries.dashboard import Counts, count_tasks, proven_products, running_routines
from vault.db.queries.waiting import covered_units
from vault.domain.findings import Severity
from vault.domain.readiness import ReadinessPart, Share, readiness
from vault.services.days import today
from vault.services.security import security
from vault.services.vault import Vault

# Accounts counted in one transaction.
_STEP = 50


def count_day(vault: Vault) -> int:
    """Writes how every open seller account stands today, over what was written earlier that day.

    Returns how many rows are different now. Counting again with the same facts changes none.
    """
    with vault.database.reading() as session:
        account_ids = session.scalars(select(SellerAccount.id).where(SellerAccount.closed_at.is_(None))).all()
    steps = [account_ids[first : first + _STEP] for first in range(0, len(account_ids), _STEP)]
    return sum(_count_some(vault, step) for step in steps)


def shares_of(
    session: Session, vault: Vault, account_ids: Collection[str], tasks: Mapping[str, Counts], day: date
) -> Mapping[str, Mapping[ReadinessPart, Share]]:
    """The parts that readiness is made of, by account. `tasks`: theirs, but for those that tell of a second account."""
    products, units = proven_products(session, account_ids), covered_units(session, account_ids)
    duties = security.figures(session, account_ids)
    kept, running = routines.figures(session, account_ids, day), running_routines(session, account_ids)
    limit = vault.rules.readiness.critical_limit
    return {
        account_id: {
            ReadinessPart.INVOICES: products.get(account_id, Share(0, 0)),
            ReadinessPart.COVERAGE: units.get(account_id, Share(0, 0)),
            ReadinessPart.SECURITY: Share(duties[account_id].ok, duties[account_id].total),
            ReadinessPart.ROUTINES: Share(
                running.get(account_id, 0) - kept[account_id].missed, running.get(account_id, 0)
            ),
            ReadinessPart.GAPS: Share(max(0, limit - tasks.get(account_id, Counts()).critical), limit),
        }
        for account_id in account_ids
    }


def _count_some(vault: Vault, account_ids: Sequence[str]) -> int:
    day = today(vault)
    with vault.database.reading() as session:
        tasks = count_tasks(session, account_ids, None, day).by_account
        shares = shares_of(session, vault, account_ids, tasks, day)
    counted = {each: _figures(vault, tasks.get(each, Counts()), shares[each]) for each in account_ids}
    with vault.database.transaction() as session:
        locked = select(SellerAccount.id).where(SellerAccount.id.in_(account_ids)).order_by(SellerAccount.id)
        session.execute(locked.with_for_update(key_share=True))  # one scheduler at a time
        wanted = select(DailyFigures).where(DailyFigures.account_id.in_(account_ids), DailyFigures.day == day)
        there = {row.account_id: row for row in session.scalars(wanted)}
        return sum(_write(session, vault, day, each, there.get(each), counted[each]) for each in account_ids)


def _figures(vault: Vault, tasks: Counts, shares: Mapping[ReadinessPart, Share]) -> Mapping[str, Any]:
    counted = (*(severity.value for severity in Severity), "overdue")
    return {
        **{name: getattr(tasks, name) for name in counted},
        "readiness": readiness(shares, vault.rules.readiness.weights),
        "parts": _parts(shares),
    }


def _parts(shares: Mapping[ReadinessPart, Share]) -> dict[str, list[int]]:
    return {part.value: [share.good, share.whole] for part, share in shares.items()}


def _write(
    session: Session, vault: Vault, day: date, account_id: str, row: DailyFigures | None, counted: Mapping[str, Any]
) -> bool:
    if row is None:
        session.add(DailyFigures(account_id=account_id, day=day, written_at=vault.clock(), **counted))
        return True
    if all(getattr(row, name) == value for name, value in counted.items()):
        return False
    for name, value in counted.items():
        setattr(row, name, value)
    row.written_at = vault.clock()
    return True
