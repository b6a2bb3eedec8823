"""Words with boxes in, an understood invoice out. Pure: no files, no clock, the same words give the same answer."""

from dataclasses import dataclass

from vault.domain.readings import Adjustment, DocumentKind, Extracted, Fields, LineItem, Page
from vault.reading.understand.adjustments import find_adjustments
from vault.reading.understand.contacts import Covers, choose, find_contacts
from vault.reading.understand.countries import supplier_country
from vault.reading.understand.days import due_date, issue_date
from vault.reading.understand.kind import find_kind
from vault.reading.understand.labels import Label
from vault.reading.understand.lines import find_lines
from vault.reading.understand.money import find_currency
from vault.reading.understand.names import Party
from vault.reading.understand.number import find_number
from vault.reading.understand.paper import open_paper
from vault.reading.understand.parties import find_parties
from vault.reading.understand.totals import find_totals


@dataclass(frozen=True, slots=True)
class Understood:
    """What the pages of one document say."""

    kind: Extracted[DocumentKind]
    fields: Fields = Fields()
    lines: tuple[LineItem, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


def understand(pages: tuple[Page, ...]) -> Understood:
    """Read the kind of document, the head fields and the line items from the words of all pages."""
    paper = open_paper(pages)
    kind = find_kind(paper)
    contacts = find_contacts(paper, None)
    parties = find_parties(paper, kind.value, contacts)
    country = supplier_country(parties.supplier, contacts, paper.language) if parties.supplier else None
    home = country.value if country else None
    issued = issue_date(paper, home)
    totals = find_totals(paper)
    own, others = _covers(parties.supplier), _covers(parties.buyer)
    fields = Fields(
        supplier_name=parties.supplier_name,
        supplier_address=parties.supplier_address,
        supplier_country=country,
        supplier_vat=choose(contacts, Label.VAT, own, others),
        supplier_phone=choose(contacts, Label.PHONE, own, others),
        supplier_email=choose(contacts, Label.EMAIL, own, others),
        supplier_website=choose(contacts, Label.WEBSITE, own, others),
        buyer_name=parties.buyer_name,
        buyer_address=parties.buyer_address,
        number=find_number(paper),
        issue_date=issued,
        due_date=due_date(paper, home, issued.value if issued else None),
        currency=find_currency(paper, home),
        net=totals.net,
        tax=totals.tax,
        total=totals.total,
    )
    lines = find_lines(paper)
    return Understood(kind, fields, lines, find_adjustments(paper, lines))


def _covers(party: Party | None) -> Covers:
    return party.covers if party is not None else lambda _: False
