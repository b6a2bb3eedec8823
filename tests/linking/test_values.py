"""Two writings of one value are equal, typing errors are complained of, and masks tell too little to be used."""

import pytest

from vault.domain.errors import Invalid
from vault.domain.register import AttributeKind as Kind
from vault.linking.values import mask, normalise


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (Kind.BANK_ACCOUNT, "FR76 3000 6000 0112 3456 7890 189", "fr7630006000011234567890189"),
        (Kind.BANK_ACCOUNT, "021000021 123-456-789", "021000021/123456789"),
        (Kind.CARD, "4111 1111 1111 1111", "4111-1111-1111-1111"),
        (Kind.CARD, "411111******1111", "4111 11xx xxxx 1111"),
        (Kind.VAT_NUMBER, "FR 40 303 265 045", "40303265045"),
        (Kind.VAT_NUMBER, "CHE-107.787.577 MWST", "che107787577"),
        (Kind.PHONE, "01 42 68 53 00", "+33 (0)1 42 68 53 00"),
        (Kind.EMAIL, "Ada.M+shop@GoogleMail.com", "adam@gmail.com"),
        (Kind.DEVICE, "00:1a:2B:3c:4d:5e", "001A-2B3C-4D5E"),
        (Kind.IP_ADDRESS, "::ffff:203.0.113.7", "203.0.113.7"),
        (Kind.IP_ADDRESS, "2001:DB8:0::7", "[2001:db8::7]"),
        (Kind.IP_NETWORK, "203.0.113.7/24", "203.0.113.0/24"),
        (Kind.LEGAL_ENTITY, "Lavandine S.A.R.L.", "LAVANDINE"),
        (Kind.OWNER, "Mme Ada Müller", "MULLER, Ada"),
        (Kind.ADDRESS, "10 Rue de la Paix\n75002 Paris\nFrance", "rue de la paix 10, F-75002 PARIS"),
        (Kind.ADDRESS, "Hauptstr. 5, 10115 Berlin, Deutschland", "Hauptstraße 5\nD-10115 Berlin\nGermany"),
        (Kind.ADDRESS, "12 High St, Leeds LS1 4AP, UK", "12 High Street\nLeeds\nLS14AP\nUnited Kingdom"),
    ],
)
def test_two_writings_are_one_value(kind: Kind, left: str, right: str) -> None:
    assert normalise(kind, left, "FR") == normalise(kind, right, "FR")


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (Kind.ADDRESS, "12 Mill Lane Apt 3, Leeds LS1 4AP", "3 Mill Lane Apt 12, Leeds LS1 4AP"),
        (Kind.ADDRESS, "PO Box 12, Leeds LS1 4AP", "PO Box 13, Leeds LS1 4AP"),
        (Kind.EMAIL, "a.b@company.com", "ab@company.com"),
        (Kind.PHONE, "01 42 68 53 00", "+49 142685300"),
    ],
)
def test_what_only_looks_alike_stays_apart(kind: Kind, left: str, right: str) -> None:
    assert normalise(kind, left, "FR") != normalise(kind, right, "FR")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.BANK_ACCOUNT, "FR76 3000 6000 0112 3456 7890 188"),
        (Kind.BANK_ACCOUNT, "021000022 123456789"),
        (Kind.BANK_ACCOUNT, "my bank"),
        (Kind.CARD, "4111 1111 1111 1112"),
        (Kind.CARD, "1111"),
        (Kind.CARD, "4111 1111 1111 1111 123"),
        (Kind.CARD, "4111111111111111 CVC 123"),
        (Kind.CARD, "4111 1111 1111 1111 12/27"),
        (Kind.VAT_NUMBER, "FR 40 303 265 046"),
        (Kind.PHONE, "12"),
        (Kind.EMAIL, "ada at home"),
        (Kind.DEVICE, "MacBook Pro"),
        (Kind.IP_ADDRESS, "192.168.1.3"),
        (Kind.IP_ADDRESS, "fe80::1"),
        (Kind.IP_ADDRESS, "300.1.1.1"),
        (Kind.IP_NETWORK, "203.0.0.0/8"),
        (Kind.ADDRESS, "Paris"),
        (Kind.OWNER, "—"),
        (Kind.PHONE, " "),
        (Kind.ADDRESS, "x" * 501),
    ],
)
def test_what_is_no_such_value_is_refused_and_not_repeated(kind: Kind, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        normalise(kind, text, "FR")
    assert text.strip() == "" or text not in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (Kind.BANK_ACCOUNT, "FR76 3000 6000 0112 3456 7890 189", "••••0189"),
        (Kind.CARD, "4111 1111 1111 1111", "••••1111"),
        (Kind.VAT_NUMBER, "FR40303265045", "FR••••45"),
        (Kind.PHONE, "+33 1 42 68 53 00", "+33 •••• 00"),
        (Kind.EMAIL, "ada@lavandine.example", "a•••@lavandine.example"),
        (Kind.IP_ADDRESS, "203.0.113.7", "203.0.•.•"),
        (Kind.IP_ADDRESS, "2001:db8:1::7", "2001:db8:•"),
        (Kind.IP_NETWORK, "203.0.113.0/24", "203.0.•.•/24"),
        (Kind.ADDRESS, "10 Rue de la Paix\n75002 Paris\nFrance", "75002 Paris FR"),
        (Kind.OWNER, "Ada  Marchand", "Ada Marchand"),
        (Kind.DEVICE, "C02XG2JH", "••••G2JH"),
    ],
)
def test_pages_show_enough_to_recognise_a_value_and_too_little_to_use_it(kind: Kind, text: str, shown: str) -> None:
    assert mask(kind, normalise(kind, text), text) == shown


@pytest.mark.parametrize("kind", list(Kind))
def test_no_text_whatever_breaks_the_reading_of_a_value(kind: Kind) -> None:
    for text in (
        "\x00",
        "½²",
        "٣٤٥٦٧٨٩٠١٢٣٤",
        "a@b",
        "1/2/3",
        "::::",
        "é" * 300,
        "١٩٢.١٦٨.٠.١",
        "|||",
        "+",
        "\u202e12",
    ):
        try:
            canonical = normalise(kind, text, "FR")
        except Invalid:
            continue
        assert "\n" not in canonical
        assert mask(kind, canonical, text)
