"""Products: the catalogue, and the invoices that prove where each product came from."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vault.db.queries.documents import DocumentFilter, DocumentSort
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.services import browsing
from vault.web.identity import current_actor, current_vault
from vault.web.lists import chosen, page_addresses

blueprint = Blueprint("products", __name__, url_prefix="/a/<account_id>/products")

PROOF = {"there": N_("With an invoice that passes"), "missing": N_("Without one")}


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    sought = request.args.get("q", "").strip()[:200]
    proof = chosen("proof", PROOF)
    is_proven = {"there": True, "missing": False}.get(proof)
    page = browsing.list_products(current_vault(), actor, account_id, sought, request.args.get("at"), is_proven)
    return render_template(
        "products/index.html",
        page=page,
        sought=sought,
        proof=proof,
        proof_choices=PROOF,
        pages=page_addresses(page),
        may_import=actor.may(Permission.IMPORT, account_id),
    )


@blueprint.get("/<product_id>")
def show(account_id: str, product_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    product = browsing.get_product(vault, actor, account_id, product_id)
    wanted = DocumentFilter(product_id=product_id)
    found = browsing.list_documents(vault, actor, account_id, wanted, DocumentSort.ISSUED, True, request.args.get("at"))
    return render_template("products/show.html", product=product, found=found, pages=page_addresses(found.page))
