"""Changing a seller account: whoever is another buyer from now on has every invoice judged again."""

from dataclasses import replace

import pytest

from tests.shop import Shop
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.work import Job
from vault.domain.errors import Forbidden, Invalid
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.services.access import Actor
from vault.services.jobs.jobs import JobKind
from vault.services.register import accounts
from vault.services.register.accounts import AccountDetails


def details(shop: Shop) -> AccountDetails:
    account = accounts.get_account(shop.vault, shop.actor, shop.account_id)
    address = PostalAddress(account.street, account.postcode, account.city, account.region, account.country)
    return AccountDetails(account.name, account.legal_name, address, account.vat_number, tuple(account.marketplaces))


def change(shop: Shop, changed: AccountDetails) -> SellerAccount:
    return accounts.change_account(shop.vault, shop.actor, shop.account_id, changed)


def test_another_legal_name_fails_the_invoices_to_the_old_one_and_its_return_passes_them(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    before = details(shop)
    assert shop.findings(document_id)["invoice.buyer"].outcome == "pass"
    change(shop, replace(before, legal_name="Somebody Else Entirely Ltd"))
    assert shop.work() == 1
    assert shop.findings(document_id)["invoice.buyer"].outcome != "pass"
    assert "invoice.buyer" in shop.tasks(document_id)
    change(shop, before)
    shop.work()
    assert shop.findings(document_id)["invoice.buyer"].outcome == "pass"
    assert "invoice.buyer" not in shop.tasks(document_id)


def test_only_what_invoices_name_has_them_judged_again(shop: Shop) -> None:
    before = details(shop)
    jobs = shop.count(Job)
    change(shop, replace(before, name="Another name in this vault", marketplaces=("DE", "FR")))
    change(shop, replace(before, name="Another name in this vault", marketplaces=("DE", "FR")))
    assert shop.count(Job) == jobs
    for particular in ({"city": "Elsewhere"}, {"street": "1 Other Street"}, {"postcode": "00000"}):
        change(shop, replace(before, address=replace(before.address, **particular)))
    with shop.vault.database.reading() as session:
        (waiting,) = session.query(Job).filter(Job.kind == JobKind.REJUDGE_BUYER).all()
    assert waiting.subject_id == shop.account_id


def test_a_change_is_in_the_journal_once_and_no_change_is_not(shop: Shop) -> None:
    change(shop, replace(details(shop), legal_name="Somebody Else Ltd"))
    change(shop, details(shop))
    assert [entry for entry in shop.journal() if entry[0] == "account.changed"] == [
        ("account.changed", shop.account_id)
    ]


def test_an_account_without_a_legal_name_is_refused_and_nothing_is_judged_again(shop: Shop) -> None:
    jobs = shop.count(Job)
    with pytest.raises(Invalid) as refused:
        change(shop, replace(details(shop), legal_name=" "))
    assert set(refused.value.problems) == {"legal_name"}
    assert shop.count(Job) == jobs


def test_only_those_who_manage_may_change_an_account(shop: Shop) -> None:
    assistant = Actor("a", "A", {shop.account_id: Role.ASSISTANT})
    with pytest.raises(Forbidden):
        accounts.change_account(shop.vault, assistant, shop.account_id, details(shop))
