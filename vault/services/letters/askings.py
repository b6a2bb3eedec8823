"""Which suppliers were asked for which invoices, and whose are still awaited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.audit.facts import AskedSupplier
from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import Audit, AuditEvent
from vault.db.entities.letters import AuditRequest
from vault.services.audits.evidence import Section
from vault.services.days import day_of
from vault.services.letters.requests import is_wanting
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Asking:
    """A mail to a supplier that was sent, for the invoices of these products."""

    id: str
    supplier_id: str
    supplier_name: str
    asins: tuple[str, ...]
    asked_at: datetime


def askings_of(session: Session, audit: Audit) -> tuple[Asking, ...]:
    """Who was asked, the latest first."""
    wanted = (
        select(AuditRequest, Supplier.name)
        .join(Supplier, Supplier.id == AuditRequest.supplier_id)
        .join(AuditEvent, AuditEvent.id == AuditRequest.event_id)
        .where(AuditRequest.audit_id == audit.id, AuditEvent.taken_back_at.is_(None))
        .order_by(AuditRequest.asked_at.desc(), AuditRequest.id.desc())
    )
    return tuple(
        Asking(row.id, row.supplier_id, name, tuple(row.asins), row.asked_at) for row, name in session.execute(wanted)
    )


def latest_by_asin(askings: Iterable[Asking]) -> Mapping[str, Asking]:
    """The last one about each product. `askings`: the latest first."""
    found: dict[str, Asking] = {}
    for each in askings:
        for asin in each.asins:
            found.setdefault(asin, each)
    return found


def awaited(session: Session, vault: Vault, audit: Audit, sections: Iterable[Section]) -> Iterator[AskedSupplier]:
    """The products whose invoices are still missing although somebody was asked, with who was asked last."""
    asked = latest_by_asin(askings_of(session, audit))
    for section in sections:
        if is_wanting(section) and (last := asked.get(section.asin)):
            yield AskedSupplier(last.supplier_name, section.asin, section.title, day_of(vault, last.asked_at))
