"""The emergency routine: one click and a confirmation to begin, then step by step."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.db.queries.documents import DocumentFilter
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.roles import Permission
from vault.domain.security import StepState
from vault.services import browsing
from vault.services.security import emergencies, emergency_pages
from vault.web.forms import is_sent
from vault.web.identity import current_actor, current_vault
from vault.web.refusals import say_why

blueprint = Blueprint("emergencies", __name__, url_prefix="/a/<account_id>/emergencies")


@blueprint.route("/open", methods=["GET", "POST"])
def open_(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.CORRECT, account_id)
    running = emergency_pages.running(vault, actor, account_id)
    if running is None and is_sent():
        try:
            running = emergencies.open_(vault, actor, account_id, request.form.get("noticed", "")).id
        except Conflict:  # somebody else was quicker
            running = emergency_pages.running(vault, actor, account_id)
        except Invalid as error:
            say_why(error)
            return redirect(url_for(".open_"), 303)
    if running is not None:
        return redirect(url_for(".show", emergency_id=running), 303)
    return render_template("emergencies/open.html", steps=emergency_pages.first_steps(vault))


@blueprint.get("/<emergency_id>")
def show(account_id: str, emergency_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    found = emergency_pages.read(vault, actor, account_id, emergency_id)
    is_opener = found.emergency.opened_by == actor.id
    return render_template(
        "emergencies/show.html",
        found=found,
        documents=browsing.list_documents(vault, actor, account_id, DocumentFilter()).page.rows
        if found.is_open
        else (),
        may_answer=found.is_open and actor.may(Permission.CORRECT, account_id),
        may_close=found.is_open and actor.may(Permission.MANAGE, account_id),
        may_call_off=found.is_open and (is_opener or actor.may(Permission.MANAGE, account_id)),
    )


@blueprint.post("/<emergency_id>/noticed")
def describe(account_id: str, emergency_id: str) -> ResponseReturnValue:
    try:
        emergencies.describe(
            current_vault(), current_actor(), account_id, emergency_id, request.form.get("noticed", "")
        )
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("Noted."), "success")
    return _back(emergency_id)


@blueprint.post("/<emergency_id>/steps/<step>")
def answer(account_id: str, emergency_id: str, step: str) -> ResponseReturnValue:
    try:
        state = StepState(request.form.get("state", ""))
    except ValueError:
        raise NotFound() from None
    note, document_id = request.form.get("note", ""), request.form.get("document_id") or None
    try:
        emergencies.answer(current_vault(), current_actor(), account_id, emergency_id, step, state, note, document_id)
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("Open again.") if state is StepState.OPEN else gettext("Recorded."), "success")
    return _back(emergency_id, f"step-{step}")


@blueprint.post("/<emergency_id>/close")
def close(account_id: str, emergency_id: str) -> ResponseReturnValue:
    try:
        emergencies.close(
            current_vault(), current_actor(), account_id, emergency_id, request.form.get("conclusion", "")
        )
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("The emergency routine is over. Everything that was done stays readable here."), "success")
    return _back(emergency_id)


@blueprint.post("/<emergency_id>/call-off")
def call_off(account_id: str, emergency_id: str) -> ResponseReturnValue:
    try:
        emergencies.call_off(
            current_vault(), current_actor(), account_id, emergency_id, request.form.get("conclusion", "")
        )
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("Called off. Its tasks are closed, and no password is due because of it."), "success")
    return _back(emergency_id)


def _back(emergency_id: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", emergency_id=emergency_id, _anchor=anchor), 303)
