"""Correcting what the machine read, picking the product of a line. Verdict and tasks follow at once."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.db.entities.documents import Document
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.documents import corrections, processing
from vault.services.documents.dossiers import get_document, read_dossier
from vault.web import words
from vault.web.document_view import view_of
from vault.web.errors import wants_json
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault

blueprint = Blueprint("corrections", __name__, url_prefix="/a/<account_id>/documents/<document_id>")


@blueprint.post("/corrections")
def correct(account_id: str, document_id: str) -> ResponseReturnValue:
    path, value = request.form.get("path", ""), request.form.get("value", "")
    return _then_show(
        account_id,
        document_id,
        lambda: corrections.correct(current_vault(), current_actor(), document_id, path, value),
        gettext("Corrected. What the machine read stays beside it, and you can take it back."),
    )


@blueprint.post("/corrections/withdraw")
def withdraw(account_id: str, document_id: str) -> ResponseReturnValue:
    path = request.form.get("path", "")
    return _then_show(
        account_id,
        document_id,
        lambda: corrections.withdraw(current_vault(), current_actor(), document_id, path),
        gettext("Taken back. What the machine read counts again."),
    )


@blueprint.post("/lines/<int:line>/product")
def pick(account_id: str, document_id: str, line: int) -> ResponseReturnValue:
    product_id = request.form.get("product_id") or None
    return _then_show(
        account_id,
        document_id,
        lambda: corrections.pick_product(current_vault(), current_actor(), document_id, line, product_id),
        gettext("The product of line %(line)d is picked.", line=line + 1)
        if product_id
        else gettext("Line %(line)d is none of your products.", line=line + 1),
    )


@blueprint.get("/lines/<int:line>/products")
def products(account_id: str, document_id: str, line: int) -> ResponseReturnValue:
    """Seeks the catalogue for the product of a line."""
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.CORRECT, account_id)
    dossier = read_dossier(vault, actor, account_id, document_id)
    lines = view_of(dossier).lines
    if line >= len(lines):
        raise NotFound()
    sought = request.args.get("q", "").strip()[:200]
    found = browsing.list_products(vault, actor, account_id, sought).rows[:20] if sought else ()
    return render_template(
        "documents/products.html",
        document=dossier.document,
        dossier=dossier,
        line=lines[line],
        sought=sought,
        found=found,
        words=words,
        may_correct=True,
    )


@blueprint.post("/read-again")
def read_again(account_id: str, document_id: str) -> ResponseReturnValue:
    def queue() -> None:
        processing.read_again(current_vault(), current_actor(), document_id)

    return _then_show(account_id, document_id, queue, gettext("It will be read again in a moment."))


def _then_show(account_id: str, document_id: str, act: Callable[[], Document | None], said: str) -> ResponseReturnValue:
    """Does it and shows the document again. What is refused is said on that page; a script gets it as an error."""
    get_document(current_vault(), current_actor(), account_id, document_id)
    try:
        act()
    except (Invalid, Conflict) as error:
        if wants_json():
            raise
        flash(say(error.message), "error")
    else:
        if not wants_json():
            flash(said, "success")
    return redirect(url_for("documents.show", document_id=document_id), 303)
