"""How many units the invoices of an audit have to show, and how many they do."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from vault.checks.audit.facts import Need
from vault.checks.coverage.counting import counted, weigh
from vault.checks.coverage.coverage import coverage
from vault.checks.coverage.facts import CoverageFacts, InvoiceUnits
from vault.db.entities.audits import Audit
from vault.rules.evidence import EvidenceList
from vault.services.audits.proposals import Proposal
from vault.services.coverage.facts import daily_sales, known_stretches


def needs_of(
    session: Session, audit: Audit, asked: EvidenceList, chosen: Mapping[str, Iterable[Proposal]]
) -> dict[str, Need]:
    """What each product needs. `chosen`: the invoices that go in, by ASIN."""
    assert audit.noticed_on is not None, "a confirmed audit has the day of its notice"
    day = audit.noticed_on
    sold = daily_sales(session, audit.account_id, day - timedelta(days=asked.window_days), day, list(chosen))
    known = known_stretches(session, audit.account_id)
    needs = {}
    for asin, proposals in chosen.items():
        facts = CoverageFacts(sold=sold.get(asin, {}), known=known, invoices=_counted(proposals))
        stood = coverage(facts, day, asked.window_days)
        needs[asin] = Need(
            wanted=max(asked.min_units, stood.sold if asked.covers_sales else 0),
            sold=stood.sold,
            bought=stood.bought,
            days_unknown=stood.days_unknown if asked.covers_sales else 0,
            window_days=asked.window_days,
        )
    return needs


def _counted(proposals: Iterable[Proposal]) -> tuple[InvoiceUnits, ...]:
    """What cannot be read or fails is no unit, also where a person puts the document in.

    Weighed anew: of the same invoice kept twice one counts, and a person may have chosen the one that came later.
    """
    return counted(weigh(each.weighed.invoice for each in proposals if each.weighed is not None))
