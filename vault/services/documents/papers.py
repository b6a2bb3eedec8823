"""What people say of documents that are no supplier invoices: until when they count, and what they are about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct, Supplier
from vault.db.entities.documents import Document, DocumentState
from vault.db.entities.papers import Paper, PaperProduct
from vault.db.queries.papers import PaperRow, papers_by_product, papers_by_supplier, products_of_paper
from vault.db.queries.products import ProductRow, product_titles
from vault.domain.errors import Conflict, Invalid
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.days import today
from vault.services.documents.documents import describe_paper, make_findable, require_document
from vault.services.documents.judging import judge_document
from vault.services.documents.readings import current_reading
from vault.services.documents.retention import retention_of
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault

_LONGEST_NOTE = 2000
_MOST_PRODUCTS = 200
_MOST_SUPPLIERS = 500


@dataclass(frozen=True, slots=True)
class Description:
    """What a person says of a paper. It counts until the end of `valid_until`; `never_expires`: it has no last day.

    `supplier`: the name of a supplier of the same seller account, or empty; `asins`: products of its catalogue.
    """

    issue_date: date | None = None
    valid_until: date | None = None
    never_expires: bool = False
    supplier: str = ""
    asins: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """What is said of a document, as its page shows it. `said`: None where nobody has described it as a paper yet.

    `supplier`: the name of the one that it is about. `expires`: papers of its kind have a last day.
    `kept_until`: the last day of its retention. `suppliers`: names to choose from.
    """

    said: Paper | None
    supplier: str
    products: tuple[ProductRow, ...]
    expires: bool
    kept_until: date
    suppliers: tuple[str, ...]


def describe(vault: Vault, actor: Actor, document_id: str, given: Description) -> Document:
    """Says what a paper is about and until when it counts; verdict and tasks follow before this returns.

    Raises NotFound, Forbidden, Conflict for a supplier invoice, and Invalid (problems: issue_date, valid_until,
    supplier, asins, note).
    """
    with vault.database.transaction() as session:
        document = require_document(session, actor, document_id, Permission.CORRECT, lock=True)
        if document.is_invoice:
            raise Conflict(N_("This is a supplier invoice: what stands on it is corrected, not described."))
        supplier = _supplier(session, document, given.supplier)
        products = _products(session, document, given.asins)
        problems = _problems(vault, given, supplier, products)
        if problems:
            raise Invalid(N_("Nothing was changed. Correct the marked fields."), problems)
        if changed := _write(session, vault, actor, document, given, supplier, products):
            note = Note("document.described", document.id, actor.id, document.account_id, {"changed": changed})
            record(session, vault, [note, *_follow(session, vault, document, actor)])
    return document


def read_sheet(session: Session, vault: Vault, document: Document) -> PaperSheet:
    """What is said of a document, and what the rule book says of its kind."""
    rule, said = vault.rules.papers[document.paper], session.get(Paper, document.id)
    products = product_titles(session, document.account_id, products_of_paper(session, document.id)).values()
    supplier = session.get(Supplier, said.supplier_id) if said and said.supplier_id else None
    names = select(Supplier.name).where(Supplier.account_id == document.account_id).order_by(Supplier.name)
    return PaperSheet(
        said=said,
        supplier=supplier.name if supplier else "",
        products=tuple(sorted(products, key=lambda row: (row.title, row.id))),
        expires=rule.expires,
        kept_until=retention_of(vault, document.uploaded_at, document.paper).date() - timedelta(days=1),
        suppliers=() if document.is_invoice else tuple(session.scalars(names.distinct().limit(_MOST_SUPPLIERS))),
    )


def papers_about(session: Session, account_id: str, product_ids: Collection[str]) -> Mapping[str, tuple[PaperRow, ...]]:
    """The papers about each of these products of the account, the newest first; products without any are left out."""
    return papers_by_product(session, account_id, product_ids) if product_ids else {}


def papers_of_suppliers(
    session: Session, account_id: str, supplier_ids: Collection[str]
) -> Mapping[str, tuple[PaperRow, ...]]:
    """The papers about each of these suppliers of the account, the newest first; suppliers without any are left out."""
    return papers_by_supplier(session, account_id, supplier_ids) if supplier_ids else {}


def _supplier(session: Session, document: Document, name: str) -> Supplier | None:
    """Locked: a record that no document names any more could be removed in this moment."""
    of_account = select(Supplier).where(Supplier.account_id == document.account_id, Supplier.name == name.strip())
    return session.scalar(of_account.order_by(Supplier.id).limit(1).with_for_update()) if name.strip() else None


def _products(session: Session, document: Document, asins: tuple[str, ...]) -> Mapping[str, str]:
    """The ids of those products that the account has, by ASIN."""
    named = (CatalogueProduct.account_id == document.account_id, CatalogueProduct.asin.in_(asins[:_MOST_PRODUCTS]))
    return {row[0]: row[1] for row in session.execute(select(CatalogueProduct.asin, CatalogueProduct.id).where(*named))}


def _problems(
    vault: Vault, given: Description, supplier: Supplier | None, products: Mapping[str, str]
) -> Mapping[str, Message]:
    problems = {}
    if given.issue_date and given.issue_date > today(vault):
        problems["issue_date"] = Message(N_("Choose today or an earlier day."))
    if given.valid_until and given.never_expires:
        problems["valid_until"] = Message(N_("Enter its last day, or say that it has none: not both."))
    elif given.valid_until and given.issue_date and given.valid_until < given.issue_date:
        problems["valid_until"] = Message(N_("Its last day cannot be before the day on which it was issued."))
    if given.supplier.strip() and supplier is None:
        problems["supplier"] = Message(N_("There is no supplier of this name. Choose one of the list."))
    if len(given.asins) > _MOST_PRODUCTS:
        problems["asins"] = Message(N_("Name at most %(most)s products."), {"most": str(_MOST_PRODUCTS)})
    elif unknown := [asin for asin in given.asins if asin not in products]:
        problems["asins"] = Message(N_("Not in your catalogue: %(asins)s."), {"asins": ", ".join(unknown)[:200]})
    if len(given.note) > _LONGEST_NOTE:
        problems["note"] = Message(N_("Write at most %(longest)s characters."), {"longest": str(_LONGEST_NOTE)})
    return problems


def _write(
    session: Session,
    vault: Vault,
    actor: Actor,
    document: Document,
    given: Description,
    supplier: Supplier | None,
    products: Mapping[str, str],
) -> list[str]:
    """Writes what is new; returns the names of what changed."""
    values = {
        "issue_date": given.issue_date,
        "valid_until": given.valid_until,
        "never_expires": given.never_expires,
        "supplier_id": supplier.id if supplier else None,
        "note": given.note.strip(),
    }
    paper = session.get(Paper, document.id)
    if paper is None:
        paper = Paper(document_id=document.id, never_expires=False, note="")
    changed = [name for name, value in values.items() if getattr(paper, name) != value]
    if _link(session, document, frozenset(products.values())):
        changed.append("products")
    if changed:
        for name, value in values.items():
            setattr(paper, name, value)
        paper.described_by, paper.described_at = actor.id, vault.clock()
        session.add(paper)
    session.flush()
    return changed


def _link(session: Session, document: Document, wanted: frozenset[str]) -> bool:
    links = select(PaperProduct).where(PaperProduct.document_id == document.id)
    rows = {row.product_id: row for row in session.scalars(links)}
    for product_id in sorted(wanted - rows.keys()):
        session.add(PaperProduct(document_id=document.id, product_id=product_id))
    for product_id, row in rows.items():
        if product_id not in wanted:
            session.delete(row)
    return wanted != rows.keys()


def _follow(session: Session, vault: Vault, document: Document, actor: Actor) -> list[Note]:
    document.version += 1
    reading = current_reading(session, document.id) if document.state == DocumentState.JUDGED else None
    describe_paper(session, document)
    make_findable(session, document, reading)
    return judge_document(session, vault, document, reading, actor.id)
