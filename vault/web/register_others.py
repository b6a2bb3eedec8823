"""Known other accounts: not one's own, but Amazon could take them for it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.domain.errors import Invalid
from vault.domain.register import OPEN_KINDS
from vault.domain.roles import Permission
from vault.services.register import other_accounts, register
from vault.web import link_words
from vault.web.identity import current_actor, current_vault
from vault.web.register_forms import OtherForm

blueprint = Blueprint("others", __name__, url_prefix="/others")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "register/others.html",
        others=other_accounts.list_others(current_vault(), actor, account_id),
        may_change=actor.may(Permission.MANAGE, account_id),
    )


@blueprint.route("/add", methods=["GET", "POST"])
def add(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    actor.require(Permission.MANAGE, account_id)
    form = OtherForm()
    if form.is_accepted():
        try:
            other = other_accounts.add_other(current_vault(), actor, account_id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Added. Now enter what you know of it."), "success")
            return redirect(url_for(".show", other_id=other.id), 303)
    return _page(form, None)


@blueprint.get("/<other_id>")
def show(account_id: str, other_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    return render_template(
        "register/other.html",
        other=other_accounts.get_other(vault, actor, account_id, other_id),
        register=register.read_register(vault, actor, other_id),
        kinds=link_words.KINDS,
        open_kinds=OPEN_KINDS,
        may_change=actor.may(Permission.MANAGE, account_id),
        may_reveal=actor.may(Permission.REVEAL, account_id),
    )


@blueprint.route("/<other_id>/change", methods=["GET", "POST"])
def change(account_id: str, other_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    other = other_accounts.get_other(vault, actor, account_id, other_id)
    actor.require(Permission.MANAGE, account_id)
    form = OtherForm(obj=other)
    if form.is_accepted():
        try:
            other_accounts.change_other(vault, actor, other_id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Changed."), "success")
            return redirect(url_for(".show", other_id=other_id), 303)
    return _page(form, other)


@blueprint.post("/<other_id>/remove")
def remove(account_id: str, other_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    other_accounts.get_other(vault, actor, account_id, other_id)
    other_accounts.remove_other(vault, actor, other_id)
    flash(gettext("Removed. It is compared with your accounts no longer."), "success")
    return redirect(url_for(".index"), 303)


def _page(form: OtherForm, other: object) -> ResponseReturnValue:
    is_wrong = bool(form.errors or form.form_errors)
    return render_template("register/other_form.html", form=form, other=other), 422 if is_wrong else 200
