"""How many units the invoices of an audit have to show, and how many they do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from vault.checks.audit.facts import Need
from vault.checks.coverage.counting import Excluded, WeighedInvoice, counted, weigh
from vault.checks.coverage.coverage import coverage
from vault.checks.coverage.facts import CoverageFacts
from vault.db.entities.audits import Audit
from vault.db.queries.sales import unnamed_sales
from vault.rules.evidence import EvidenceList
from vault.services.audits.proposals import Proposal
from vault.services.coverage.facts import daily_sales, known_stretches


@dataclass(frozen=True, slots=True)
class Invoices:
    """Those of one product: `chosen` go in, `known` are all that have lines of it."""

    chosen: Sequence[Proposal]
    known: Sequence[Proposal]


def needs_of(session: Session, audit: Audit, asked: EvidenceList, invoices: Mapping[str, Invoices]) -> dict[str, Need]:
    """What each product needs, by ASIN."""
    assert audit.noticed_on is not None, "a confirmed audit has the day of its notice"
    day = audit.noticed_on
    first = day - timedelta(days=asked.window_days)
    sold = daily_sales(session, audit.account_id, first, day, list(invoices))
    known = known_stretches(session, audit.account_id)
    unnamed = unnamed_sales(session, audit.account_id, first, day) if asked.covers_sales else None
    needs = {}
    for asin, mine in invoices.items():
        # Weighed anew: of the same invoice kept twice one counts, and a person may have chosen the one that came later.
        # What cannot be read or fails is no unit, also where a person puts the document in.
        units = counted(weigh(each.invoice for each in _weighed(mine.chosen) if not each.invoice.takes_away))
        stood = coverage(CoverageFacts(sold.get(asin, {}), known, units), day, asked.window_days)
        taken = _taken(mine, {each.document_id for each in stood.counted}, first)
        needs[asin] = Need(
            wanted=max(asked.min_units, stood.sold if asked.covers_sales else 0),
            sold=stood.sold,
            bought=stood.bought - taken.units,
            days_unknown=stood.days_unknown if asked.covers_sales else 0,
            window_days=asked.window_days,
            credited=taken.units,
            credits_unread=taken.unread,
            unnamed=unnamed.units if unnamed else 0,
        )
    return needs


@dataclass(frozen=True, slots=True)
class _Taken:
    """What credit notes take away. `unread`: how many of them do not tell how much, or since when."""

    units: int
    unread: int


def _taken(invoices: Invoices, counting: set[str], first: date) -> _Taken:
    """By the credit notes that concern what counts. It is the same whether they go into the bundle or not.

    One that names its invoices takes from them alone. One that names none may be about any, so it takes from what is
    there, also when it came after the notice; not when it is older than the window, for so is its invoice then.
    """
    if not counting:
        return _Taken(0, 0)
    notes = {each.document.id: each for each in (*invoices.known, *invoices.chosen)}
    concerned = [each for each in notes.values() if not each.credits or counting & set(each.credits)]
    weighed = [
        each
        for each in weigh(one.invoice for one in _weighed(concerned) if one.invoice.takes_away)
        if each.excluded is not Excluded.DUPLICATE
        and not (each.invoice.issued_on is not None and each.invoice.issued_on < first)
    ]
    return _Taken(
        units=-sum(each.units for each in weighed), unread=sum(not each.invoice.is_read_whole for each in weighed)
    )


def _weighed(proposals: Iterable[Proposal]) -> Iterable[WeighedInvoice]:
    return (each.weighed for each in proposals if each.weighed is not None)
