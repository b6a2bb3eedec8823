"""The country of the supplier: printed, or told by its VAT number, address, legal form or phone."""

from vault.domain.readings import Extracted
from vault.reading.understand.contacts import Contact
from vault.reading.understand.labels import Label
from vault.reading.understand.names import Party
from vault.reading.understand.places import COUNTRIES, country_named, legal_form, postcode_country, region_country, street_country
import re

_BY_LANGUAGE = {"de": "DE", "fr": "FR", "it": "IT", "es": "ES", "nl": "NL", "pt": "PT"}
_CODE_BEFORE_POSTCODE = re.compile(r"^(DE|D|FR|F|IT|I|ES|E|AT|A|CH|BE|B|NL|LU|L|PL|PT|CZ|DK|SE)[\s\-]+\d{4,5}\b")
_SHORT = {"D": "DE", "F": "FR", "I": "IT", "E": "ES", "A": "AT", "B": "BE", "L": "LU"}


def supplier_country(supplier: Party, contacts: tuple[Contact, ...], language: str) -> Extracted[str] | None:
    """ISO 3166-1 alpha-2 of the supplier's country, None where nothing tells."""
    for piece in reversed(supplier.address):
        named = country_named(piece.text)
        if named:
            return piece.run.extract(named, 0.97, piece.start, piece.end)
    for piece in supplier.address:
        code = _CODE_BEFORE_POSTCODE.match(piece.text)
        if code:
            return piece.run.extract(_SHORT.get(code[1], code[1]), 0.95, piece.start, piece.end)
    rows = {id(row) for row in supplier.rows}
    for contact in contacts:
        if contact.kind is Label.VAT and contact.label is not Label.BUYER_VAT and contact.value[:2].isalpha() and (id(contact.row) in rows or contact.label is Label.VAT):
            return contact.extract({"EL": "GR", "CH": "CH", "XI": "GB"}.get(contact.value[:2], contact.value[:2]), 0.9)
    for piece in supplier.address:
        for told in (postcode_country(piece.text), region_country(piece.text), street_country(piece.text)):
            if told:
                return piece.run.extract(told, 0.85, piece.start, piece.end)
    if supplier.name is not None and legal_form(supplier.name.text):
        return supplier.name.run.extract(str(legal_form(supplier.name.text)), 0.7, supplier.name.start, supplier.name.end)
    for piece in supplier.address:
        found = COUNTRIES.find(piece.text)
        if found:
            return piece.run.extract(found[-1].meaning, 0.7, piece.start, piece.end)
    if supplier.address and language in _BY_LANGUAGE:
        last = supplier.address[-1]
        return last.run.extract(_BY_LANGUAGE[language], 0.6, last.start, last.end)
    return None
