"""Absences: who is away, so that the deputy is asked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired

from vault.domain.errors import Invalid
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.routines import absences
from vault.services.routines import pages as routine_pages
from vault.services.vault import Vault
from vault.web.forms import PageForm
from vault.web.identity import current_actor, current_vault

blueprint = Blueprint("absences", __name__, url_prefix="/a/<account_id>/absences")


class AbsenceForm(PageForm):
    """From when until when somebody is away."""

    user_id = SelectField(_l("Who is away"), [InputRequired(_l("Fill in this field."))])
    from_on = DateField(_l("First day"), [InputRequired(_l("Fill in this field."))])
    until_on = DateField(_l("Last day"), [InputRequired(_l("Fill in this field."))])
    everywhere = BooleanField(_l("In all my seller accounts (for myself)"), default=True)


@blueprint.route("", methods=["GET", "POST"])
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    rows = absences.list_absences(vault, actor, account_id)
    form = AbsenceForm()
    form.user_id.choices = _people(vault, actor, account_id)
    if form.is_accepted() and form.from_on.data and form.until_on.data:
        away = absences.Away(form.user_id.data, form.from_on.data, form.until_on.data)
        try:
            absences.enter(vault, actor, account_id, away, everywhere=form.everywhere.data)
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Noted. The deputies take over on these days."), "success")
            return redirect(url_for(".index"), 303)
    page = render_template("routines/absences.html", rows=rows, form=form)
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/<absence_id>/remove")
def remove(account_id: str, absence_id: str) -> ResponseReturnValue:
    absences.remove(current_vault(), current_actor(), account_id, absence_id)
    flash(gettext("Taken back. The turns are as they were."), "success")
    return redirect(url_for(".index"), 303)


def _people(vault: Vault, actor: Actor, account_id: str) -> list[tuple[str, str]]:
    """Oneself; and everybody who can work here, for who manages the account."""
    names = [(actor.id, gettext("I, %(name)s", name=actor.name))]
    if actor.may(Permission.MANAGE, account_id):
        workers = routine_pages.able_workers(vault, actor, account_id)
        names += [(worker.id, worker.name) for worker in workers if worker.id != actor.id]
    return names
