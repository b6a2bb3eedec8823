"""What goes into the bundle of an audit: the documents that people and proposals put in, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.audit.facts import Need
from vault.checks.coverage.facts import Days
from vault.db.entities.accounts import SellerAccount, Supplier
from vault.db.entities.audits import Audit, AuditProduct
from vault.db.entities.documents import Document, DocumentLine
from vault.domain.audits import AuditKind
from vault.services.audits.evidence import Section, sections_of
from vault.services.bundles.bags import plain_name
from vault.services.coverage.facts import daily_sales, known_stretches
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Included:
    """A document that goes in once, whatever it is evidence of. `name`: its own in the bundle, ``001-invoice.pdf``."""

    document: Document
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A document in a section. `positions`: its lines that are about the section's product; `units` on them."""

    included: Included
    part: str
    positions: tuple[int, ...] = ()
    units: int | None = None


@dataclass(frozen=True, slots=True)
class ProductSection:
    """What is shown of one product. `sold` by day, in the window before the notice."""

    asin: str
    title: str
    shown: tuple[Shown, ...]
    need: Need | None
    sold: dict[date, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a bundle is made of. `others`: documents that are about no single product.

    `known`: the days whose sales were imported. Of the others nobody may say that nothing was sold.
    """

    audit: Audit
    account: SellerAccount
    window: tuple[date, date]
    included: tuple[Included, ...]
    products: tuple[ProductSection, ...]
    others: tuple[Shown, ...]
    suppliers: tuple[Supplier, ...]
    known: tuple[Days, ...] = ()


def contents_of(session: Session, vault: Vault, audit: Audit) -> Contents:
    """`audit` is confirmed. The same evidence gives the same names in the same order."""
    assert audit.noticed_on is not None, "a confirmed audit has the day of its notice"
    sections = sections_of(session, vault, audit)
    included = included_of(sections)
    days = vault.rules.audits[AuditKind(audit.kind)].window_days
    window = (audit.noticed_on - timedelta(days=days), audit.noticed_on)
    asins = list(dict.fromkeys(each.asin for each in sections if each.asin))
    sold = daily_sales(session, audit.account_id, *window, asins) if days else {}
    lines = _lines(session, audit, included)
    return Contents(
        audit=audit,
        account=session.get_one(SellerAccount, audit.account_id),
        window=window,
        included=tuple(included.values()),
        products=tuple(_product(asin, sections, included, lines, dict(sold.get(asin, {}))) for asin in asins),
        others=tuple(each for section in sections if not section.asin for each in _shown(section, included, lines)),
        suppliers=_suppliers(session, included.values()),
        known=known_stretches(session, audit.account_id),
    )


def included_of(sections: Iterable[Section]) -> dict[str, Included]:
    """Each document once, by id, numbered in the order of the sections."""
    chosen = {each.document.id: each.document for section in sections for each in section.chosen}
    return {
        document_id: Included(document, f"{number:03}-{plain_name(document.filename)}")
        for number, (document_id, document) in enumerate(chosen.items(), 1)
    }


def _lines(session: Session, audit: Audit, included: dict[str, Included]) -> dict[tuple[str, str], tuple[int, ...]]:
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


def _product(
    asin: str,
    sections: Iterable[Section],
    included: dict[str, Included],
    lines: dict[tuple[str, str], tuple[int, ...]],
    sold: dict[date, int],
) -> ProductSection:
    mine = [section for section in sections if section.asin == asin]
    shown = tuple(each for section in mine for each in _shown(section, included, lines))
    need = next((section.need for section in mine if section.need), None)
    return ProductSection(asin, mine[0].title, shown, need, sold)


def _shown(
    section: Section, included: dict[str, Included], lines: dict[tuple[str, str], tuple[int, ...]]
) -> list[Shown]:
    found = []
    for each in section.chosen:
        weighed = each.proposal.weighed
        units = weighed.units if weighed and weighed.excluded is None else None
        positions = lines.get((each.document.id, section.asin), ())
        found.append(Shown(included[each.document.id], section.part.name, positions, units))
    return found


def _suppliers(session: Session, included: Iterable[Included]) -> tuple[Supplier, ...]:
    ids = {each.document.supplier_id for each in included if each.document.supplier_id}
    wanted = select(Supplier).where(Supplier.id.in_(ids)).order_by(Supplier.name, Supplier.id)
    return tuple(session.scalars(wanted))
