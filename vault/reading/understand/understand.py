"""Words with boxes in, an understood invoice out. Pure: no files, no clock, the same words give the same answer."""

from dataclasses import dataclass, replace

from vault.domain.readings import DocumentKind, Extracted, Fields, LineItem, Page
from vault.reading.understand.money import find_currency
from vault.reading.understand.days import due_date, issue_date
from vault.reading.understand.kind import find_kind
from vault.reading.understand.number import find_number
from vault.reading.understand.paper import open_paper
from vault.reading.understand.totals import find_totals


@dataclass(frozen=True, slots=True)
class Understood:
    """What the pages of one document say."""

    kind: Extracted[DocumentKind]
    fields: Fields = Fields()
    lines: tuple[LineItem, ...] = ()


def understand(pages: tuple[Page, ...]) -> Understood:
    """Read the kind of document, the head fields and the line items from the words of all pages."""
    paper = open_paper(pages)
    country = None
    issued = issue_date(paper, country)
    totals = find_totals(paper)
    fields = Fields(
        number=find_number(paper),
        issue_date=issued,
        due_date=due_date(paper, country, issued.value if issued else None),
        currency=find_currency(paper, country),
        net=totals.net,
        tax=totals.tax,
        total=totals.total,
    )
    return Understood(find_kind(paper), fields)
