"""Before a value is saved one learns who holds it already, and nothing of accounts that one may not see."""

from datetime import date

import pytest

from tests.registers import CARD, IBAN, enter, second_shop
from tests.shop import Shop
from vault.domain.errors import Invalid
from vault.domain.register import AttributeKind
from vault.services.register import entries as register_entries
from vault.services.register import other_accounts, register
from vault.services.register.other_accounts import OtherDetails
from vault.services.register.sharing import shared_with


def test_a_bank_account_of_another_seller_account_is_named_with_it(shop: Shop) -> None:
    other = second_shop(shop)
    enter(other, AttributeKind.BANK_ACCOUNT, IBAN)
    lower = IBAN.replace(" ", "").lower()
    (found,) = shared_with(shop.vault, other.actor, AttributeKind.BANK_ACCOUNT, lower, shop.account_id)
    assert (found.holder_id, found.name, found.is_other) == (other.account_id, "Brightwell", False)


def test_of_an_account_that_one_may_not_see_not_even_the_value_is_betrayed(shop: Shop) -> None:
    enter(second_shop(shop), AttributeKind.BANK_ACCOUNT, IBAN)
    assert shared_with(shop.vault, shop.actor, AttributeKind.BANK_ACCOUNT, IBAN, shop.account_id) == []


def test_a_former_partner_s_phone_is_found_though_the_partner_is_gone(shop: Shop) -> None:
    partner = other_accounts.add_other(shop.vault, shop.actor, shop.account_id, OtherDetails("Old partner"))
    entry = enter(shop, AttributeKind.PHONE, "+33 1 42 68 53 00", holder_id=partner.id)
    register_entries.end_entry(shop.vault, shop.actor, entry.id, date(2025, 1, 1))
    (found,) = shared_with(shop.vault, shop.actor, AttributeKind.PHONE, "01 42 68 53 00", shop.account_id)
    assert (found.name, found.is_other, found.until) == ("Old partner", True, date(2025, 1, 1))
    other_accounts.remove_other(shop.vault, shop.actor, partner.id)
    assert shared_with(shop.vault, shop.actor, AttributeKind.PHONE, "01 42 68 53 00", shop.account_id) == []


def test_a_return_address_can_be_another_account_s_own_address(shop: Shop) -> None:
    other = second_shop(shop)
    text = "4 Mill Lane\nLeeds LS1 4AP\nUnited Kingdom"
    (found,) = shared_with(shop.vault, other.actor, AttributeKind.RETURN_ADDRESS, text, shop.account_id)
    assert (found.name, found.kind) == ("Brightwell", AttributeKind.ADDRESS)


def test_the_register_marks_what_others_hold_too(shop: Shop) -> None:
    other = second_shop(shop)
    for each in (shop, other):
        enter(each, AttributeKind.CARD, CARD)
    shown = register.read_register(shop.vault, other.actor, shop.account_id)
    assert {value.kind: [one.name for one in value.shared] for value in shown.values if value.shared} == {
        AttributeKind.CARD: ["Brightwell"]
    }
    assert not any(value.shared for value in register.read_register(shop.vault, shop.actor, shop.account_id).values)


def test_what_is_no_value_is_complained_of_without_repeating_it(shop: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        shared_with(shop.vault, shop.actor, AttributeKind.BANK_ACCOUNT, IBAN[:-1] + "8", shop.account_id)
    assert "3000" not in str(refused.value)
