"""Signing in and out, the second factor, and asking again before something sensitive."""

from datetime import datetime, timedelta
from typing import cast

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import PasswordField, StringField

from vault.domain.errors import Invalid, Throttled
from vault.services.people import second_factor, users
from vault.services.people import sign_in as signing_in
from vault.services.people.passwords import LONGEST
from vault.services.people.users import Person
from vault.web.confirmation import note_confirmed
from vault.web.errors import status_of
from vault.web.forms import CodeForm, PageForm, required
from vault.web.identity import before_enrolment, begin_session, current_person, current_vault, leave, own_path, public
from vault.web.sessions import ServerSession

blueprint = Blueprint("auth", __name__)

_PENDING_FOR = timedelta(minutes=5)


class SignInForm(PageForm):
    email = StringField(_l("E-mail"), required(254), render_kw={"autocomplete": "username", "inputmode": "email"})
    password = PasswordField(_l("Password"), required(LONGEST), render_kw={"autocomplete": "current-password"})


class ConfirmForm(CodeForm):
    password = PasswordField(_l("Password"), required(LONGEST), render_kw={"autocomplete": "current-password"})


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    target = own_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target or url_for("home.index"))
    form = SignInForm()
    status = 200
    if form.is_accepted():
        address = request.remote_addr or ""
        try:
            person = signing_in.check_password(
                current_vault(), form.email.data or "", form.password.data or "", address
            )
        except (Invalid, Throttled) as error:
            form.show(error)
            status = status_of(error)
        else:
            return _after_password(person, target)
    return render_template("auth/sign_in.html", form=form), status


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """The second step: a code of the app, or a recovery code."""
    person = _pending_person()
    if person is None:
        return redirect(url_for("auth.sign_in"))
    form = CodeForm()
    status = 200
    if form.is_accepted():
        try:
            second_factor.check(current_vault(), person.id, form.code.data or "")
        except (Invalid, Throttled) as error:
            form.show(error)
            status = status_of(error)
        else:
            return _finish(person, own_path(session.get("next")))
    return render_template("auth/code.html", form=form), status


@blueprint.post("/sign-out")
@before_enrolment
def sign_out() -> ResponseReturnValue:
    leave()
    return redirect(url_for("auth.sign_in"))


@blueprint.route("/confirm", methods=["GET", "POST"])
@before_enrolment
def confirm() -> ResponseReturnValue:
    """Asks for password and second factor once more before what could lock the person out."""
    person, vault = current_person(), current_vault()
    target = own_path(request.args.get("next")) or url_for("profile.index")
    form = ConfirmForm()
    status = 200
    if not person.has_second_factor:
        del form.code
    if form.is_accepted():
        try:
            signing_in.confirm_password(vault, person, form.password.data or "", request.remote_addr or "")
            if person.has_second_factor:
                second_factor.check(vault, person.id, form.code.data or "")
        except (Invalid, Throttled) as error:
            form.show(error)
            status = status_of(error)
        else:
            note_confirmed(vault)
            return redirect(target)
    return render_template("auth/confirm.html", form=form), status


def _after_password(person: Person, target: str | None) -> ResponseReturnValue:
    if not person.has_second_factor:
        return _finish(person, target)
    pending = cast(ServerSession, session)
    pending.renew()
    noted = (person.id, person.credentials_version, current_vault().clock().isoformat())
    pending.update(pending=list(noted), next=target)
    return redirect(url_for("auth.code"))


def _pending_person() -> Person | None:
    """Whoever has given the right password a moment ago and still owes the second factor."""
    if "pending" not in session:
        return None
    user_id, version, since = session["pending"]
    if current_vault().clock() - datetime.fromisoformat(since) > _PENDING_FOR:
        return None
    return users.signed_in(current_vault(), user_id, version)


def _finish(person: Person, target: str | None) -> ResponseReturnValue:
    vault = current_vault()
    begin_session(person)
    note_confirmed(vault)
    signing_in.record_sign_in(vault, person)
    return redirect(target or url_for("home.index"))
