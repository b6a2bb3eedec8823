"""Suppliers are recognised however their name is printed, and never confused."""

import pytest

from tests.shop import Shop
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.readings import Extracted, Fields, Source
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.documents import suppliers
from vault.services.documents.suppliers import SupplierDetails, match_key, recognise


def seen(text: str, confidence: float = 0.9) -> Extracted[str] | None:
    return Extracted(text, confidence, Source.TEXT) if text else None


def meet(shop: Shop, name: str, country: str = "", vat: str = "", confidence: float = 0.9) -> str | None:
    """The id of the supplier that an invoice with these particulars is taken for."""
    fields = Fields(supplier_name=seen(name, confidence), supplier_country=seen(country), supplier_vat=seen(vat))
    with shop.vault.database.transaction() as session:
        supplier, _ = recognise(session, shop.vault, shop.account_id, fields)
        return supplier.id if supplier else None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Müller & Söhne GmbH", "MULLER & SOHNE GMBH"),
        ("Boulangerie Dupont S.A.R.L.", "BOULANGERIE DUPONT SARL"),
        ("Ferrari S.p.A.", "Ferrari SpA"),
        ("Acme Co., Ltd.", "ACME"),
        ("L'Étoile SAS", "L ETOILE"),
    ],
)
def test_names_are_compared_without_case_accents_and_form_of_company(left: str, right: str) -> None:
    assert match_key(left, "FR") == match_key(right, "fr")


def test_a_name_of_nothing_but_signs_is_no_name() -> None:
    assert match_key("— . —", "FR") == ""


def test_the_vat_number_decides_before_the_name(shop: Shop) -> None:
    first = meet(shop, "Lumière SARL", "FR", "FR 40 303 265 045")
    assert meet(shop, "Lumiere Distribution", "FR", "FR40303265045") == first


def test_the_same_name_in_another_country_is_another_supplier(shop: Shop) -> None:
    assert meet(shop, "Nova GmbH", "DE") != meet(shop, "Nova GmbH", "AT")


def test_a_name_without_a_country_is_the_only_one_of_that_name(shop: Shop) -> None:
    german = meet(shop, "Nova GmbH", "DE")
    assert meet(shop, "NOVA") == german


def test_a_name_that_was_hardly_legible_opens_no_record(shop: Shop) -> None:
    assert meet(shop, "N0v∆ 6mbH", "DE", confidence=0.2) is None
    assert meet(shop, "") is None


def test_changing_a_supplier_names_each_field_that_cannot_be(shop: Shop) -> None:
    supplier_id = meet(shop, "Nova GmbH", "DE") or ""
    with pytest.raises(Invalid) as refused:
        suppliers.change(shop.vault, shop.actor, supplier_id, SupplierDetails("!!", country="Germany"))
    assert set(refused.value.problems) == {"name", "country"}


def test_two_suppliers_cannot_become_one_by_name(shop: Shop) -> None:
    meet(shop, "Nova GmbH", "DE")
    other = meet(shop, "Other GmbH", "DE") or ""
    with pytest.raises(Conflict):
        suppliers.change(shop.vault, shop.actor, other, SupplierDetails("NOVA", country="DE"))


def test_only_those_who_manage_may_change_a_supplier(shop: Shop) -> None:
    supplier_id = meet(shop, "Nova GmbH", "DE") or ""
    assistant, stranger = Actor("a", "A", {shop.account_id: Role.ASSISTANT}), Actor("s", "S")
    with pytest.raises(Forbidden):
        suppliers.change(shop.vault, assistant, supplier_id, SupplierDetails("X"))
    with pytest.raises(NotFound):
        suppliers.show(shop.vault, stranger, supplier_id)
