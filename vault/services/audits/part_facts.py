"""What the checks are told of each part of the evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from vault.checks.audit.doubts import Doubt
from vault.checks.audit.facts import DoubtfulInvoice, DoubtfulPaper, PartFacts
from vault.checks.audit.reasons import Reason, reason_of
from vault.domain.findings import Finding, Outcome
from vault.services.audits.evidence import MISPLACED, Candidate, Section
from vault.services.audits.proposals import is_sound
from vault.services.coverage.facts import latest_supplier


def part_facts(section: Section) -> PartFacts:
    weighed = [each.proposal.weighed for each in section.candidates if each.proposal.weighed]
    unfit = (each.document.filename for each in section.candidates if not each.is_in and not each.decision)
    return PartFacts(
        name=section.part.name,
        asin=section.asin,
        title=section.title,
        required=section.part.required,
        chosen=len(section.chosen),
        need=section.need,
        supplier=latest_supplier(weighed),
        doubtful=tuple(_doubtful_papers(section)),
        left_out="" if section.chosen or section.is_of_invoices else next(unfit, ""),
    )


def doubtful_invoices(sections: Iterable[Section]) -> tuple[DoubtfulInvoice, ...]:
    """Those that go in and may be refused: each once, also where it is evidence of several products."""
    names: dict[str, str] = {}
    reasons: defaultdict[str, set[Reason]] = defaultdict(set)
    for each in (one for section in sections for one in section.chosen if one.document.is_invoice):
        names[each.document.id] = each.document.filename
        reasons[each.document.id] |= set(_reasons(each))
    return tuple(DoubtfulInvoice(key, names[key], frozenset(reasons[key])) for key in sorted(names) if reasons[key])


def _reasons(candidate: Candidate) -> Iterator[Reason]:
    return (reason_of(gap.check) for gap in candidate.proposal.gaps if gap.check != MISPLACED)


def _doubtful_papers(section: Section) -> Iterator[DoubtfulPaper]:
    for each in section.chosen:
        grave = next((gap for gap in each.proposal.gaps if not is_sound([gap])), None)
        is_paper = not each.document.is_invoice or (grave is not None and grave.check == MISPLACED)
        if grave is not None and is_paper:
            yield DoubtfulPaper(each.document.id, each.document.filename, _doubt(grave), _expired_on(grave))


def _doubt(gap: Finding) -> Doubt:
    if gap.check == MISPLACED:
        return Doubt.OTHER_KIND
    if gap.check != "paper.expiry":
        return Doubt.UNREAD
    return Doubt.EXPIRED if gap.outcome is Outcome.FAIL else Doubt.NO_LAST_DAY


def _expired_on(gap: Finding) -> date | None:
    """Where the check of last days says so."""
    due_on = gap.why.get("due_on") if gap.outcome is Outcome.FAIL else None
    return date.fromisoformat(due_on) if due_on else None
