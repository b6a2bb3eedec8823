"""What a notice says, as a person has confirmed it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.audits import Audit, AuditOrder, AuditProduct
from vault.domain.audits import AuditKind, AuditState, Request
from vault.domain.errors import Invalid
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.values import Asin, OrderNumber
from vault.services.access import Actor
from vault.services.audits.audits import audit_in_work, gather_again
from vault.services.audits.judging import judge_audit
from vault.services.days import day_of, today
from vault.services.jobs import jobs
from vault.services.journal.notes import Note, record
from vault.services.register.accounts import MARKETPLACES
from vault.services.vault import Vault

MOST_PRODUCTS = 500
MOST_ORDERS = 2000
LONGEST_CASE_ID = 60
# The languages that letters are written in.
LANGUAGES = ("en", "de", "fr", "it", "es")
# No notice that still waits is older, and no deadline of Amazon's lies further ahead.
_OLDEST = timedelta(days=3 * 365)
_FURTHEST = timedelta(days=400)
# A deadline further back is a slip more often than a notice that lay about so long.
_LONGEST_AGO = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person says that the notice says. `deadline`: an aware moment, None where it names none."""

    kind: AuditKind
    noticed_on: date
    deadline: datetime | None = None
    case_id: str = ""
    marketplace: str = ""
    language: str = "en"
    asked_for: frozenset[Request] = frozenset()
    asins: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()


def confirm(vault: Vault, actor: Actor, account_id: str, audit_id: str, said: Confirmed) -> Audit:
    """Says what the notice says, the first time or again; the gathering of invoices begins with it.

    Evidence that was ready for what it said before is no longer: it is being gathered again.
    Raises NotFound, Forbidden, Conflict for an audit that is over, Invalid with a problem for each field that cannot be.
    """
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        _require_sense(vault, said, audit.deadline)
        audit.kind, audit.noticed_on, audit.deadline = said.kind, said.noticed_on, said.deadline
        audit.case_id, audit.marketplace = " ".join(said.case_id.split()), said.marketplace
        audit.language, audit.asked_for = said.language, sorted(said.asked_for)
        _set_products(session, audit, _codes(said.asins))
        _set_orders(session, audit, _codes(said.orders))
        if audit.state in (AuditState.DRAFT, AuditState.READY):
            audit.state = AuditState.GATHERING
        audit.confirmed_at, audit.confirmed_by = vault.clock(), actor.id
        details = {"kind": said.kind.value, "noticed_on": said.noticed_on.isoformat(), "products": len(said.asins)}
        session.flush()
        job = gather_again(session, vault, audit)
        notes = [Note("audit.confirmed", audit.id, actor.id, account_id, details)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])
    jobs.send(vault, job)
    return audit


def _require_sense(vault: Vault, said: Confirmed, known: datetime | None) -> None:
    """`known`: the deadline so far, which may have passed long ago by now."""
    day = today(vault)
    problems: dict[str, Message] = {}
    if said.noticed_on > day:
        problems["noticed_on"] = Message(N_("The notice cannot have come later than today."))
    elif said.noticed_on < day - _OLDEST:
        problems["noticed_on"] = Message(N_("This is more than three years ago. Check the date."))
    if said.deadline is not None and (
        problem := _doubt_about(vault, said.deadline, said.noticed_on, is_new=said.deadline != known)
    ):
        problems["deadline"] = problem
    if said.marketplace and said.marketplace not in MARKETPLACES:
        problems["marketplace"] = Message(N_("Choose a store from the list."))
    if said.language not in LANGUAGES:
        problems["language"] = Message(N_("Choose a language from the list."))
    if len(said.case_id.strip()) > LONGEST_CASE_ID:
        longest = {"longest": str(LONGEST_CASE_ID)}
        problems["case_id"] = Message(N_("Write at most %(longest)s characters."), longest)
    problems |= _wrong_codes("asins", said.asins, Asin.is_one, MOST_PRODUCTS)
    problems |= _wrong_codes("orders", said.orders, OrderNumber.is_one, MOST_ORDERS)
    if problems:
        raise Invalid(N_("Nothing was saved. Correct the marked fields."), problems)


def _doubt_about(vault: Vault, deadline: datetime, noticed_on: date, *, is_new: bool) -> Message | None:
    """Why this can be no deadline; None where it can."""
    now = vault.clock()
    if deadline > now + _FURTHEST:
        return Message(N_("This is more than a year ahead. Check the date."))
    if day_of(vault, deadline) < noticed_on:
        return Message(N_("This is before the day of the notice. Check both dates."))
    if is_new and deadline < now - _LONGEST_AGO:
        text = N_(
            "This was more than %(days)s days ago. Check the date; if it is right, leave this empty and answer now."
        )
        return Message(text, {"days": str(_LONGEST_AGO.days)})
    return None


def _wrong_codes(name: str, codes: Collection[str], is_one: Callable[[str], bool], most: int) -> dict[str, Message]:
    wrong = [code for code in codes if not is_one(code)]
    if wrong:
        text = N_("“%(code)s” is not written as it should be. Copy it from the notice again.")
        return {name: Message(text, {"code": wrong[0][:40]})}
    if len(codes) > most:
        return {name: Message(N_("At most %(most)s are taken."), {"most": str(most)})}
    return {}


def _codes(given: Collection[str]) -> list[str]:
    """Each once, in the order in which they were given."""
    return list(dict.fromkeys(given))


def _set_products(session: Session, audit: Audit, asins: list[str]) -> None:
    known = {
        row[0]: row[1]
        for row in session.execute(
            select(CatalogueProduct.asin, CatalogueProduct.id).where(
                CatalogueProduct.account_id == audit.account_id, CatalogueProduct.asin.in_(asins)
            )
        )
    }
    kept = {each.asin: each for each in session.scalars(select(AuditProduct).where(AuditProduct.audit_id == audit.id))}
    for asin in kept.keys() - set(asins):
        session.delete(kept[asin])
    for asin in asins:
        row = kept.get(asin)
        if row is None:
            row = AuditProduct(id=new_id(), audit_id=audit.id, asin=asin)
            session.add(row)
        row.product_id = known.get(asin)


def _set_orders(session: Session, audit: Audit, numbers: list[str]) -> None:
    kept = {each.number: each for each in session.scalars(select(AuditOrder).where(AuditOrder.audit_id == audit.id))}
    for number in kept.keys() - set(numbers):
        session.delete(kept[number])
    for number in numbers:
        if number not in kept:
            session.add(AuditOrder(id=new_id(), audit_id=audit.id, number=number))
