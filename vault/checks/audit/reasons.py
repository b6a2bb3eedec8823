"""Why Amazon refuses what goes in. Source: domain rules, section 2, “reasons why invoices get refused”.

The whole table: what each invoice shows is judged under the audit's profile, and each of its checks stands for a reason
here; too few units are `audit.units`, a plan that nobody asked for is `audit.answer`, the same file again `audit.sent_before`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from vault.domain.message import N_


class Reason(StrEnum):
    """What Amazon may refuse an invoice for, the gravest first."""

    ALTERED = "altered"
    MISMATCH = "mismatch"
    UNVERIFIABLE = "unverifiable"
    ARITHMETIC = "arithmetic"
    KIND = "kind"
    DATE = "date"
    PRODUCT = "product"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"
    PRICE = "price"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReasonTexts:
    """What is wrong, and what to do. `found` names the documents (``names``)."""

    found: str
    advice: str


_OF_CHECK: Mapping[str, Reason] = MappingProxyType(
    {
        "invoice.unaltered": Reason.ALTERED,
        "invoice.buyer": Reason.MISMATCH,
        "invoice.buyer_address": Reason.MISMATCH,
        "invoice.supplier_name": Reason.UNVERIFIABLE,
        "invoice.supplier_address": Reason.UNVERIFIABLE,
        "invoice.supplier_contact": Reason.UNVERIFIABLE,
        "invoice.arithmetic": Reason.ARITHMETIC,
        "invoice.kind": Reason.KIND,
        "invoice.issue_date": Reason.DATE,
        "invoice.description": Reason.PRODUCT,
        "invoice.duplicate": Reason.DUPLICATE,
        "invoice.legible": Reason.UNREADABLE,
        "document.readable": Reason.UNREADABLE,
        "invoice.price": Reason.PRICE,
    }
)

TEXTS: Mapping[Reason, ReasonTexts] = MappingProxyType(
    {
        Reason.ALTERED: ReasonTexts(
            N_("Amazon may refuse what looks edited or was written in mixed fonts: %(names)s."),
            N_("Ask the supplier for the invoice as it left their system, and put that in. Never repair a file."),
        ),
        Reason.MISMATCH: ReasonTexts(
            N_("Amazon may refuse invoices that are not made out to the business of this seller account: %(names)s."),
            N_("Correct what was misread; otherwise ask the supplier for an invoice to the right company and address."),
        ),
        Reason.UNVERIFIABLE: ReasonTexts(
            N_("Amazon may not be able to verify the supplier of: %(names)s."),
            N_(
                "Enter name, address, phone and website if they are printed; otherwise ask the supplier for an invoice with them."
            ),
        ),
        Reason.ARITHMETIC: ReasonTexts(
            N_("Amazon may refuse invoices whose sums do not add up: %(names)s."),
            N_("Correct what was misread. If the paper itself is wrong, ask the supplier for a corrected invoice."),
        ),
        Reason.KIND: ReasonTexts(
            N_("Amazon accepts invoices of completed sales alone; these are none, or it is not sure: %(names)s."),
            N_("Ask the supplier for the invoice itself, and leave these out."),
        ),
        Reason.DATE: ReasonTexts(
            N_("The date of these is missing, or lies outside the time that Amazon asks about: %(names)s."),
            N_("Correct a misread date. Otherwise ask for an invoice from within that time, and leave these out."),
        ),
        Reason.PRODUCT: ReasonTexts(
            N_("Lines of these do not name a product of yours without doubt: %(names)s."),
            N_("Pick the product on each line. Where it is another product, ask the supplier for the right invoice."),
        ),
        Reason.DUPLICATE: ReasonTexts(
            N_("The same invoice seems to be here twice: %(names)s."),
            N_("Compare the two. Put one in and leave the other out."),
        ),
        Reason.UNREADABLE: ReasonTexts(
            N_("Amazon may refuse what cannot be read: %(names)s."),
            N_("Ask for the invoice as PDF, or scan it again: flat, with all four edges, at 300 dpi."),
        ),
        Reason.PRICE: ReasonTexts(
            N_("Prices are missing or could not be read: %(names)s."),
            N_("Amazon lets you remove prices, but not quantities. Correct what was misread."),
        ),
        Reason.OTHER: ReasonTexts(
            N_("These do not pass every check: %(names)s."),
            N_("Look at each point under the evidence, and put it right or leave the document out."),
        ),
    }
)


def reason_of(check: str) -> Reason:
    """What failing this check may be refused for. A check that an operator adds has a general reason."""
    return _OF_CHECK.get(check, Reason.OTHER)
