"""The country of the supplier: printed, or told by its VAT number, address, legal form or phone."""

import re
from collections.abc import Iterator

from vault.domain.readings import Extracted
from vault.reading.understand.contacts import Contact
from vault.reading.understand.labels import Label
from vault.reading.understand.marks import Span
from vault.reading.understand.names import Party
from vault.reading.understand.places import (
    COUNTRIES,
    country_named,
    legal_form,
    postcode_country,
    region_country,
    street_country,
)

_BY_LANGUAGE = {"de": "DE", "fr": "FR", "it": "IT", "es": "ES", "nl": "NL", "pt": "PT"}
_CODE_BEFORE_POSTCODE = re.compile(r"^(DE|D|FR|F|IT|I|ES|E|AT|A|CH|BE|B|NL|LU|L|PL|PT|CZ|DK|SE)[\s\-]+\d{4,5}\b")
_SHORT = {"D": "DE", "F": "FR", "I": "IT", "E": "ES", "A": "AT", "B": "BE", "L": "LU"}


def supplier_country(supplier: Party, contacts: tuple[Contact, ...], language: str) -> Extracted[str] | None:
    """ISO 3166-1 alpha-2 of the supplier's country by the weight of what tells; None where nothing does."""
    weights: dict[str, float] = {}
    evidence: dict[str, tuple[float, Span]] = {}
    for code, weight, span in _clues(supplier, contacts):
        weights[code] = weights.get(code, 0.0) + weight
        if code not in evidence or weight > evidence[code][0]:
            evidence[code] = weight, span
    if weights:
        code = max(weights, key=lambda each: weights[each])
        share = weights[code] / sum(weights.values())
        return evidence[code][1].extract(code, min(0.97, 0.4 + 0.2 * min(weights[code], 2.0) + 0.2 * share))
    if supplier.address and language in _BY_LANGUAGE:
        return supplier.address[-1].span.extract(_BY_LANGUAGE[language], 0.6)
    return None


def _clues(supplier: Party, contacts: tuple[Contact, ...]) -> Iterator[tuple[str, float, Span]]:
    """Countries told by the supplier's name, address and contact data, each with its weight."""
    for piece in supplier.address:
        text = piece.text
        prefix = _CODE_BEFORE_POSTCODE.match(text)
        mentioned = COUNTRIES.find(text)
        told = (
            (country_named(text), 3.0),
            (_SHORT.get(prefix[1], prefix[1]) if prefix else None, 3.0),
            (postcode_country(text), 0.9),
            (region_country(text), 1.0),
            (street_country(text), 0.8),
            (mentioned[-1].meaning if mentioned else None, 0.4),
        )
        for code, weight in told:
            if code:
                yield code, weight, piece.span
    form = legal_form(supplier.name.text) if supplier.name else None
    if form and supplier.name:
        yield form, 0.8, supplier.name.span
    for contact in contacts:
        own = supplier.covers(contact)
        if contact.kind is Label.VAT and contact.label is not Label.BUYER_VAT and contact.value[:2].isalpha():
            code = contact.value[:2]
            yield {"EL": "GR", "XI": "GB"}.get(code, code), 2.0 if own else 0.8, contact
        if contact.kind is Label.PHONE and contact.country and own:
            yield contact.country, 1.5, contact
