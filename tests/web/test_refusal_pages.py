"""Every reason for which Amazon refuses an answer, from what comes in to the task and the page that warn of it.

The list is that of the domain rules, section 2.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from markupsafe import Markup

from tests.invoices.compose import make_buyer
from tests.invoices.model import Invoice
from tests.invoices.render import Layout, render
from tests.services.audits.test_evidence import PRODUCT, audit_of, keep, open_tasks, section, sell
from tests.shop import Shop, open_shop
from tests.web.desk import Desk, sit_down
from vault.db.entities.audits import Audit, AuditBundle
from vault.domain.audits import AuditState, Request
from vault.letters.facts import LetterKind
from vault.services.audits import audits
from vault.services.audits.choosing import decide
from vault.services.bundles.bundles import ask_for_bundle, note_sent
from vault.services.bundles.options import BundleOptions
from vault.services.days import today
from vault.services.documents.corrections import correct
from vault.services.letters.editing import edit_letter, read_letter
from vault.services.vault import Vault


@pytest.fixture
def shop(vault: Vault) -> Shop:
    return open_shop(vault)


@pytest.fixture
def desk(app: Flask, shop: Shop) -> Desk:
    return sit_down(app, shop.actor.id, shop.account_id)


def good(shop: Shop, seed: int = 1) -> Invoice:
    made = shop.invoice(seed, line_count=1, products=[PRODUCT])
    issued = today(shop.vault) - timedelta(days=20)
    return replace(made, issue_date=issued, due_date=issued + timedelta(days=30))


def put_in(shop: Shop, document_id: str) -> Audit:
    audit = audit_of(shop)
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, document_id, is_in=True)
    return audit


def unverifiable(shop: Shop) -> Audit:
    made = good(shop)
    return put_in(shop, shop.keep_invoice(replace(made, supplier=replace(made.supplier, phone=None, website=None))))


def wrong_name(shop: Shop) -> Audit:
    made = good(shop)
    return put_in(shop, shop.keep_invoice(replace(made, buyer=replace(made.buyer, name="Somebody Else GmbH"))))


def wrong_address(shop: Shop) -> Audit:
    made = good(shop)
    return put_in(
        shop, shop.keep_invoice(replace(made, buyer=replace(made.buyer, address=make_buyer(9, "fr").address)))
    )


def too_few(shop: Shop) -> Audit:
    keep(shop)
    sell(shop, 100_000)
    return audit_of(shop)


def wrong_sum(shop: Shop) -> Audit:
    document_id = keep(shop)
    correct(shop.vault, shop.actor, document_id, "total", str(Decimal(shop.document(document_id).total) + 7))
    return put_in(shop, document_id)


def mixed_fonts(shop: Shop) -> Audit:
    made = good(shop)
    first, second, rest = made.number[0], made.number[1], made.number[2:]
    mixed = Markup(f"{first}<span style='font-family: Liberation Mono'>{second}</span>{rest}")
    document_id = shop.keep(render(replace(made, number=mixed), Layout.LETTERHEAD)).document_id
    shop.work()
    return put_in(shop, document_id)


def idle_plan(shop: Shop) -> Audit:
    keep(shop)
    audit = audit_of(shop)
    with shop.vault.database.transaction() as session:
        session.get_one(Audit, audit.id).asked_for = [Request.INVOICES.value]
    where = (shop.vault, shop.actor, shop.account_id, audit.id, LetterKind.ANSWER, "en")
    edit_letter(*where, read_letter(*where).text + "\nOur plan of action: we will do better.\n")
    return audit


def sent_again(shop: Shop) -> Audit:
    keep(shop)
    audit = audit_of(shop)
    send(shop, audit)
    audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.GATHERING)
    return audit


def send(shop: Shop, audit: Audit) -> AuditBundle:
    bundle = ask_for_bundle(shop.vault, shop.actor, shop.account_id, audit.id, BundleOptions(today(shop.vault)))
    shop.work()
    note_sent(shop.vault, shop.actor, shop.account_id, audit.id, bundle.id, "Reply in the case")
    return bundle


REASONS: dict[str, tuple[Callable[[Shop], Audit], str, str, str]] = {
    "supplier cannot be verified": (
        unverifiable, "audit.refusal unverifiable", "may not be able to verify the supplier", "ask the supplier for",
    ),
    "name mismatch": (wrong_name, "audit.refusal mismatch", "not made out to the business", "to the right company"),
    "address mismatch": (wrong_address, "audit.refusal mismatch", "not made out to the business", "and address"),
    "quantity below sales": (too_few, f"audit.units {PRODUCT.asin}", "of 100000 units", "for an invoice of at least"),
    "arithmetic errors": (wrong_sum, "audit.refusal arithmetic", "sums do not add up", "a corrected invoice"),
    "mixed fonts": (mixed_fonts, "audit.refusal altered", "written in mixed fonts", "Never repair a file"),
    "a plan of action when documents were asked": (
        idle_plan, "audit.answer", "Amazon asked for papers, and the answer tells a plan", "leave the marked places out",
    ),
    "the same file sent again": (
        sent_again, "audit.sent_before 2026-10-31", "Amazon has had this already", "Put in a better copy",
    ),
}  # fmt: skip


def said(desk: Desk, audit: Audit) -> str:
    page = desk.get(f"/audits/{audit.id}").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index('id="main"') :]))


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_for_refusal_is_a_task_and_stands_on_the_page_with_what_to_do(
    desk: Desk, shop: Shop, reason: str
) -> None:
    make, key, found, advice = REASONS[reason]
    audit = make(shop)
    task = open_tasks(shop, audit)[key]
    assert found in task.title["text"] % task.title["params"]
    assert advice in task.advice["text"] % task.advice["params"]
    page = said(desk, audit)
    evidence = page.index("The evidence", page.index("The bundle"))  # behind the links to both
    bundle = page.index("The bundle", evidence)
    assert found in page[evidence:bundle]
    assert advice in page[evidence:bundle]
    assert found in page[bundle:], "it is said again before the bundle is made"


def test_what_is_in_order_is_warned_about_for_nothing_but_what_nobody_knows(desk: Desk, shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    tasks = open_tasks(shop, audit)
    assert not [key for key in tasks if key.startswith(("audit.refusal", "audit.sent", "audit.evidence"))]
    assert tasks[f"audit.units {PRODUCT.asin}"].outcome == "unknown"  # no sales were ever imported


def test_what_was_sent_in_another_audit_of_the_account_is_warned_about_too_and_new_papers_are_not(
    desk: Desk, shop: Shop
) -> None:
    first = keep(shop)
    send(shop, audit_of(shop))
    again, fresh = shop.keep_invoice(good(shop), Layout.SIDEBAR), keep(shop, seed=5)  # the first one, as another file
    audit = audit_of(shop)
    for document_id in (first, again, fresh):
        decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, document_id, is_in=True)
    assert len(section(shop, audit).chosen) == 3
    task = open_tasks(shop, audit)["audit.sent_before 2026-10-31"]
    assert task.title["params"]["names"].count("invoice.pdf") == 2
