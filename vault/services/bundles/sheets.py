"""The pages of a bundle that the vault itself writes: sales, suppliers, a page for the reader."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
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
    Slip,
    SupplierContact,
    SupplierSheet,
)
from vault.domain.audits import AuditKind
from vault.domain.message import N_
from vault.services.bundles.contents import Contents, ProductSection, Sales, SupplierCard
from vault.services.bundles.files import LeftOut
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
COMBINED = N_("Everything in one file, with an index and page numbers")
COPIES = N_("A copy of each document, with the lines of the product highlighted")
REDACTED = N_("A copy of each document; prices are removed")
ORIGINALS = N_("The documents as they were received, byte for byte")
SALES = N_("Units sold by day")
SALES_IN_PART = N_("Units sold by day, as far as they are known")
SUPPLIERS = N_("How to reach our suppliers")
JOURNAL = N_("When each document was received and checked")
# Suppliers printed at once.
_SUPPLIERS = 100
# Why there is no copy of a document, for the reader at Amazon. By the codes of `Unreadable`.
_WITH_PRICES = N_("Not all of its prices could be removed, so no copy could be made.")
_REASONS = {
    "encrypted": N_("It is locked with a password, so no copy could be made."),
    "damaged": N_("The file is damaged, so no copy could be made."),
    "too_large": N_("It is too large for a copy to be made."),
    "too_many_pages": N_("It has too many pages for a copy to be made."),
    "unsupported_type": N_("It is neither a PDF nor a picture, so no copy could be made."),
    "prices_unread": _WITH_PRICES,
    "prices_unseen": _WITH_PRICES,
    "prices_left": _WITH_PRICES,
}
_NO_COPY = N_("No copy could be made of it.")


class Sheets:
    """Prints them in the sandbox, in the language of the audit. Methods raise as `Composer` does.

    `part` of `parts`: where a channel's limits make several files of one bundle.
    """

    def __init__(
        self, composer: Composer, contents: Contents, options: BundleOptions, part: int = 1, parts: int = 1
    ) -> None:
        self._composer, self._contents, self._options = composer, contents, options
        self._part, self._parts = part, parts
        self._language = contents.demand.language
        self._pages = Pages(self._language, options.sheet)
        self.sheet = options.sheet

    def cover(self, documents: int, *, has_originals: bool) -> Cover:
        """`documents`: how many lie behind it."""
        demand = self._contents.demand
        return Cover(
            subject=self.say(SUBJECTS[AuditKind(demand.kind)]),
            legal_entity=demand.seller,
            store_name=demand.store,
            marketplace=demand.marketplace,
            reference=demand.case_id,
            prepared_on=self._options.prepared_on,
            notice_on=demand.noticed_on,
            asins=tuple(each.asin for each in self._contents.products),
            documents=documents,
            part=self._part,
            parts=self._parts,
            has_originals=has_originals,
        )

    def sales(self, section: ProductSection, sales: Sales) -> bytes:
        """Units sold month by month in the window before the notice."""
        since, until = self._contents.window
        months = months_of(sales.sold, since, until, sales.known)
        record = SalesRecord(
            section.asin,
            section.title,
            since,
            until,
            months,
            units_invoiced=section.bought,
            days_unknown=sales.days_unknown,
        )
        return self._print(record)

    def letter(self, text: str) -> bytes:
        """The answer, as it was written."""
        return self._print(LetterPage(text))

    def suppliers(self) -> tuple[bytes, ...]:
        """How Amazon can verify each supplier. Of very many in several files: one would take longer than a page may."""
        cards = [self._supplier(each) for each in self._contents.suppliers]
        lots = (cards[first : first + _SUPPLIERS] for first in range(0, len(cards), _SUPPLIERS))
        return tuple(self._print(SupplierSheet(tuple(lot))) for lot in lots)

    def slip(self, left_out: LeftOut, *, has_originals: bool) -> tuple[str, bytes]:
        """The line in the index, and the page, that stand in for a document without a copy."""
        name = left_out.enclosed.name
        title = f"{name}: {self._whereabouts(left_out, has_originals=has_originals)}"
        return title, self._print(Slip(name, self._why(left_out, has_originals=has_originals)))

    def readme(self, lies: Iterable[tuple[str, str]], left_out: Iterable[LeftOut], documents: int) -> bytes:
        """What lies in the bundle and how anybody can check that it is whole. `lies`: paths, and what is there.

        `documents`: how many are there, as original or copy.
        """
        has_originals = not self._options.without_prices
        missing = (Enclosure(each.enclosed.name, self._why(each, has_originals=has_originals)) for each in left_out)
        note = ReaderNote(
            self.cover(documents, has_originals=has_originals),
            tuple(Enclosure(path, self.say(what)) for path, what in lies),
            contact_name=self._options.contact,
            redacted=self._options.without_prices,
            left_out=tuple(missing),
        )
        return self._print(note)

    def say(self, text: str) -> str:
        return str(translations(self._language).gettext(text))

    def _whereabouts(self, left_out: LeftOut, *, has_originals: bool) -> str:
        if has_originals:
            return self.say(N_("see originals/%(name)s")) % {"name": left_out.enclosed.name}
        return self.say(N_("not in this file"))

    def _why(self, left_out: LeftOut, *, has_originals: bool) -> str:
        reason = self.say(_REASONS.get(left_out.reason, _NO_COPY))
        return f"{reason} ({self._whereabouts(left_out, has_originals=has_originals)})"

    def _supplier(self, supplier: SupplierCard) -> SupplierContact:
        theirs = {each.id: each for each in self._contents.enclosed if each.supplier_id == supplier.id}
        asins = (
            section.asin
            for section in self._contents.products
            if any(shown.document_id in theirs for shown in section.shown)
        )
        return SupplierContact(
            name=supplier.name,
            address=tuple(supplier.address.splitlines()),
            phone=supplier.phone,
            email=supplier.email,
            website=supplier.website,
            tax_number=supplier.vat_number,
            asins=tuple(asins),
            invoices=tuple(each.number for each in theirs.values() if each.number),
        )

    def _print(self, paper: Paper) -> bytes:
        return self._composer.printed(self._pages.paper(paper), language=self._language).content


def months_of(sold: Mapping[date, int], since: date, until: date, known: Iterable[Days]) -> tuple[MonthSales, ...]:
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


def sales_table(asin: str, sales: Sales) -> bytes:
    """Units by day as CSV: the days that are known, also those on which nothing was sold."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("day", "asin", "units"))
    days = {each.first + at * _DAY for each in sales.known for at in range(len(each))} | sales.sold.keys()
    writer.writerows((day.isoformat(), asin, sales.sold.get(day, 0)) for day in sorted(days))
    return target.getvalue().encode()
