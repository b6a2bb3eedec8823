"""The register of a seller account: what is entered, what is shown, and to whom."""

from datetime import date

import pytest

from tests.registers import CARD, IBAN, enter
from tests.shop import Shop
from vault.db.entities.register import RegisterEntry
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.register import entries as register_entries
from vault.services.register import register
from vault.services.register.entries import EntryDetails


def test_a_value_is_masked_encrypted_and_shown_in_full_only_on_purpose(shop: Shop) -> None:
    entry = enter(shop, AttributeKind.BANK_ACCOUNT, IBAN)
    assert entry.masked == "••••0189"
    assert "3000" not in entry.encrypted
    _, shown = register_entries.reveal(shop.vault, shop.actor, entry.id)
    assert shown == IBAN
    assert shop.journal()[-1] == ("register.revealed", entry.id)


def test_the_same_value_written_otherwise_is_refused_as_there_already(shop: Shop) -> None:
    enter(shop, AttributeKind.BANK_ACCOUNT, IBAN)
    with pytest.raises(Conflict):
        enter(shop, AttributeKind.BANK_ACCOUNT, IBAN.replace(" ", "").lower())


def test_an_ended_value_stays_and_may_begin_again(shop: Shop) -> None:
    entry = enter(shop, AttributeKind.PHONE, "01 42 68 53 00")
    register_entries.end_entry(shop.vault, shop.actor, entry.id, date(2026, 10, 1))
    enter(shop, AttributeKind.PHONE, "+33 1 42 68 53 00")
    assert shop.count(RegisterEntry) == 2


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        (AttributeKind.BANK_ACCOUNT, IBAN, "IBAN FR7630006000011234567890189"),
        (AttributeKind.BANK_ACCOUNT, "021000021 123456789", "Account 123-456-789"),
        (AttributeKind.PHONE, "01 42 68 53 00", "Office, 01.42.68.53.00"),
        (AttributeKind.IP_ADDRESS, "2a00:1450:4001::5", "Router 2a00:1450:4001::5"),
    ],
)
def test_a_label_that_tells_the_value_is_refused(shop: Shop, kind: AttributeKind, text: str, label: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(shop, kind, text, label)
    assert set(refused.value.problems) == {"label"}
    assert text[:5] not in str(refused.value) + str(refused.value.problems)
    entry = enter(shop, kind, text, "Office")
    with pytest.raises(Invalid):
        register_entries.change_entry(shop.vault, shop.actor, entry.id, EntryDetails(label))


def test_only_the_own_account_s_people_see_or_change_it(shop: Shop) -> None:
    entry = enter(shop, AttributeKind.CARD, CARD)
    assistant, stranger = Actor("a", "A", {shop.account_id: Role.ASSISTANT}), Actor("s", "S")
    for act in (register_entries.reveal, register_entries.remove_entry):
        with pytest.raises(Forbidden):
            act(shop.vault, assistant, entry.id)
        with pytest.raises(NotFound):
            act(shop.vault, stranger, entry.id)


def test_the_account_s_own_particulars_count_as_values_of_its_register(shop: Shop) -> None:
    entry = enter(shop, AttributeKind.IP_ADDRESS, "203.0.113.7")
    with shop.vault.database.reading() as session:
        values = register.values_of(session, shop.vault)
    assert {(value.kind, bool(value.canonical), value.entry_id) for value in values} == {
        (AttributeKind.LEGAL_ENTITY, True, None),
        (AttributeKind.ADDRESS, True, None),
        (AttributeKind.VAT_NUMBER, False, None),
        (AttributeKind.IP_ADDRESS, True, entry.id),
    }
