"""How the seller account stood when the report was made: what no row with a date tells of an earlier day."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit
from vault.db.entities.links import Link
from vault.db.entities.work import Task, TaskState
from vault.db.queries.dashboard import count_tasks
from vault.db.queries.links import read_holders
from vault.db.queries.monthly import ProductRow, read_products
from vault.db.queries.tasks import Scope, TaskRow, worst_tasks
from vault.domain.audits import AuditState
from vault.domain.findings import Finding, Outcome
from vault.domain.readiness import readiness
from vault.journal.entry import read_moment
from vault.journal.table import entries
from vault.services.browsing import names_of
from vault.services.days import day_of, today
from vault.services.figures import shares_of
from vault.services.findings import dump_message
from vault.services.jobs.scrub import INTACT
from vault.services.links.rows import contributions_of
from vault.services.security.control_history import latest
from vault.services.security.emergency_steps import CHECK as EMERGENCY
from vault.services.security.judging import findings_of
from vault.services.vault import Vault

LAPSE_DAYS = (30, 90)
_MOST_ROWS = 500
_NEXT = 3

Section = dict[str, Any]


def standing(session: Session, vault: Vault, account_id: str) -> Section:
    """The sections of how things stand now."""
    day, products = today(vault), read_products(session, account_id)
    counts = count_tasks(session, [account_id], None, day).by_account
    shares = shares_of(session, vault, [account_id], counts, day)[account_id]
    return {
        "readiness": {
            "percent": readiness(shares, vault.rules.readiness.weights),
            "parts": {part.value: [share.good, share.whole] for part, share in shares.items()},
        },
        "products": _products(products),
        "lapsing": _lapsing(products, day),
        "overdue": _overdue(session, account_id, day),
        "waivers": _waivers(session, account_id),
        "links": links_within(session, account_id),
        "security": _security(session, vault, account_id),
        "audits": _open_audits(session, account_id),
        "kept": _kept(session, vault, account_id),
        "next": _next(session, account_id, products),
    }


def _products(products: Collection[ProductRow]) -> Section:
    states: dict[str, int] = {}
    for each in products:
        states[each.state or ""] = states.get(each.state or "", 0) + 1
    rows = list(products)[:_MOST_ROWS]
    return {
        "all": len(products),
        "proven": sum(each.invoices > 0 for each in products),
        "states": dict(sorted(states.items())),
        "rows": [_product(each) for each in rows],
        "further": len(products) - len(rows),
    }


def _product(row: ProductRow) -> Section:
    return {
        "asin": row.asin,
        "title": row.title[:200],
        "invoices": row.invoices,
        "state": row.state or "",
        "sold": row.sold,
        "bought": row.bought,
        "lapses_on": row.lapses_on.isoformat() if row.lapses_on else None,
    }


def _lapsing(products: Collection[ProductRow], day: date) -> Section:
    """Products whose coverage lapses within 30 and within 90 days, the first to lapse first."""
    coming = sorted((each.lapses_on, each.asin, each) for each in products if each.lapses_on and each.lapses_on > day)
    within = {days: [row for on, _, row in coming if on <= day + timedelta(days=days)] for days in LAPSE_DAYS}
    return {
        **{f"within_{days}": len(rows) for days, rows in within.items()},
        "rows": [_product(each) for each in within[LAPSE_DAYS[-1]][:_MOST_ROWS]],
        "further": max(0, len(within[LAPSE_DAYS[-1]]) - _MOST_ROWS),
    }


def _overdue(session: Session, account_id: str, day: date) -> Section:
    wanted = (
        select(Task.id, Task.title, Task.severity, Task.due_on)
        .where(
            Task.account_id == account_id,
            Task.state == TaskState.OPEN,
            Task.other_account_id.is_(None),
            Task.due_on < day,
        )
        .order_by(Task.due_on, Task.id)
    )
    rows = session.execute(wanted).all()
    return {"all": len(rows), "rows": [_task(*row) for row in rows[:_MOST_ROWS]]}


def _task(task_id: str, title: Section, severity: str, due_on: date) -> Section:
    return {"task": task_id, "title": title, "severity": severity, "due_on": due_on.isoformat()}


def _waivers(session: Session, account_id: str) -> list[Section]:
    """Gaps that somebody accepts: why, who, and until when."""
    wanted = select(Task).where(
        Task.account_id == account_id, Task.state == TaskState.WAIVED, Task.other_account_id.is_(None)
    )
    tasks = session.scalars(wanted.order_by(Task.waived_until, Task.id)).all()
    names = names_of(session, {task.waived_by for task in tasks if task.waived_by})
    return [
        {
            "task": task.id,
            "title": task.title,
            "reason": task.waived_reason,
            "by": names.get(task.waived_by or "", task.waived_by or ""),
            "until": task.waived_until.isoformat() if task.waived_until else None,
        }
        for task in tasks
    ]


def links_within(session: Session, account_id: str) -> list[Section]:
    """Links with known other accounts of this account alone, the worst first."""
    links = _links(session, Link.low_account_id == account_id, Link.high_account_id == account_id)
    return [_link(session, link, account_id) for link in links]


def links_across(session: Session, account_id: str) -> list[Section]:
    """Links with another seller account of the vault or an account known by it. Only who sees that one may read them."""
    low = _links(session, Link.low_account_id == account_id, Link.high_account_id != account_id)
    high = _links(session, Link.high_account_id == account_id, Link.low_account_id != account_id)
    rows = [{**_link(session, link, account_id), "account_id": _other_side(link, account_id)} for link in (*low, *high)]
    return sorted(rows, key=lambda row: (-row["score"], row["link"]))


def _links(session: Session, *conditions: Any) -> Collection[Link]:
    return session.scalars(select(Link).where(*conditions, Link.score > 0).order_by(Link.score.desc(), Link.id)).all()


def _other_side(link: Link, account_id: str) -> str:
    return link.high_account_id if link.low_account_id == account_id else link.low_account_id


def _link(session: Session, link: Link, account_id: str) -> Section:
    holders = read_holders(session, [link.low_id, link.high_id])
    kinds = {each.kind.value for each in contributions_of(link)}
    names = [holders[side].name for side in (link.low_id, link.high_id) if side != account_id and side in holders]
    return {"link": link.id, "with": " – ".join(names), "score": link.score, "shared": sorted(kinds)}


def _security(session: Session, vault: Vault, account_id: str) -> Section:
    found = [
        each for each in findings_of(session, vault, account_id, latest(session, account_id)) if each.check != EMERGENCY
    ]
    judged = [each for each in found if each.outcome is not Outcome.NOT_APPLICABLE]
    lacking = [each for each in judged if each.is_gap]
    return {
        "kept": sum(each.outcome is Outcome.PASS for each in judged),
        "all": len(judged),
        "lacking": [_duty(each) for each in sorted(lacking, key=lambda each: (each.check, each.item))],
    }


def _duty(finding: Finding) -> Section:
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "says": dump_message(finding.message),
        "due_on": finding.why.get("due_on") or None,
    }


def _open_audits(session: Session, account_id: str) -> list[Section]:
    wanted = select(Audit).where(Audit.account_id == account_id).order_by(Audit.created_at, Audit.id)
    return [
        {
            "audit": audit.id,
            "kind": audit.kind,
            "state": audit.state,
            "case": audit.case_id,
            "noticed_on": audit.noticed_on.isoformat() if audit.noticed_on else None,
            "deadline": audit.deadline.isoformat() if audit.deadline else None,
        }
        for audit in session.scalars(wanted)
        if not AuditState(audit.state).is_over
    ]


def _kept(session: Session, vault: Vault, account_id: str) -> Section:
    """When every kept byte was read again last, and what of this account is damaged; of others nothing is told."""
    scrubbed = select(entries.c.at).where(entries.c.subject == "store", entries.c.action == "store.scrubbed")
    at = session.scalar(scrubbed.order_by(entries.c.seq.desc()).limit(1))
    damaged = select(Task.title).where(
        Task.account_id == account_id, Task.state != TaskState.DONE, Task.check_id == INTACT
    )
    return {
        "read_again_on": day_of(vault, read_moment(at)).isoformat() if at else None,
        "damaged": list(session.scalars(damaged.order_by(Task.id))),
    }


def _next(session: Session, account_id: str, products: Collection[ProductRow]) -> list[Section]:
    """The three gravest things: open tasks first, then products that no invoice proves."""
    found = [_next_task(row) for row in worst_tasks(session, Scope([account_id], []), _NEXT)]
    unproven = [row for row in products if not row.invoices]
    return found + [{"product": row.asin, "name": row.title[:200]} for row in unproven[: _NEXT - len(found)]]


def _next_task(row: TaskRow) -> Section:
    return _task(row.id, dict(row.title), row.severity, row.due_on)
