"""People: inviting them, their roles in a seller account, and everyone in this vault."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import PasswordField, SelectField, StringField

from vault.domain.errors import Conflict, Invalid
from vault.domain.message import N_
from vault.domain.roles import Role
from vault.services.people import invitations, joining, people
from vault.services.people.passwords import LONGEST
from vault.web.confirmation import note_confirmed
from vault.web.forms import PageForm, required
from vault.web.i18n import say
from vault.web.identity import begin_session, current_account, current_actor, current_person, current_vault, public

blueprint = Blueprint("people", __name__)

ROLE_NAMES = {
    Role.OWNER: N_("Owner"),
    Role.MANAGER: N_("Manager"),
    Role.ASSISTANT: N_("Assistant"),
    Role.AUDITOR: N_("Auditor"),
}


class InviteForm(PageForm):
    email = StringField(_l("E-mail"), required(254), render_kw={"inputmode": "email", "autocomplete": "off"})
    role = SelectField(_l("Role"), required(20), default=Role.ASSISTANT)


class JoinForm(PageForm):
    name = StringField(_l("Your name"), required(200), render_kw={"autocomplete": "name"})
    password = PasswordField(_l("Password"), required(LONGEST), render_kw={"autocomplete": "new-password"})


@blueprint.route("/a/<account_id>/people", methods=["GET", "POST"])
def index(account_id: str) -> ResponseReturnValue:
    """Who has access; sending the form makes an invitation, whose link is shown once."""
    vault, actor, account = current_vault(), current_actor(), current_account()
    members = people.list_members(vault, actor, account.id)
    form, link = InviteForm(), None
    form.role.choices = [(role.value, say(name)) for role, name in ROLE_NAMES.items()]
    if form.is_accepted():
        try:
            link = invitations.invite(vault, actor, account.id, form.email.data or "", Role(form.role.data))
        except Invalid as error:
            form.show(error)
    return render_template(
        "people/index.html",
        form=form,
        link=link,
        members=members,
        waiting=invitations.list_invitations(vault, actor, account.id),
        role_names=ROLE_NAMES,
    )


@blueprint.post("/a/<account_id>/people/<user_id>/role")
def change_role(account_id: str, user_id: str) -> ResponseReturnValue:
    role = _role(request.form.get("role", ""))
    people.change_role(current_vault(), current_actor(), current_account().id, user_id, role)
    flash(gettext("The role is changed. It counts from now on."))
    return redirect(url_for("people.index"))


@blueprint.post("/a/<account_id>/people/<user_id>/remove")
def remove(account_id: str, user_id: str) -> ResponseReturnValue:
    people.remove_member(current_vault(), current_actor(), current_account().id, user_id)
    flash(gettext("The access is taken away. It counts from now on."))
    return redirect(url_for("home.index") if user_id == current_person().id else url_for("people.index"))


@blueprint.post("/a/<account_id>/people/invitations/<invitation_id>/withdraw")
def withdraw(account_id: str, invitation_id: str) -> ResponseReturnValue:
    invitations.withdraw(current_vault(), current_actor(), current_account().id, invitation_id)
    flash(gettext("The invitation is withdrawn. Its link does not work any more."))
    return redirect(url_for("people.index"))


@blueprint.get("/people")
def everyone() -> ResponseReturnValue:
    """All users, for the administrator, with the accounts that the administrator sees too."""
    vault, actor = current_vault(), current_actor()
    persons = people.list_everyone(vault, actor)
    return render_template("people/everyone.html", persons=persons, role_names=ROLE_NAMES)


@blueprint.post("/people/<user_id>/disable")
def disable(user_id: str) -> ResponseReturnValue:
    people.disable(current_vault(), current_actor(), user_id)
    flash(gettext("This person cannot sign in any more and is signed out everywhere."))
    return redirect(url_for("people.everyone"))


@blueprint.post("/people/<user_id>/enable")
def enable(user_id: str) -> ResponseReturnValue:
    people.enable(current_vault(), current_actor(), user_id)
    flash(gettext("This person can sign in again."))
    return redirect(url_for("people.everyone"))


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> ResponseReturnValue:
    """A stranger enters name and password; a known person signs in and accepts."""
    invitation = invitations.find_invitation(current_vault(), token)
    if invitation.is_known:
        return _join_known(token, invitation)
    form = JoinForm()
    if form.is_accepted():
        try:
            person = joining.accept_as_new(current_vault(), token, form.name.data or "", form.password.data or "")
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            begin_session(person)
            note_confirmed(current_vault())
            return redirect(url_for("home.index"))
    return render_template("people/join.html", form=form, invitation=invitation, role_names=ROLE_NAMES)


def _join_known(token: str, invitation: invitations.OpenInvitation) -> ResponseReturnValue:
    if not current_user.is_authenticated:
        return redirect(url_for("auth.sign_in", next=request.path))
    person = current_person()
    if request.method == "POST" and person.email == invitation.email:
        joining.accept_as_known(current_vault(), token, person)
        flash(gettext("You have access now."))
        return redirect(url_for("home.index"))
    return render_template("people/join_known.html", invitation=invitation, role_names=ROLE_NAMES)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise Invalid(N_("There is no such role. Choose one from the list.")) from None
