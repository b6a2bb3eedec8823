"""Contact data are found with their checks, and given to the supplier rather than to the buyer."""

import pytest

from tests.reading.understand.pages import page_of
from vault.domain.readings import Page
from vault.reading.understand.understand import understand

LETTER = (
    "Osterwald GmbH", "Am alten Markt 98", "20095 Hamburg", "Telefon: +49 30 23125098", "info@osterwald.example", "www.osterwald.example",
    "USt-IdNr.: DE136695976", "", "Rechnung an:", "Marivent SAS", "4 route des Prés", "33000 Bordeaux", "Tel. +33 1 99 00 12 30",
    "compta@marivent.example", "N° TVA client FR40303265045",
)  # fmt: skip


def test_contacts_are_the_suppliers() -> None:
    fields = understand((page_of(*LETTER),)).fields
    told = {
        name: getattr(fields, name).value
        for name in ("supplier_phone", "supplier_email", "supplier_website", "supplier_vat")
    }
    assert told == {
        "supplier_phone": "+49 30 23125098",
        "supplier_email": "info@osterwald.example",
        "supplier_website": "www.osterwald.example",
        "supplier_vat": "DE136695976",
    }


def vat_on(page: Page) -> str | None:
    found = understand((page,)).fields.supplier_vat
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("VAT No. GB 980 7806 84", "GB980780684"),
        ("TVA intracommunautaire : FR40 303 265 045", "FR40303265045"),
        ("ATU 13585627", "ATU13585627"),
        ("BTW NL004495445B01", "NL004495445B01"),
    ],
)
def test_vat_numbers_are_read_with_spaces_and_checked(text: str, number: str) -> None:
    assert vat_on(page_of("Osterwald GmbH", text)) == number


def test_what_only_looks_like_a_vat_number_is_not_one() -> None:
    assert vat_on(page_of("Article DE136695977 in stock", "IBAN DE89 3704 0044 0532 0130 00")) is None


def test_a_fax_number_is_not_the_phone() -> None:
    fields = understand(
        (page_of("Osterwald GmbH", "Am alten Markt 98", "20095 Hamburg", "Fax: 030 23125 099", "Tel.: 030 23125 098"),)
    ).fields
    assert fields.supplier_phone is not None
    assert fields.supplier_phone.value == "030 23125 098"


@pytest.mark.parametrize(
    ("lines", "country"),
    [
        (("Copperwick Imports Ltd", "9 Kingsway", "Leeds LS1 4DY"), "GB"),
        (("Tarnwick Trading Corp.", "4039 Harbor Boulevard", "Denver, CO 80202"), "US"),
        (("Osterwald GmbH", "Am alten Markt 98", "20095 Hamburg"), "DE"),
        (("Lumivale SAS", "19 rue Gambetta", "38000 Grenoble"), "FR"),
        (("Valcodera S.r.l.", "Via Garibaldi 26", "20121 Milano"), "IT"),
        (("Rioclaro S.L.", "Calle del Olmo, 88", "48001 Bilbao"), "ES"),
        (("Kaasland B.V.", "Dorpsstraat 5", "1234 AB Utrecht"), "NL"),
        (("Kedai Seri Sdn Bhd", "12, Jalan Mawar 3", "81100 Johor Bahru, Johor"), "MY"),
        (("Anything", "1 Long Road", "Wherever 123", "Schweiz"), "CH"),
    ],
)
def test_the_country_is_told_by_the_address(lines: tuple[str, ...], country: str) -> None:
    found = understand((page_of(*lines),)).fields.supplier_country
    assert found is not None
    assert found.value == country
