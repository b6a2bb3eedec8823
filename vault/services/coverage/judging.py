"""Judging coverage: the standing of every product, for the lists, and the tasks of those that lack invoices.

A seller account can have thousands of products without invoices, and nobody can work on thousands of tasks. So many
have a task at once as the rule book says, the gravest first; what has a task keeps it until its gap is closed.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from vault.checks.coverage.sales import SalesFacts
from vault.checks.judge import judge as judge_facts
from vault.checks.registry import COVERAGE_CHECKS, SALES_CHECKS
from vault.db.entities.sales import CoverageStanding, ProductCoverage
from vault.db.entities.work import Task, TaskState
from vault.db.once import insert_once
from vault.db.queries.among import among
from vault.db.queries.sales import unnamed_sales
from vault.db.queries.seen_invoices import products_on
from vault.services.catalogue.catalogue import has_products
from vault.services.coverage.facts import asins_of, known_stretches
from vault.services.coverage.ledger import resolve_skus
from vault.services.coverage.reckoning import GAPS, Standing, reckon
from vault.services.coverage.rules import CoverageRules, coverage_rules
from vault.services.days import today
from vault.services.journal.notes import MACHINE, Note
from vault.services.tasks.tasks import Subject, reconcile
from vault.services.vault import Vault

# What the tasks of a product, and of the sales of the account, are about.
PRODUCT, SALES = "coverage", "sales"
_COLUMNS = ("product_id", "title", "state", "rank", "sold", "bought", "difference", "lapses_on", "ages_on")

Values = dict[str, Any]


def judge(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """Judges all products of the account. Returns the changes for the journal; nothing where nothing has changed."""
    session.flush()
    if not has_products(session, account_id) and not known_stretches(session, account_id):
        return reconcile(session, vault, Subject(SALES, account_id, account_id), (), actor)
    standing = _lock(session, account_id)
    resolve_skus(session, account_id)
    rules = coverage_rules(vault.rules)
    found = reckon(session, account_id, rules, today(vault))
    notes = _forget_others(session, vault, account_id, found, actor)
    _write(session, account_id, found)
    return notes + _follow(session, vault, standing, rules, found, actor)


def judge_products(
    session: Session, vault: Vault, account_id: str, product_ids: Collection[str], actor: str = MACHINE
) -> list[Note]:
    """As `judge`, of these products alone: something about their invoices has changed."""
    session.flush()
    asins = list(asins_of(session, account_id, product_ids).values())
    if not asins:
        return []
    standing = _lock(session, account_id)
    rules = coverage_rules(vault.rules)
    found = reckon(session, account_id, rules, today(vault), asins)
    _write(session, account_id, found)
    return _follow(session, vault, standing, rules, found, actor)


def judge_documents(
    session: Session,
    vault: Vault,
    account_id: str,
    document_ids: Collection[str],
    actor: str = MACHINE,
    *,
    before: Collection[str] = (),
) -> list[Note]:
    """As `judge_products`, of what stands on these documents, and what stood on them `before` the change."""
    session.flush()
    touched = products_on(session, document_ids) | set(before)
    return judge_products(session, vault, account_id, touched, actor) if touched else []


def subject_of(account_id: str, asin: str) -> str:
    """The id under which tasks know a product: it stays the same whether the catalogue has the product or not."""
    return f"{account_id}:{asin}"


def _lock(session: Session, account_id: str) -> CoverageStanding:
    """Whoever judges coverage waits here for whoever else does; nothing but tasks and the journal is locked behind it."""
    session.execute(insert_once(session, CoverageStanding, "account_id").values(account_id=account_id, counts={}))
    return session.get_one(CoverageStanding, account_id, with_for_update=True, populate_existing=True)


def _forget_others(session: Session, vault: Vault, account_id: str, found: Collection[str], actor: str) -> list[Note]:
    """What the catalogue never had, and what was not sold within the window either, leaves the list; its task closes."""
    listed = select(ProductCoverage.asin).where(ProductCoverage.account_id == account_id)
    states = _task_states(session, account_id)
    gone = {*session.scalars(listed), *states} - set(found)
    if gone:
        same = (ProductCoverage.account_id == account_id, among(ProductCoverage.asin, sorted(gone)))
        session.execute(delete(ProductCoverage).where(*same).execution_options(synchronize_session=False))
    notes: list[Note] = []
    for asin in sorted(gone & states.keys()):
        notes += reconcile(session, vault, Subject(PRODUCT, subject_of(account_id, asin), account_id), (), actor)
    return notes


def _write(session: Session, account_id: str, found: Mapping[str, Standing]) -> None:
    kept = _kept(session, account_id, found)
    new: list[Values] = []
    changed: list[Values] = []
    for asin, each in found.items():
        values, row = _values(each), kept.get(asin)
        if row is None:
            new.append({"account_id": account_id, "asin": asin, **values})
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed.append({"account_id": account_id, "asin": asin, **values})
    if new:
        session.execute(insert(ProductCoverage), new)
    if changed:
        session.execute(update(ProductCoverage), changed)


def _kept(session: Session, account_id: str, found: Collection[str]) -> Mapping[str, Any]:
    columns = (getattr(ProductCoverage, name) for name in ("asin", *_COLUMNS))
    wanted = select(*columns).where(ProductCoverage.account_id == account_id, among(ProductCoverage.asin, list(found)))
    return {row.asin: row for row in session.execute(wanted)}


def _values(each: Standing) -> Values:
    found = each.facts.coverage
    return {
        "product_id": each.product.id,
        "title": each.product.title,
        "state": each.state.value,
        "rank": each.rank,
        "sold": found.sold,
        "bought": found.bought,
        "difference": found.difference,
        "lapses_on": each.facts.lapses_on,
        "ages_on": each.facts.ages_on,
    }


def _follow(
    session: Session,
    vault: Vault,
    standing: CoverageStanding,
    rules: CoverageRules,
    found: Mapping[str, Standing],
    actor: str,
) -> list[Note]:
    """The tasks of what was reckoned, and the counts of the account."""
    account_id = standing.account_id
    counts = _counts(session, account_id)
    if standing.counts != counts:
        standing.counts = counts
    states = _task_states(session, account_id)
    free = rules.most_tasks - sum(state == TaskState.OPEN for state in states.values())
    free += sum(
        states[asin] == TaskState.OPEN and each.state not in GAPS for asin, each in found.items() if asin in states
    )
    chosen = _next(session, vault, account_id, rules, found, states, free)
    notes: list[Note] = []
    for asin, each in {**found, **chosen}.items():
        if asin in states or asin in chosen:
            findings = judge_facts(each.facts, rules.products, COVERAGE_CHECKS)
            subject = Subject(PRODUCT, subject_of(account_id, asin), account_id)
            notes += reconcile(session, vault, subject, findings, actor)
            states[asin] = TaskState.OPEN if each.state in GAPS else TaskState.DONE
    told = sum(state != TaskState.DONE for state in states.values())
    untold = sum(counts.get(state, 0) for state in GAPS) - told
    return notes + _judge_sales(session, vault, account_id, rules, max(0, untold), actor)


def _next(
    session: Session,
    vault: Vault,
    account_id: str,
    rules: CoverageRules,
    found: Mapping[str, Standing],
    states: Mapping[str, TaskState],
    free: int,
) -> Mapping[str, Standing]:
    """The gravest gaps that have no task yet, as many as there is room for."""
    if free <= 0:
        return {}
    wanted = (
        select(ProductCoverage.asin)
        .where(ProductCoverage.account_id == account_id, ProductCoverage.state.in_(GAPS))
        .order_by(ProductCoverage.rank, ProductCoverage.asin)
        .limit(free + len(states))
    )
    asins = [asin for asin in session.scalars(wanted) if asin not in states][:free]
    others = [asin for asin in asins if asin not in found]
    more = reckon(session, account_id, rules, today(vault), others) if others else {}
    # What left the window since the day began is in neither: the day's judgement takes it off the list.
    return {asin: each for asin in asins if (each := found.get(asin) or more.get(asin))}


def _judge_sales(
    session: Session, vault: Vault, account_id: str, rules: CoverageRules, untold: int, actor: str
) -> list[Note]:
    day = today(vault)
    unnamed = unnamed_sales(session, account_id, day - timedelta(days=rules.window_days), day)
    facts = SalesFacts(
        as_of=day,
        known=known_stretches(session, account_id),
        window_days=rules.window_days,
        has_products=has_products(session, account_id),
        untold=untold,
        unnamed_units=unnamed.units if unnamed else 0,
        unnamed_skus=unnamed.skus if unnamed else 0,
    )
    findings = judge_facts(facts, rules.sales, SALES_CHECKS)
    return reconcile(session, vault, Subject(SALES, account_id, account_id), findings, actor)


def _task_states(session: Session, account_id: str) -> dict[str, TaskState]:
    """Of every product with a task that is not done: whether it is open or waived."""
    wanted = select(Task.subject_id, Task.state).where(
        Task.account_id == account_id, Task.subject_type == PRODUCT, Task.state != TaskState.DONE
    )
    return {subject.partition(":")[2]: TaskState(state) for subject, state in session.execute(wanted)}


def _counts(session: Session, account_id: str) -> dict[str, int]:
    wanted = select(ProductCoverage.state, func.count()).where(ProductCoverage.account_id == account_id)
    return {row[0]: row[1] for row in session.execute(wanted.group_by(ProductCoverage.state))}
