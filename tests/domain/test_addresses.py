import pytest

from vault.domain.addresses import is_po_box_only, parse_address


@pytest.mark.parametrize(
    ("printed", "country", "street", "postcode", "city"),
    [
        ("12 rue des Forges\n21000 Dijon", "FR", "12 rue des Forges", "21000", "Dijon"),
        ("Musterweg 4\nD-10115 Berlin", "DE", "Musterweg 4", "10115", "Berlin"),
        ("Via Roma 1\n20121 Milano (MI)", "IT", "Via Roma 1", "20121", "Milano"),
        ("10 High Street\nLeeds LS1 4AP", "GB", "10 High Street", "LS1 4AP", "Leeds"),
        ("10 High Street\nLeeds\nLS1 4AP", "GB", "10 High Street", "LS1 4AP", "Leeds"),
        ("500 Main St, Springfield, IL 62701-1234", "US", "500 Main St", "62701-1234", "IL"),
        ("Herengracht 5, 1017 BN Amsterdam", "NL", "Herengracht 5", "1017 BN", "Amsterdam"),
        ("ul. Prosta 20\n00-850 Warszawa", "PL", "ul. Prosta 20", "00-850", "Warszawa"),
        ("12345 Long Road\n90210 Beverly Hills", "", "12345 Long Road", "90210", "Beverly Hills"),
    ],
)
def test_the_parts_of_a_printed_address_are_told_apart(printed, country, street, postcode, city):
    address = parse_address(printed, country)
    assert (address.street, address.postcode, address.city) == (street, postcode, city)


@pytest.mark.parametrize(
    "printed", ["P.O. Box 77\n62701 Springfield", "Postfach 9\n10115 Berlin", "BP 12\n75001 Paris"]
)
def test_a_po_box_is_no_street(printed):
    assert is_po_box_only(printed, parse_address(printed))


def test_a_po_box_beside_a_street_is_fine():
    printed = "Hauptstr. 5\nPostfach 9\n10115 Berlin"
    assert not is_po_box_only(printed, parse_address(printed, "DE"))


def test_nothing_printed_gives_no_parts():
    assert parse_address("") == parse_address("\n ,")
