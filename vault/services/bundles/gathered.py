"""Reading at one moment everything that a bundle is going to be made of."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.coverage.facts import Days, without
from vault.db.entities.accounts import SellerAccount, Supplier
from vault.db.entities.audits import Audit, AuditProduct
from vault.db.entities.documents import DocumentLine, StoredReading
from vault.domain.audits import AuditKind
from vault.journal.reader import read_head
from vault.services.audits.evidence import Section, sections_of
from vault.services.bundles.contents import (
    Contents,
    Demand,
    Enclosed,
    Included,
    ProductSection,
    Sales,
    Shown,
    SupplierCard,
    included_of,
)
from vault.services.coverage.facts import daily_sales, known_stretches
from vault.services.documents.readings import corrections_of
from vault.services.letters.letters import text_for_bundle
from vault.services.vault import Vault

_DAY = timedelta(days=1)
_Lines = Mapping[tuple[str, str], tuple[int, ...]]


def see_one_moment(session: Session) -> None:
    """Everything that the session reads from now on is of one moment. Call it first; SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def contents_of(session: Session, vault: Vault, audit: Audit) -> Contents:
    """What goes in now. `audit` is confirmed. The same evidence gives the same names in the same order."""
    assert audit.noticed_on is not None, "a confirmed audit has the day of its notice"
    sections = sections_of(session, vault, audit)
    included = included_of(sections)
    days = vault.rules.audits[AuditKind(audit.kind)].window_days
    window = (audit.noticed_on - timedelta(days=days), audit.noticed_on)
    lines = _lines(session, audit, included)
    asins = list(dict.fromkeys(each.asin for each in sections if each.asin))
    sales = _sales(session, audit, window, asins) if days else {}
    return Contents(
        demand=_demand(session, audit, audit.noticed_on),
        window=window,
        enclosed=tuple(_enclosed(session, vault, each) for each in included.values()),
        products=tuple(_product(asin, sections, lines, sales.get(asin)) for asin in asins),
        others=_once(each for section in sections if not section.asin for each in _shown(section, lines)),
        suppliers=_suppliers(session, included.values()),
        letter=text_for_bundle(session, vault, audit),
        journal_to=read_head(session.connection()).seq,
    )


def _demand(session: Session, audit: Audit, noticed_on: date) -> Demand:
    account = session.get_one(SellerAccount, audit.account_id)
    return Demand(
        audit_id=audit.id,
        kind=audit.kind,
        case_id=audit.case_id,
        language=audit.language,
        marketplace=audit.marketplace,
        noticed_on=noticed_on,
        seller=account.legal_name,
        store=account.name,
    )


def _enclosed(session: Session, vault: Vault, included: Included) -> Enclosed:
    document = included.document
    latest = select(StoredReading.id).where(StoredReading.document_id == document.id)
    return Enclosed(
        id=document.id,
        name=included.name,
        filename=document.filename,
        sha256=document.sha256,
        size=document.size,
        is_invoice=document.is_invoice,
        is_picture=vault.rules.papers[document.paper].is_picture,
        number=document.number,
        supplier_id=document.supplier_id,
        supplier_name=document.supplier_name,
        issued_on=document.issue_date,
        reading_id=session.scalar(latest.order_by(StoredReading.attempt.desc()).limit(1)),
        corrections=corrections_of(session, document.id),
    )


def _lines(session: Session, audit: Audit, included: Mapping[str, Included]) -> _Lines:
    """Positions of the lines about each product, by document and ASIN."""
    wanted = (
        select(DocumentLine.document_id, AuditProduct.asin, DocumentLine.position)
        .join(AuditProduct, AuditProduct.product_id == DocumentLine.product_id)
        .where(AuditProduct.audit_id == audit.id, DocumentLine.document_id.in_(list(included)))
        .order_by(DocumentLine.position)
    )
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for document_id, asin, position in session.execute(wanted):
        found[document_id, asin] = (*found.get((document_id, asin), ()), position)
    return found


def _sales(session: Session, audit: Audit, window: tuple[date, date], asins: list[str]) -> dict[str, Sales]:
    """Of each product; nothing where no day of the window was imported and nothing is known to be sold."""
    sold = daily_sales(session, audit.account_id, *window, asins)
    known, days = known_stretches(session, audit.account_id), Days(window[0], window[1] - _DAY)
    unknown = sum(len(each) for each in without(days, known))
    within = tuple(
        Days(max(each.first, days.first), min(each.last, days.last))
        for each in known
        if each.last >= days.first and each.first <= days.last
    )
    return {
        asin: Sales(dict(sold.get(asin, {})), within, unknown) for asin in asins if unknown < len(days) or asin in sold
    }


def _product(asin: str, sections: Iterable[Section], lines: _Lines, sales: Sales | None) -> ProductSection:
    mine = [section for section in sections if section.asin == asin]
    shown = _once(each for section in mine for each in _shown(section, lines))
    need = next((section.need for section in mine if section.need), None)
    # Credit notes that name no invoice may be over more than the invoices that go in: of these none is left, not fewer.
    bought = max(0, need.bought) if need else None
    return ProductSection(asin, mine[0].title, shown, bought, sales if need else None)


def _shown(section: Section, lines: _Lines) -> list[Shown]:
    found = []
    for each in section.chosen:
        weighed = each.proposal.weighed
        units = weighed.units if weighed and weighed.excluded is None else None
        found.append(Shown(each.document.id, lines.get((each.document.id, section.asin), ()), units))
    return found


def _once(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """A document that is evidence in several parts under one heading is shown there once."""
    return tuple({each.document_id: each for each in shown}.values())


def _suppliers(session: Session, included: Iterable[Included]) -> tuple[SupplierCard, ...]:
    ids = {each.document.supplier_id for each in included if each.document.supplier_id}
    found = session.scalars(select(Supplier).where(Supplier.id.in_(ids)))
    return tuple(
        SupplierCard(each.id, each.name, each.address, each.phone, each.email, each.website, each.vat_number)
        for each in sorted(found, key=lambda supplier: (supplier.name.casefold(), supplier.id))
    )
