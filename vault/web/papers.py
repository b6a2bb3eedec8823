"""What a person says of a document: what it is, until when it counts, what it is about."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.services.documents import paper_kinds, papers
from vault.services.documents.dossiers import get_document, read_dossier
from vault.web.documents import document_page
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault
from vault.web.paper_form import paper_form
from vault.web.paper_words import PAPER_GROUPS, PAPER_KINDS

blueprint = Blueprint("papers", __name__, url_prefix="/a/<account_id>/documents/<document_id>")


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    """The kinds of papers, for every list of documents and every form that asks for one."""
    return {"paper_kinds": PAPER_KINDS, "paper_groups": PAPER_GROUPS, "upload_address": _upload_address}


def _upload_address(place: str, said: str = "") -> str:
    """Where a proof for that place is uploaded: as what it is there."""
    return url_for("uploads.index", kind=paper_kinds.implied_kind(place, said))


@blueprint.post("/kind")
def choose_kind(account_id: str, document_id: str) -> ResponseReturnValue:
    """Says what it is; taking that back is saying what it was before."""
    vault, actor = current_vault(), current_actor()
    get_document(vault, actor, account_id, document_id)
    kind = paper_kind(request.form.get("kind", ""))
    paper_kinds.choose_kind(vault, actor, document_id, kind)
    flash(gettext("Judged as this from now on: %(kind)s.", kind=say(PAPER_KINDS[kind])), "success")
    return redirect(url_for("documents.show", document_id=document_id), 303)


@blueprint.post("/paper")
def describe(account_id: str, document_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    dossier = read_dossier(vault, actor, account_id, document_id)
    form = paper_form(dossier.sheet)
    if form.is_accepted():
        try:
            papers.describe(vault, actor, document_id, form.description())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Noted, and judged again."), "success")
            return redirect(url_for("documents.show", document_id=document_id), 303)
    return document_page(dossier, form), 422


def paper_kind(text: str) -> PaperKind:
    """Raises Invalid for a kind that there is not."""
    if text not in set(PaperKind) or PaperKind(text).is_made_here:
        raise Invalid(N_("Choose one of the kinds of papers."))
    return PaperKind(text)
