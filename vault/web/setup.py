"""First use: the one-time link that makes the owner of a new vault."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField

from vault.domain.errors import Conflict, Invalid
from vault.services.people import invitations, joining
from vault.services.people.passwords import LONGEST
from vault.web.confirmation import note_confirmed
from vault.web.forms import PageForm, required
from vault.web.identity import begin_session, current_vault, public

blueprint = Blueprint("setup", __name__)


class OwnerForm(PageForm):
    name = StringField(_l("Your name"), required(200), render_kw={"autocomplete": "name"})
    email = StringField(_l("E-mail"), required(254), render_kw={"autocomplete": "username", "inputmode": "email"})
    password = PasswordField(_l("Password"), required(LONGEST), render_kw={"autocomplete": "new-password"})


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
@public
def owner(token: str) -> ResponseReturnValue:
    """The link works while there are no users; what it makes is signed in and goes on to the second factor."""
    vault = current_vault()
    invitations.find_set_up(vault, token)
    form = OwnerForm()
    if form.is_accepted():
        entered = joining.NewPerson(form.name.data or "", form.email.data or "", form.password.data or "")
        try:
            person = joining.create_first_owner(vault, token, entered)
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            begin_session(person)
            note_confirmed(vault)
            return redirect(url_for("profile.enrol"))
    return render_template("setup/owner.html", form=form)
