"""What Amazon has had already: documents in bundles of the seller account that were sent."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditBundle
from vault.db.entities.documents import Document


def sent_before(session: Session, account_id: str, documents: Collection[Document]) -> Mapping[str, datetime]:
    """When each of these documents was last sent, by id; also where it was another file of the same supplier and number.

    In answer to whatever audit of the account. What was never sent is left out.
    """
    by_id, by_number = _sent(session, account_id) if documents else ({}, {})
    found = {}
    for each in documents:
        moments = (by_id.get(each.id), by_number.get((each.supplier_id or "", each.number)))
        sent = [moment for moment in moments if moment is not None]
        if sent:
            found[each.id] = max(sent)
    return found


def _sent(session: Session, account_id: str) -> tuple[dict[str, datetime], dict[tuple[str, str], datetime]]:
    """By document, and by supplier and number of invoices."""
    wanted = (
        select(AuditBundle.brief, AuditBundle.sent_at)
        .join(Audit, Audit.id == AuditBundle.audit_id)
        .where(Audit.account_id == account_id, AuditBundle.sent_at.is_not(None), AuditBundle.brief.is_not(None))
        .order_by(AuditBundle.sent_at)
    )
    by_id: dict[str, datetime] = {}
    by_number: dict[tuple[str, str], datetime] = {}
    for brief, sent_at in session.execute(wanted):
        for each in brief["enclosed"]:
            by_id[each["id"]] = sent_at
            if each["supplier_id"] and each["number"]:
                by_number[each["supplier_id"], each["number"]] = sent_at
    return by_id, by_number
