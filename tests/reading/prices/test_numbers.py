"""What a number is by its print alone."""

import pytest

from vault.reading.prices.numbers import Kind, find_numbers


def kinds(text: str) -> list[tuple[str, Kind]]:
    return [(text[number.start : number.end], number.kind) for number in find_numbers(text)]


@pytest.mark.parametrize(
    "text",
    ["12,50", "1.234,56", "(12,50)", "-12,50", "12,50-", "0,1250", "120,-", "100:-", "12,50A", "12,50 A", "12,50*", "1'234.50",
     "1 234 567,80", "1,23,456.00", "1,234.5", ".50", "Total:12,50", "2x9,50", "12,50/13,00", "12,50-15,00", "12,50 Stk"],
)  # fmt: skip
def test_decimals_make_money(text: str) -> None:
    assert kinds(text)[-1][1] is Kind.MONEY


@pytest.mark.parametrize(
    ("text", "number"),
    [("€12", "12"), ("12 €", "12"), ("1 200 €", "1 200"), ("1\u202f200\u00a0€", "1\u202f200"), ("EUR 1.200", "1.200"),
     ("EUR: 1200", "1200"), ("12€50", "12€50"), ("1200,- €", "1200,-"), ("Fr. 100.–", "100.–"), ("kr 100", "100"),
     ("12 euros", "12"), ("RM12", "12"), ("$1,234", "1,234"), ("₹1,23,456", "1,23,456"), ("EUR/St 12", "12"), ("2,99/kg", "2,99")],
)  # fmt: skip
def test_beside_a_currency_every_number_is_money(text: str, number: str) -> None:
    assert kinds(text) == [(number, Kind.NAMED)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("12.05.26", Kind.DAY), ("12.05.2026", Kind.DAY), ("2026-05-12", Kind.DAY), ("5/12/2026", Kind.DAY), ("14:30", Kind.DAY),
     ("14.30 Uhr", Kind.SIZE), ("0,75L", Kind.SIZE), ("1,50 m", Kind.SIZE), ("1.25kg", Kind.SIZE), ("12.500 Stück", Kind.PIECES),
     ("30 Tage", Kind.PIECES), ("12.5%", Kind.RATE), ("19,00 %", Kind.RATE), ("4006381333931", Kind.CODE), ("V2.10", Kind.CODE),
     ("030", Kind.CODE), ("12", Kind.PLAIN), ("75001 Paris", Kind.PLAIN), ("1.200", Kind.GROUPED), ("123 456 789", Kind.GROUPED)],
)  # fmt: skip
def test_other_numbers_are_known_for_what_they_are(text: str, kind: Kind) -> None:
    assert [found for _, found in kinds(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "B0TESTAAA1",
        "302-1234567-8901234",
        "F2405/00123",
        "KR-860",
        "01.23.45.67.89",
        "DE136695976",
        "2/3",
        "+49",
        "987.654.3210",
    ],
)
def test_parts_of_codes_are_no_numbers_of_their_own(text: str) -> None:
    assert {kind for _, kind in kinds(text)} == {Kind.CODE}


def test_a_rate_before_an_amount_is_not_the_amounts() -> None:
    assert [kind for _, kind in kinds("TVA 10% 19,55")] == [Kind.RATE, Kind.MONEY]
    assert [kind for _, kind in kinds("IVA % 19")] == [Kind.RATE]


def test_a_lone_group_of_three_can_mean_both() -> None:
    (number,) = find_numbers("1.200")
    assert {str(value) for value in number.values} == {"1200", "1.200"}


def test_what_a_number_is_does_not_depend_on_what_stands_far_away() -> None:
    row = "1.111,11 " * 20_000  # a stranger's row; looked at whole for each of its numbers, it never ends
    found = list(find_numbers(row))
    assert (len(found), {each.kind for each in found}) == (20_000, {Kind.MONEY})
    assert kinds(f"{'1.111,11 ' * 200}EUR 12")[-1] == ("12", Kind.NAMED)
