"""Documents: the list, the page of one, pictures of its pages, its original."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from vault.db.entities.documents import DocumentState
from vault.db.queries.documents import DocumentFilter, DocumentSort
from vault.db.queries.sieves import RARE
from vault.domain.errors import Damaged, Unreadable
from vault.domain.findings import Verdict
from vault.domain.papers import PaperKind
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.documents import originals, pages
from vault.services.documents.dossiers import Dossier, get_document, read_dossier
from vault.web import words
from vault.web.attachments import saved
from vault.web.document_view import former_kind, view_of
from vault.web.identity import current_actor, current_vault
from vault.web.journal_words import ACTIONS, MACHINES
from vault.web.lists import chosen, day_of, page_addresses, with_filters
from vault.web.paper_form import PaperForm, paper_form

blueprint = Blueprint("documents", __name__, url_prefix="/a/<account_id>/documents")

_SORTS = {
    DocumentSort.UPLOADED: True,
    DocumentSort.ISSUED: True,
    DocumentSort.SUPPLIER: False,
    DocumentSort.TOTAL: True,
}


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    wanted = _wanted()
    sort = DocumentSort(chosen("sort", DocumentSort) or DocumentSort.UPLOADED)
    descending = request.args.get("order", "desc" if _SORTS[sort] else "asc") == "desc"
    found = browsing.list_documents(
        current_vault(), current_actor(), account_id, wanted, sort, descending, request.args.get("at")
    )
    return render_template(
        "documents/index.html",
        found=found,
        wanted=wanted,
        many=RARE,
        sort=sort,
        descending=descending,
        sort_addresses=_sort_addresses(sort, descending),
        pages=page_addresses(found.page),
        choices={"verdicts": list(Verdict), "states": list(DocumentState), "kinds": words.KINDS},
        named=_named(account_id, wanted),
        may_upload=current_actor().may(Permission.UPLOAD, account_id),
    )


@blueprint.get("/<document_id>")
def show(account_id: str, document_id: str) -> ResponseReturnValue:
    return document_page(read_dossier(current_vault(), current_actor(), account_id, document_id))


def document_page(dossier: Dossier, form: PaperForm | None = None) -> str:
    """The page of one document. `form`: what was typed about a paper and has to be put right."""
    actor, document = current_actor(), dossier.document
    may_correct = actor.may(Permission.CORRECT, document.account_id)
    return render_template(
        "documents/show.html",
        dossier=dossier,
        document=document,
        view=view_of(dossier),
        words=words,
        actions=ACTIONS,
        machines=MACHINES,
        paper_form=form or paper_form(dossier.sheet),
        former_kind=former_kind(dossier),
        may_correct=may_correct and document.state == DocumentState.JUDGED,
        may_describe=may_correct,
        may_read_again=may_correct,
        may_waive=actor.may(Permission.MANAGE, document.account_id),
    )


@blueprint.get("/<document_id>/pages/<int:number>.webp")
def page(account_id: str, document_id: str, number: int) -> ResponseReturnValue:
    """A picture of a page, drawn in the sandbox: the original itself never reaches a browser's viewer."""
    vault, actor = current_vault(), current_actor()
    get_document(vault, actor, account_id, document_id)
    width = request.args.get("width", default=960, type=int)
    try:
        picture = pages.page_image(vault, actor, document_id, number, width)
    except (Unreadable, Damaged):
        abort(404)
    return Response(picture, mimetype=pages.MEDIA_TYPE)


@blueprint.get("/<document_id>/original")
def original(account_id: str, document_id: str) -> ResponseReturnValue:
    """The original as an attachment, byte for byte."""
    vault, actor = current_vault(), current_actor()
    get_document(vault, actor, account_id, document_id)
    return saved(originals.open_original(vault, actor, document_id))


def _wanted() -> DocumentFilter:
    return DocumentFilter(
        text=request.args.get("q", "").strip()[:200],
        verdict=chosen("verdict", Verdict),
        state=chosen("state", DocumentState),
        kind=chosen("kind", words.KINDS),
        paper_kind=chosen("paper", PaperKind),
        supplier_id=request.args.get("supplier", "")[:40],
        product_id=request.args.get("product", "")[:40],
        issued_from=day_of("from"),
        issued_to=day_of("to"),
    )


def _sort_addresses(sort: DocumentSort, descending: bool) -> dict[str, str]:
    """Where a click on a heading leads: to that order, or to its reverse where it is the order already."""
    addresses = {}
    for each, begins_descending in _SORTS.items():
        is_descending = not descending if each is sort else begins_descending
        addresses[each.value] = with_filters(sort=each, order="desc" if is_descending else "asc")
    return addresses


def _named(account_id: str, wanted: DocumentFilter) -> dict[str, str]:
    """The supplier and the product that the list is narrowed to, by name."""
    vault, actor = current_vault(), current_actor()
    named = {}
    if wanted.supplier_id:
        named["supplier"] = browsing.get_supplier(vault, actor, account_id, wanted.supplier_id).name
    if wanted.product_id:
        named["product"] = browsing.get_product(vault, actor, account_id, wanted.product_id).title
    return named
