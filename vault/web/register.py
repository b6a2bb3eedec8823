"""The register of a seller account, and of the other accounts that are known: values masked, shown in full on purpose."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.db.entities.register import RegisterEntry
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.register import OPEN_KINDS, AttributeKind
from vault.domain.roles import Permission
from vault.services.register import account_standing, register
from vault.services.register import entries as register_entries
from vault.services.register.other_accounts import get_other
from vault.services.register.sharing import Sharer, shared_with
from vault.web import link_words, register_access, register_lists, register_others, register_words
from vault.web.confirmation import confirmed
from vault.web.forms import is_sent
from vault.web.identity import current_account, current_actor, current_vault
from vault.web.register_forms import DetailsForm, StandingForm, ValueForm
from vault.web.register_view import way_back
from vault.web.security import memory_only

blueprint = Blueprint("register", __name__, url_prefix="/a/<account_id>/register")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "register/index.html",
        register=register.read_register(current_vault(), actor, account_id),
        kinds=link_words.KINDS,
        states=register_words.STATUS,
        open_kinds=OPEN_KINDS,
        may_change=actor.may(Permission.MANAGE, account_id),
        may_reveal=actor.may(Permission.REVEAL, account_id),
    )


@blueprint.route("/standing", methods=["GET", "POST"])
def standing(account_id: str) -> ResponseReturnValue:
    actor, account = current_actor(), current_account()
    actor.require(Permission.MANAGE, account_id)
    form = StandingForm(status=account.status, since=account.status_since, health_rating=account.health_rating)
    form.prepare()
    if form.is_accepted():
        try:
            account_standing.change_standing(current_vault(), actor, account_id, form.standing())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Saved. What follows from it stands among the tasks."), "success")
            return redirect(url_for(".index"), 303)
    return render_template("register/standing.html", form=form), _status(form)


@blueprint.route("/add", methods=["GET", "POST"])
@blueprint.route("/others/<other_id>/add", methods=["GET", "POST"])
@memory_only
def add(account_id: str, other_id: str | None = None) -> ResponseReturnValue:
    """Saves at once a value that nobody else holds; warns of all others before."""
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.MANAGE, account_id)
    other = get_other(vault, actor, account_id, other_id) if other_id else None
    form = ValueForm(kind=request.args.get("kind", "")) if not is_sent() else ValueForm()
    form.prepare()
    shared: list[Sharer] = []
    if form.is_accepted():
        holder_id, kind, text = other_id or account_id, AttributeKind(form.kind.data), form.value.data or ""
        try:
            shared = [] if "anyway" in request.form else shared_with(vault, actor, kind, text, holder_id)
            if not shared:
                register_entries.add_entry(vault, actor, holder_id, kind, text, form.details())
                flash(gettext("Added to the register."), "success")
                return redirect(way_back(other_id), 303)
        except (Invalid, Conflict) as error:
            _show(form, error)
    status = 409 if shared else _status(form)
    return render_template(
        "register/add.html", form=form, other=other, shared=shared, kinds=link_words.KINDS, back=way_back(other_id)
    ), status


@blueprint.route("/entries/<entry_id>", methods=["GET", "POST"])
def change(account_id: str, entry_id: str) -> ResponseReturnValue:
    entry, back = _entry(account_id, entry_id, Permission.MANAGE)
    form = DetailsForm(obj=entry)
    if form.is_accepted():
        try:
            register_entries.change_entry(current_vault(), current_actor(), entry_id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Changed."), "success")
            return redirect(back, 303)
    return render_template("register/change.html", form=form, entry=entry, kinds=link_words.KINDS, back=back), _status(
        form
    )


@blueprint.post("/entries/<entry_id>/end")
def end(account_id: str, entry_id: str) -> ResponseReturnValue:
    _, back = _entry(account_id, entry_id, Permission.MANAGE)
    try:
        register_entries.end_entry(current_vault(), current_actor(), entry_id)
    except Invalid:
        flash(gettext("It has not begun yet, so it cannot have ended. Change its days instead."), "error")
    else:
        flash(gettext("Ended today. It stays in the register: what was shared once is remembered."), "success")
    return redirect(back, 303)


@blueprint.post("/entries/<entry_id>/remove")
def remove(account_id: str, entry_id: str) -> ResponseReturnValue:
    _, back = _entry(account_id, entry_id, Permission.MANAGE)
    register_entries.remove_entry(current_vault(), current_actor(), entry_id)
    flash(gettext("Removed from the register."), "success")
    return redirect(back, 303)


@blueprint.post("/entries/<entry_id>/reveal")
@confirmed
def reveal(account_id: str, entry_id: str) -> ResponseReturnValue:
    """The value in full, in the answer to a deliberate click; no address leads back to it."""
    _, back = _entry(account_id, entry_id, Permission.REVEAL)
    entry, value = register_entries.reveal(current_vault(), current_actor(), entry_id)
    return render_template("register/revealed.html", entry=entry, value=value, kinds=link_words.KINDS, back=back)


def _entry(account_id: str, entry_id: str, permission: Permission) -> tuple[RegisterEntry, str]:
    """The entry, and the page that lists it."""
    entry = register_entries.get_entry(current_vault(), current_actor(), entry_id, permission)
    if entry.account_id != account_id:
        raise NotFound()
    return entry, way_back(None if entry.holder_id == account_id else entry.holder_id)


def _show(form: ValueForm, error: Invalid | Conflict) -> None:
    form.show(Invalid(error.message.text, {"value": error.message}) if not _names_a_field(error) else error)


def _names_a_field(error: Invalid | Conflict) -> bool:
    return isinstance(error, Invalid) and bool(error.problems)


def _status(form: DetailsForm | StandingForm) -> int:
    return 422 if form.errors or form.form_errors else 200


for part in (register_lists, register_access, register_others):
    blueprint.register_blueprint(part.blueprint)
