"""Saying that an explanation of a link holds for a value too that came later, and taking that back."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.domain.errors import Invalid, NotFound
from vault.services.links import confirmations, links
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault

blueprint = Blueprint("link_values", __name__)


@blueprint.post("/links/<link_id>/explanations/<explanation_id>/confirm")
def confirm(link_id: str, explanation_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    if explanation_id not in {each.id for each in links.show(vault, actor, link_id).explanations}:
        raise NotFound()
    try:
        confirmations.confirm(vault, actor, explanation_id, request.form.get("key", ""))
    except Invalid as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("Recorded: the explanation holds for this too, and counts for it from now on."), "success")
    return redirect(url_for("links.pair", link_id=link_id), 303)


@blueprint.post("/links/<link_id>/confirmations/<confirmation_id>/withdraw")
def withdraw(link_id: str, confirmation_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    found = confirmations.confirmed_of(vault, actor, link_id)
    if confirmation_id not in {each.id for confirmed in found.values() for each in confirmed}:
        raise NotFound()
    try:
        confirmations.withdraw_confirmation(vault, actor, confirmation_id)
    except Invalid as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("Taken back. The explanation counts for this no longer."), "success")
    return redirect(url_for("links.pair", link_id=link_id), 303)
