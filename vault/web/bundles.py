"""Bundles of an audit: having one made, trying again, and noting that it was sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.domain.errors import Conflict, Invalid
from vault.domain.roles import Permission
from vault.services.bundles import bundles
from vault.web.audit_page import page_of
from vault.web.audit_view import may_work_on
from vault.web.bundle_panel import BundleForm, row_words
from vault.web.identity import current_actor, current_vault
from vault.web.refusals import say_why

blueprint = Blueprint("bundles", __name__, url_prefix="/a/<account_id>/audits/<audit_id>/bundles")


@blueprint.post("")
def create(account_id: str, audit_id: str) -> ResponseReturnValue:
    vault, actor, form = current_vault(), current_actor(), BundleForm()
    if form.is_accepted():
        try:
            bundles.ask_for_bundle(vault, actor, account_id, audit_id, form.options())
        except (Conflict, Invalid) as error:
            form.show(error)
        else:
            flash(gettext("The bundle is being made. It appears here when it is ready."), "success")
            return _back(audit_id)
    actor.require(Permission.CORRECT, account_id)
    return page_of(account_id, audit_id, asked=form), 422


@blueprint.get("/<bundle_id>")
def show(account_id: str, audit_id: str, bundle_id: str) -> ResponseReturnValue:
    """Its row alone, for the audit's page that waits for it; who comes otherwise is led to that page."""
    audit, made = bundles.read_bundle(current_vault(), current_actor(), account_id, audit_id, bundle_id)
    if not request.headers.get("HX-Request"):
        return redirect(url_for("audits.show", audit_id=audit_id, _anchor=f"bundle-{bundle_id}"))
    words = row_words(account_id)
    return render_template("audits/_bundle.html", audit=audit, each=made, may_work=may_work_on(audit), **words)


@blueprint.post("/<bundle_id>/again")
def again(account_id: str, audit_id: str, bundle_id: str) -> ResponseReturnValue:
    try:
        bundles.try_again(current_vault(), current_actor(), account_id, audit_id, bundle_id)
    except Conflict as error:
        say_why(error)
    else:
        flash(gettext("It is tried again."), "success")
    return _back(audit_id)


@blueprint.post("/<bundle_id>/sent")
def sent(account_id: str, audit_id: str, bundle_id: str) -> ResponseReturnValue:
    channel = request.form.get("channel", "")
    try:
        bundles.note_sent(current_vault(), current_actor(), account_id, audit_id, bundle_id, channel)
    except (Invalid, Conflict) as error:
        say_why(error)
    else:
        flash(gettext("Noted as sent."), "success")
    return _back(audit_id)


def _back(audit_id: str) -> ResponseReturnValue:
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="bundle"), 303)
