"""Lists of values: every good line is taken over, every other one named; twice is once."""

import pytest

from tests.registers import CARD, IBAN, OTHER_IBAN, enter, second_shop
from tests.shop import Shop
from vault.db.entities.register import RegisterEntry
from vault.domain.errors import Forbidden, Invalid
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.register import bulk as register_bulk
from vault.services.register import register
from vault.services.register.bulk import BulkRow, RowOutcome
from vault.services.register.sheet import MOST_BYTES

PASTED = f"""bank account; {IBAN}; payouts
Téléphone ; 01 42 68 53 00
ip;203.0.113.7;office
address; 10 Rue de la Paix, 75002 Paris, France; shop
"""


def take(shop: Shop, text: str, encoding: str = "utf-8") -> list[BulkRow]:
    return register_bulk.take(shop.vault, shop.actor, shop.account_id, text.encode(encoding))


def outcomes(rows: list[BulkRow]) -> list[tuple[int, str]]:
    return [(row.line, row.outcome.value) for row in rows]


def test_pasted_lines_become_values_and_pasting_again_changes_nothing(shop: Shop) -> None:
    assert outcomes(take(shop, PASTED)) == [(1, "new"), (2, "new"), (3, "new"), (4, "new")]
    entries = len(shop.journal())
    assert outcomes(take(shop, PASTED)) == [(1, "known"), (2, "known"), (3, "known"), (4, "known")]
    assert (shop.count(RegisterEntry), len(shop.journal())) == (4, entries)


def test_a_bad_line_is_named_with_its_number_and_the_others_are_taken(shop: Shop) -> None:
    rows = take(
        shop, f"iban;{IBAN[:-1]}8\ncard;{CARD} 123\nshoe size;44\nphone;\niban;{OTHER_IBAN};;31.12.2026\niban;{IBAN}"
    )
    assert outcomes(rows) == [(line, "problem") for line in range(1, 6)] + [(6, "new")]
    assert all(row.reason for row in rows[:5])
    said = " ".join(str(row.reason) for row in rows)
    assert not [part for part in ("3000", "4111", "shoe", "3704") if part in said]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_spreadsheet_s_file_is_read_however_it_was_saved(shop: Shop, encoding: str, separator: str) -> None:
    lines = [("Bezeichnung", "Art", "Wert", "seit"), ("Büro", "IP", "203.0.113.7", "2026-01-31")]
    (row,) = take(shop, "\r\n".join(separator.join(line) for line in lines), encoding)
    assert (row.outcome, row.label, row.masked, row.line) == (RowOutcome.NEW, "Büro", "203.0.•.•", 2)


def test_a_list_may_name_the_account_of_each_line(shop: Shop) -> None:
    other = second_shop(shop)
    rows = take(
        other, f"account,kind,value\nbrightwell,iban,{IBAN}\n{shop.account_id},iban,{OTHER_IBAN}\nNobody,card,{CARD}\n"
    )
    assert [row.outcome for row in rows] == ["new", "new", "problem"]
    with shop.vault.database.reading() as session:
        mine = register.values_of(session, shop.vault, [shop.account_id])
    assert [value.masked for value in mine if value.entry_id] == ["••••3000"]


def test_an_account_that_one_does_not_manage_cannot_be_named(shop: Shop) -> None:
    foreign = second_shop(shop)
    (row,) = take(shop, f"account,kind,value\n{foreign.account_id},iban,{IBAN}\n")
    (unknown,) = take(shop, f"account,kind,value\nNobody,iban,{IBAN}\n")
    assert (row.outcome, row.reason) == (RowOutcome.PROBLEM, unknown.reason)


def test_looking_first_shows_who_holds_a_value_and_keeps_nothing(shop: Shop) -> None:
    other = second_shop(shop)
    enter(other, AttributeKind.BANK_ACCOUNT, IBAN)
    rows = register_bulk.preview(shop.vault, other.actor, shop.account_id, PASTED.encode())
    assert [[one.name for one in row.shared] for row in rows] == [["Brightwell"], [], [], []]
    assert shop.count(RegisterEntry) == 1


@pytest.mark.parametrize("data", [b"", b" \n\n", b"x" * (MOST_BYTES + 1)])
def test_a_list_of_nothing_or_of_too_much_is_refused(shop: Shop, data: bytes) -> None:
    with pytest.raises(Invalid):
        register_bulk.take(shop.vault, shop.actor, shop.account_id, data)


def test_who_only_works_on_tasks_takes_no_list(shop: Shop) -> None:
    assistant = Actor("a", "A", {shop.account_id: Role.ASSISTANT})
    with pytest.raises(Forbidden):
        register_bulk.take(shop.vault, assistant, shop.account_id, PASTED.encode())
