"""Who was let into the seller account on Amazon: people, agencies and tools."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.domain.errors import Invalid
from vault.domain.roles import Permission
from vault.services.days import today
from vault.services.register import access_grants
from vault.web import register_words
from vault.web.identity import current_actor, current_vault
from vault.web.register_forms import GrantForm

blueprint = Blueprint("access", __name__, url_prefix="/access")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    return render_template(
        "register/access.html",
        grants=access_grants.list_grants(vault, actor, account_id),
        words=register_words.GRANTS,
        today=today(vault),
        may_change=actor.may(Permission.MANAGE, account_id),
    )


@blueprint.route("/add", methods=["GET", "POST"])
def add(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    actor.require(Permission.MANAGE, account_id)
    form = GrantForm()
    form.prepare()
    if form.is_accepted():
        try:
            access_grants.add_grant(current_vault(), actor, account_id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Noted who has access."), "success")
            return redirect(url_for(".index"), 303)
    return _page(form, None)


@blueprint.route("/<grant_id>", methods=["GET", "POST"])
def change(account_id: str, grant_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    grant = access_grants.get_grant(vault, actor, account_id, grant_id)
    actor.require(Permission.MANAGE, account_id)
    form = GrantForm(obj=grant)
    form.prepare()
    if form.is_accepted():
        try:
            access_grants.change_grant(vault, actor, grant_id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Changed."), "success")
            return redirect(url_for(".index"), 303)
    return _page(form, grant)


@blueprint.post("/<grant_id>/end")
def end(account_id: str, grant_id: str) -> ResponseReturnValue:
    """The access was taken away on Amazon today."""
    access_grants.get_grant(current_vault(), current_actor(), account_id, grant_id)
    access_grants.end_grant(current_vault(), current_actor(), grant_id)
    flash(gettext("Noted: the access was taken away today."), "success")
    return redirect(url_for(".index"), 303)


@blueprint.post("/<grant_id>/remove")
def remove(account_id: str, grant_id: str) -> ResponseReturnValue:
    access_grants.get_grant(current_vault(), current_actor(), account_id, grant_id)
    access_grants.remove_grant(current_vault(), current_actor(), grant_id)
    flash(gettext("The record is removed."), "success")
    return redirect(url_for(".index"), 303)


def _page(form: GrantForm, grant: object) -> ResponseReturnValue:
    is_wrong = bool(form.errors or form.form_errors)
    return render_template("register/grant.html", form=form, grant=grant), 422 if is_wrong else 200
