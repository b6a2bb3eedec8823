"""The pages of a bundle that the vault itself writes: sales, suppliers, a page for the reader."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from vault.checks.coverage.facts import Days, without
from vault.composing.composer import Composer
from vault.composing.pages import Pages
from vault.composing.papers import (
    Cover,
    Enclosure,
    LetterPage,
    MonthSales,
    Paper,
    ReaderNote,
    SalesRecord,
    SupplierContact,
    SupplierSheet,
)
from vault.domain.audits import AuditKind
from vault.domain.message import N_
from vault.services.bundles.contents import Contents, ProductSection
from vault.services.bundles.options import BundleOptions
from vault.wording.environment import translations

_DAY = timedelta(days=1)

SUBJECTS = {
    AuditKind.AUTHENTICITY: N_("Authenticity of products: supplier invoices and further evidence"),
    AuditKind.INVOICES: N_("Supplier invoices"),
    AuditKind.UNGATING: N_("Application to sell: supplier invoices and further evidence"),
    AuditKind.LINKED_ACCOUNTS: N_("Linked accounts: proof that the accounts are run apart"),
    AuditKind.ABUSIVE_CLAIM: N_("Claim: evidence"),
    AuditKind.COMPROMISED: N_("Compromised account: proof of identity"),
    AuditKind.A_TO_Z: N_("A-to-z claim: evidence"),
}
LETTER_TITLE = N_("Our answer")
FURTHER = N_("Further papers")
SALES_TITLE = N_("Sales record")
SUPPLIERS_TITLE = N_("Suppliers")
_COMBINED = N_("Everything in one file, with an index and page numbers")
_COPIES = N_("A copy of each document, with the lines of the product highlighted")
_REDACTED = N_("A copy of each document; prices are removed from invoices")
_ORIGINALS = N_("The documents as they were received, byte for byte")
_SALES = N_("Units sold by day")
_SUPPLIERS = N_("How to reach our suppliers")
_JOURNAL = N_("When each document was received and checked")


class Sheets:
    """Prints them in the sandbox, in the language of the audit. Methods raise as `Composer` does."""

    def __init__(self, composer: Composer, contents: Contents, options: BundleOptions) -> None:
        self._composer, self._contents, self._options = composer, contents, options
        self._language = contents.audit.language
        self._pages = Pages(self._language, options.sheet)

    @property
    def cover(self) -> Cover:
        audit, account = self._contents.audit, self._contents.account
        return Cover(
            subject=self.say(SUBJECTS[AuditKind(audit.kind)]),
            legal_entity=account.legal_name,
            store_name=account.name,
            marketplace=audit.marketplace,
            reference=audit.case_id,
            prepared_on=self._options.prepared_on,
            notice_on=audit.noticed_on,
            asins=tuple(each.asin for each in self._contents.products),
            documents=len(self._contents.included),
        )

    def sales(self, section: ProductSection) -> bytes:
        """Units sold month by month in the window before the notice."""
        since, until = self._contents.window
        invoiced = section.need.bought if section.need else None
        months = months_of(section.sold, since, until, self._contents.known)
        return self._print(SalesRecord(section.asin, section.title, since, until, months, units_invoiced=invoiced))

    def letter(self, text: str) -> bytes:
        """The answer, as it was written."""
        return self._print(LetterPage(text))

    def suppliers(self) -> bytes:
        """How Amazon can verify each supplier."""
        return self._print(SupplierSheet(tuple(self._supplier(each.id) for each in self._contents.suppliers)))

    def readme(self, has_letter: bool) -> bytes:
        """What lies in the bundle and how anybody can check that it is whole."""
        lies = [("combined.pdf", _COMBINED), ("copies/", _REDACTED if self._options.without_prices else _COPIES)]
        lies += [] if self._options.without_prices else [("originals/", _ORIGINALS)]
        lies += [("letter.txt", LETTER_TITLE)] if has_letter else []
        lies += [("sales/", _SALES)] if any(each.need for each in self._contents.products) else []
        lies += [("suppliers.pdf", _SUPPLIERS)] if self._contents.suppliers else []
        lies += [("journal.jsonl", _JOURNAL)]
        enclosures = tuple(Enclosure(path, self.say(what)) for path, what in lies)
        redacted = self._options.without_prices
        return self._print(ReaderNote(self.cover, enclosures, contact_name=self._options.contact, redacted=redacted))

    def say(self, text: str) -> str:
        return str(translations(self._language).gettext(text))

    def _supplier(self, supplier_id: str) -> SupplierContact:
        supplier = next(each for each in self._contents.suppliers if each.id == supplier_id)
        theirs = [each for each in self._contents.included if each.document.supplier_id == supplier_id]
        asins = [
            section.asin
            for section in self._contents.products
            if any(shown.included in theirs for shown in section.shown)
        ]
        return SupplierContact(
            name=supplier.name,
            address=tuple(supplier.address.splitlines()),
            phone=supplier.phone,
            email=supplier.email,
            website=supplier.website,
            tax_number=supplier.vat_number,
            asins=tuple(asins),
            invoices=tuple(each.document.number for each in theirs if each.document.number),
        )

    def _print(self, paper: Paper) -> bytes:
        return self._composer.printed(self._pages.paper(paper), language=self._language).content


def months_of(sold: dict[date, int], since: date, until: date, known: Iterable[Days]) -> tuple[MonthSales, ...]:
    """The months of the period whose sales are `known`, also those in which nothing was sold.

    One that the period or the knowledge covers in part is partial; one that nobody has imported is not there.
    """
    units: Counter[date] = Counter()
    for day, count in sold.items():
        units[day.replace(day=1)] += count
    months, first, known = [], since.replace(day=1), tuple(known)
    while first <= until:
        following = (first + 31 * _DAY).replace(day=1)
        month = Days(first, following - _DAY)
        within = Days(max(first, since), min(month.last, until))
        unknown = sum(len(each) for each in without(within, known))
        if unknown < len(within) or units[first]:
            months.append(MonthSales(first, units[first], unknown > 0 or within != month))
        first = following
    return tuple(months)


def sales_table(section: ProductSection) -> bytes:
    """Units by day as CSV."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("day", "asin", "units"))
    writer.writerows((day.isoformat(), section.asin, units) for day, units in sorted(section.sold.items()))
    return target.getvalue().encode()
