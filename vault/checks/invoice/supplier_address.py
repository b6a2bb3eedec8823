"""Is the supplier's postal address complete, and more than a P.O. box? Source: guide, policy."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.addresses import is_po_box_only, needs_postcode, parse_address
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.values import PostalAddress

_PARTS = {"street": N_("street"), "postcode": N_("postcode"), "city": N_("town"), "country": N_("country")}


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    seen = facts.reading.fields.supplier_address
    if seen is None or not seen.value.strip():
        yield answer.missing(
            facts,
            Message(N_("No address of the supplier was found.")),
            Message(N_("If the address is printed, enter it here; if not, ask the supplier for a complete invoice.")),
            path="supplier_address",
        )
        return
    country = facts.reading.fields.supplier_country
    address = parse_address(seen.value, country.value if country else "")
    details = {"seen": seen, "path": "supplier_address", "why": {"address": seen.value, "country": address.country}}
    absent = _absent_parts(address)
    if answer.is_doubtful(seen):
        yield answer.unknown(
            Message(N_("The supplier's address could not be read with certainty.")),
            Message(N_("Compare it with the page and confirm or correct it.")),
            **details,
        )
    elif is_po_box_only(seen.value, address):
        yield answer.failed(
            Message(N_("The supplier's address is only a P.O. box.")),
            Message(
                N_("Ask the supplier for an invoice with its street address: Amazon verifies where a supplier is.")
            ),
            **details,
        )
    elif absent:
        yield answer.missing(
            facts,
            Message(N_("The supplier's address lacks: %(parts)s."), {"parts": ", ".join(absent)}),
            Message(
                N_("If it is printed, complete the address here; if not, ask the supplier for a complete invoice.")
            ),
            **details,
        )
    else:
        yield answer.passed(Message(N_("The supplier's postal address is complete.")), **details)


def _absent_parts(address: PostalAddress) -> list[str]:
    return [
        name
        for part, name in _PARTS.items()
        if not getattr(address, part) and not (part == "postcode" and not needs_postcode(address.country))
    ]
