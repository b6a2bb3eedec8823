"""Is it an invoice for a completed sale? Source: policy (domain rule “kind of document”)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import DocumentKind

_REFUSED = {
    DocumentKind.CREDIT_NOTE: N_("This is a credit note: it takes goods back and proves no purchase."),
    DocumentKind.RECEIPT: N_("This is a retail receipt, which Amazon does not accept as a supplier invoice."),
    DocumentKind.PRO_FORMA: N_("This is a pro-forma invoice: no sale was completed."),
    DocumentKind.ORDER_CONFIRMATION: N_("This is an order confirmation, not an invoice."),
    DocumentKind.QUOTE: N_("This is a quote, not an invoice."),
    DocumentKind.DELIVERY_NOTE: N_("This is a delivery note, not an invoice."),
    DocumentKind.PACKING_LIST: N_("This is a packing list, not an invoice."),
}


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    seen = facts.reading.kind
    details = {"seen": seen, "path": "kind", "why": {"kind": seen.value.value}}
    if seen.value is DocumentKind.OTHER or answer.is_doubtful(seen):
        yield answer.unknown(
            Message(N_("It is not clear what kind of document this is.")),
            Message(N_("Look at the page and say whether it is an invoice.")),
            **details,
        )
    elif seen.value is DocumentKind.INVOICE:
        yield answer.passed(Message(N_("It is an invoice.")), **details)
    else:
        yield answer.failed(
            Message(_REFUSED[seen.value]),
            Message(N_("Ask the supplier for the invoice of this sale and upload it.")),
            **details,
        )
