"""What a person keeps about themselves: name, language, e-mail, password, second factor, open sessions."""

from typing import cast

import segno
from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import SelectField, StringField

from vault.domain.errors import Conflict, Invalid
from vault.services.people import profile, second_factor, web_sessions
from vault.web.confirmation import confirmed, note_confirmed
from vault.web.forms import CodeForm, NewPassword, PageForm, required
from vault.web.i18n import language_choices
from vault.web.identity import before_enrolment, begin_session, current_person, current_vault
from vault.web.sessions import ServerSession

blueprint = Blueprint("profile", __name__, url_prefix="/profile")


class ProfileForm(PageForm):
    name = StringField(_l("Name"), required(200), render_kw={"autocomplete": "name"})
    language = SelectField(_l("Language"), required(8))


class EmailForm(PageForm):
    email = StringField(_l("New e-mail"), required(254), render_kw={"autocomplete": "email", "inputmode": "email"})


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    vault, person = current_vault(), current_person()
    form = ProfileForm(name=person.name, language=person.language)
    form.language.choices = language_choices()
    if form.is_accepted():
        profile.change_profile(vault, person, form.name.data or "", form.language.data or "")
        flash(gettext("Your profile is saved."))
        return redirect(url_for("profile.index"))
    return render_template(
        "profile/index.html",
        form=form,
        codes_left=second_factor.count_recovery_codes(vault, person.id),
        sessions=web_sessions.list_of(vault, person.id),
        current_key=cast(ServerSession, session).key,
    )


@blueprint.route("/email", methods=["GET", "POST"])
@confirmed
def email() -> ResponseReturnValue:
    form = EmailForm()
    if form.is_accepted():
        try:
            profile.change_email(current_vault(), current_person(), form.email.data or "")
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            flash(gettext("From now on you sign in with the new e-mail address."))
            return redirect(url_for("profile.index"))
    return render_template("profile/email.html", form=form)


@blueprint.route("/password", methods=["GET", "POST"])
@confirmed
def password() -> ResponseReturnValue:
    form = NewPassword()
    if form.is_accepted():
        try:
            person = profile.change_password(current_vault(), current_person(), form.password.data or "")
        except Invalid as error:
            form.show(error)
        else:
            begin_session(person)
            note_confirmed(current_vault())
            flash(gettext("The new password is set, and you are signed out everywhere else."))
            return redirect(url_for("profile.index"))
    return render_template("profile/password.html", form=form)


@blueprint.route("/second-factor", methods=["GET", "POST"])
@before_enrolment
@confirmed
def enrol() -> ResponseReturnValue:
    """Shows a new secret until a code proves that the app has it; then the recovery codes, once."""
    vault, person = current_vault(), current_person()
    secret = _offered_secret()
    form = CodeForm()
    if form.is_accepted():
        try:
            person, codes = second_factor.enrol(vault, person.id, secret, form.code.data or "")
        except Invalid as error:
            form.show(error)
        else:
            begin_session(person)
            note_confirmed(vault)
            return render_template("profile/recovery_codes.html", codes=codes)
    image = segno.make(second_factor.provisioning_address(secret, person.email, "Seller Vault"), error="m")
    picture = Markup(image.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None))  # our own drawing
    return render_template("profile/enrol.html", form=form, secret=secret, picture=picture)


@blueprint.post("/recovery-codes")
@confirmed
def recovery_codes() -> ResponseReturnValue:
    codes = second_factor.renew_recovery_codes(current_vault(), current_person().id)
    return render_template("profile/recovery_codes.html", codes=codes)


@blueprint.post("/end-other-sessions")
def end_other_sessions() -> ResponseReturnValue:
    profile.end_other_sessions(current_vault(), current_person(), cast(ServerSession, session).key or "")
    flash(gettext("You are signed out everywhere else."))
    return redirect(url_for("profile.index"))


def _offered_secret() -> str:
    """The secret on offer in this session; the database sees it only encrypted."""
    secrets = current_vault().secrets
    if "enrolling" not in session:
        session["enrolling"] = secrets.encrypt(second_factor.new_secret())
    return secrets.decrypt(session["enrolling"])
