"""Is the invoice made out to the legal entity of the seller account? Source: policy."""

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    seen = facts.reading.fields.buyer_name
    if facts.buyer is None:
        yield answer.not_applicable(Message(N_("No buyer was given to compare with.")), path="buyer_name")
        return
    expected = facts.buyer.legal_name
    if seen is None or not seen.value.strip():
        yield answer.missing(
            facts,
            Message(N_("The buyer's name was not found.")),
            Message(N_("Check that the invoice is made out to %(name)s and enter the name here."), {"name": expected}),
            path="buyer_name",
        )
        return
    similarity = name_similarity(seen.value, expected)
    stated = {"name": seen.value, "expected": expected}
    details = {"seen": seen, "path": "buyer_name", "why": {**stated, "similarity": f"{similarity:.2f}"}}
    if similarity >= answer.rule.fraction("min_similarity"):
        yield answer.passed(Message(N_("Buyer: %(name)s"), stated), **details)
    else:
        yield answer.failed(
            Message(N_("Made out to “%(name)s”, but the seller account belongs to “%(expected)s”."), stated),
            Message(
                N_(
                    "Correct the name if it was misread; otherwise ask the supplier for an invoice to the right company."
                )
            ),
            **details,
        )


def name_similarity(first: str, second: str) -> float:
    """How alike two company names are, 0 … 1, whatever their case, accents, punctuation and order of words."""
    return fuzz.token_sort_ratio(_folded(first), _folded(second)) / 100


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    # "S.A.R.L." and "SARL" are one word.
    return " ".join(re.findall(r"\w+", letters.replace(".", "")))
