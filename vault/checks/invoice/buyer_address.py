"""Is the invoice made out to the address of the seller account? Source: policy (name or address mismatch is refused)."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.addresses import parse_address
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.values import PostalAddress

_WHOLE = 100


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    """`min_similarity`: of streets and towns, in percent. Another postcode is another address, however alike the rest."""
    expected = facts.buyer.address if facts.buyer else PostalAddress()
    if not (expected.street or expected.postcode or expected.city):
        yield answer.not_applicable(Message(N_("No buyer's address was given to compare with.")), path="buyer_address")
        return
    seen = facts.reading.fields.buyer_address
    said = ", ".join(expected.lines())
    if seen is None or not seen.value.strip():
        text = N_("Check that the invoice is made out to this address, and enter it here: %(address)s.")
        yield answer.warned(
            Message(N_("The buyer's address was not found.")), Message(text, {"address": said}), path="buyer_address"
        )
        return
    printed = ", ".join(line.strip() for line in seen.value.splitlines() if line.strip())
    stated = {"address": printed, "expected": said}
    details = {"seen": seen, "path": "buyer_address", "why": stated}
    if _is_same(parse_address(seen.value, expected.country), seen.value, expected, answer):
        yield answer.passed(Message(N_("Buyer's address: %(address)s"), stated), **details)
    else:
        yield answer.failed(
            Message(N_("Made out to the address “%(address)s”, but the seller account has “%(expected)s”."), stated),
            Message(
                N_(
                    "Correct it if it was misread; otherwise ask for an invoice to the right address, or correct the account's."
                )
            ),
            **details,
        )


def _is_same(address: PostalAddress, printed: str, expected: PostalAddress, answer: Answer) -> bool:
    if address.postcode and expected.postcode and _plain(address.postcode) != _plain(expected.postcode):
        return False
    least = answer.rule.fraction("min_similarity") * _WHOLE
    parts = [part for part in (expected.street, expected.city) if part]
    return all(fuzz.partial_ratio(part.casefold(), printed.casefold()) >= least for part in parts)


def _plain(postcode: str) -> str:
    return "".join(char for char in postcode.casefold() if char.isalnum())
