"""Demands of Amazon's in the demonstration: one that is being answered, one that has just come."""

from collections.abc import Sequence
from datetime import timedelta

from tests.invoices.catalogue import Product
from vault.domain.audits import AuditKind, Request
from vault.services.access import Actor
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.days import today
from vault.services.vault import Vault

# What the first demand is about: a product whose invoices, an e-invoice, a scan and one of two pages, cover what was
# sold of it; and one that lacks eight units.
COVERED, SHORT = "AX-186", "KE-428"
CASE = "10294857631"
NOTICE = """From: Seller Performance
Date: {date}
Subject: Your Amazon.fr seller account: complaints about the authenticity of your products

Dear seller,

customers have told us that the products below may not be authentic. Case number: {case}.

ASIN: {covered}
ASIN: {short}

Please send us copies of your supplier invoices of the last 365 days for these products within 72 hours, with a plan of
action. The invoices must show your supplier's name, address, phone number and website, and quantities that match your
sales.
"""
CLAIM = """Dear seller,

we have received an A-to-z Guarantee claim for order 402-1094857-3310294. The buyer says that the parcel did not arrive.
Please send us proof of delivery within 48 hours.
"""


def demand(vault: Vault, actor: Actor, account_id: str, catalogue: Sequence[Product]) -> None:
    """Opens both; the first is confirmed, so that its evidence is gathered as invoices come in."""
    asins = {product.model: product.asin for product in catalogue}
    audit = audits.open_audit(vault, actor, account_id, _notice(vault, asins))
    said = Confirmed(
        kind=AuditKind.AUTHENTICITY,
        noticed_on=today(vault),
        deadline=vault.clock() + timedelta(hours=72),
        case_id=CASE,
        marketplace="FR",
        language="en",
        asked_for=frozenset({Request.INVOICES, Request.PLAN}),
        asins=(asins[COVERED], asins[SHORT]),
    )
    confirm(vault, actor, account_id, audit.id, said)
    audits.open_audit(vault, actor, account_id, CLAIM)


def _notice(vault: Vault, asins: dict[str, str]) -> str:
    date = vault.clock().strftime("%a, %d %b %Y %H:%M:%S +0000")
    return NOTICE.format(date=date, case=CASE, covered=asins[COVERED], short=asins[SHORT])
