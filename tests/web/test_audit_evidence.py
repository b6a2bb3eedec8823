"""The evidence on an audit's page: of many documents what is to be decided comes first, and all can be reached."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.web.desk import Desk, sit_down
from vault.db.entities.audits import Audit, AuditInvoice
from vault.db.entities.documents import Blob, Document, DocumentState
from vault.domain.audits import AuditKind
from vault.domain.ids import new_id
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.days import today
from vault.services.vault import Vault
from vault.web.audit_evidence import FIRST, anchor_of

ASIN = "B0TESTAAA1"
PART = "invoices"
PLACE = anchor_of(PART, ASIN)
MANY = FIRST + 10
GAP = {
    "check": "invoice.supplier_contact", "outcome": "warn", "severity": "high", "rule": "appeal/2", "item": "",
    "path": "", "evidence": None, "why": {}, "advice": None, "message": {"text": "No phone number.", "params": {}},
}  # fmt: skip


@pytest.fixture
def desk(app: Flask, vault: Vault) -> Desk:
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    audit = audits.open_audit(vault, actor, account_id, "A notice")
    said = Confirmed(
        kind=AuditKind.AUTHENTICITY,
        noticed_on=today(vault),
        deadline=vault.clock() + timedelta(days=3),
        asins=(ASIN,),
    )
    confirm(vault, actor, account_id, audit.id, said)
    return sit_down(app, actor.id, account_id)


def fill(vault: Vault, invoices: int) -> str:
    """Invoices of one product with falling units; something speaks against the last three. Returns the audit's id."""
    with vault.database.transaction() as session:
        audit = session.scalars(select(Audit)).one()
        for number in range(invoices):
            document = _invoice(audit.account_id, number, vault.clock())
            session.add(Blob(sha256=document.sha256, size=1, stored_at=vault.clock()))
            session.add(document)
            session.flush()
            row = AuditInvoice(id=new_id(), audit_id=audit.id, document_id=document.id, verdict="pass")
            row.quantities = {ASIN: [str(1000 - number)]}
            row.findings = [GAP] if number >= invoices - 3 else []
            session.add(row)
        return audit.id


def _invoice(account_id: str, number: int, at: datetime) -> Document:
    return Document(
        id=new_id(), account_id=account_id, sha256=f"{number:064x}", size=1, media_type="application/pdf",
        filename=f"bill-{number:02}.pdf", uploaded_at=at, uploaded_by="test", state=DocumentState.JUDGED, kind="invoice",
        verdict="pass", supplier_name="Maker", number=f"N-{number}", issue_date=at.date(), currency="EUR", total="1.00",
    )  # fmt: skip


def rows_in(page: str) -> list[str]:
    """The documents that the page shows as evidence, in their order."""
    return re.findall(r'<a href="[^"]*/documents/[^"]*">(bill-\d\d\.pdf)</a>', page)


def test_a_short_part_is_shown_whole_in_its_order(desk: Desk, vault: Vault) -> None:
    audit_id = fill(vault, FIRST)
    page = desk.get(f"/audits/{audit_id}").text
    assert rows_in(page) == [f"bill-{number:02}.pdf" for number in range(FIRST)]
    assert "Show all" not in page


def test_of_a_long_part_what_is_to_be_decided_comes_first_and_the_counts_are_of_all(desk: Desk, vault: Vault) -> None:
    audit_id = fill(vault, MANY)
    page = desk.get(f"/audits/{audit_id}").text
    open_ones = [f"bill-{number:02}.pdf" for number in range(MANY - 3, MANY)]
    assert rows_in(page) == [*open_ones, *(f"bill-{number:02}.pdf" for number in range(FIRST - 3))]
    assert f"{MANY} go in" in page
    assert f"Show all {MANY}" in page


def test_the_rest_of_a_part_is_behind_a_link(desk: Desk, vault: Vault) -> None:
    audit_id = fill(vault, MANY)
    folded = desk.get(f"/audits/{audit_id}").text
    link = f"{desk.base}/audits/{audit_id}?all={PLACE}"
    assert f'href="{link}#{PLACE}"' in folded
    whole = desk.client.get(link).text
    assert rows_in(whole) == [f"bill-{number:02}.pdf" for number in range(MANY)]
    assert "Show fewer" in whole
    assert rows_in(desk.get(f"/audits/{audit_id}?all=unheard-of").text) == rows_in(folded)


def test_who_decides_among_all_comes_back_to_all_at_the_same_row(desk: Desk, vault: Vault) -> None:
    audit_id = fill(vault, MANY)
    page = desk.get(f"/audits/{audit_id}?all={PLACE}").text
    assert page.count(f'<input type="hidden" name="all" value="{PLACE}">') == MANY
    decision = decision_on(vault, "bill-15.pdf")
    answer = desk.post(f"/audits/{audit_id}/evidence", **decision, all=PLACE)
    address, _, place = answer.location.partition("#")
    back = desk.client.get(address).text
    assert place == f"{PLACE}-{decision['document_id']}"
    assert back.count(f'id="{place}"') == 1
    assert len(rows_in(back)) == MANY
    assert "Put in bill-15.pdf" in back


def test_what_was_decided_on_just_now_stays_in_sight_so_that_it_can_be_taken_back(desk: Desk, vault: Vault) -> None:
    audit_id, name = fill(vault, MANY), f"bill-{MANY - 1}.pdf"
    answer = desk.post(f"/audits/{audit_id}/evidence", **decision_on(vault, name))
    page = desk.client.get(answer.location.partition("#")[0]).text
    assert f'Take back<span class="visually-hidden">: {name}</span>' in page
    assert len(rows_in(page)) == FIRST + 1
    assert name not in rows_in(desk.get(f"/audits/{audit_id}").text)


def decision_on(vault: Vault, name: str) -> dict[str, Any]:
    """What the form of a row sends that is left out."""
    with vault.database.reading() as session:
        document_id = session.scalars(select(Document.id).where(Document.filename == name)).one()
    return {"part": PART, "asin": ASIN, "document_id": document_id, "decision": "out"}
