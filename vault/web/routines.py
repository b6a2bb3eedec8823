"""Routines: what a seller account does again and again, who does it, and what became of it."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.roles import Permission
from vault.domain.routines import OccurrenceState, RoutineState
from vault.services.access import Actor
from vault.services.days import today
from vault.services.routines import attestations, routines
from vault.services.routines import pages as routine_pages
from vault.services.routines.attestations import Words
from vault.services.routines.pages import RoutineHistory
from vault.services.routines.plans import cadence_of
from vault.services.vault import Vault
from vault.web.cadence_words import SIGNS, say_cadence
from vault.web.identity import current_actor, current_vault, own_path
from vault.web.lists import day_of
from vault.web.refusals import say_why
from vault.web.routine_forms import RoutineForm, entered_values

blueprint = Blueprint("routines", __name__, url_prefix="/a/<account_id>/routines")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    return render_template(
        "routines/index.html",
        found=routine_pages.list_routines(vault, actor, account_id),
        today=today(vault),
        may_manage=actor.may(Permission.MANAGE, account_id),
        say_cadence=say_cadence,
        signs=SIGNS,
    )


@blueprint.post("/take-over")
def take_over(account_id: str) -> ResponseReturnValue:
    try:
        count = routines.take_over(current_vault(), current_actor(), account_id, request.form.getlist("kind"))
    except Invalid as error:
        say_why(error)
    else:
        flash(ngettext("%(num)s routine has begun.", "%(num)s routines have begun.", count), "success")
    return redirect(url_for(".index"), 303)


@blueprint.route("/add", methods=["GET", "POST"])
def add(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.MANAGE, account_id)
    form = RoutineForm(weekdays=[1, 2, 3, 4, 5], owner_id=actor.id)
    form.prepare(routine_pages.able_workers(vault, actor, account_id))
    if form.is_accepted():
        try:
            routine = routines.add(vault, actor, account_id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("The routine has begun."), "success")
            return redirect(url_for(".show", routine_id=routine.id), 303)
    return render_template("routines/add.html", form=form), 422 if form.errors or form.form_errors else 200


@blueprint.get("/<routine_id>")
def show(account_id: str, routine_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    found = routine_pages.read_history(vault, actor, account_id, routine_id, day_of("until"))
    return render_template(
        "routines/show.html",
        found=found,
        routine=found.routine,
        say_cadence=say_cadence,
        signs=SIGNS,
        may_manage=actor.may(Permission.MANAGE, account_id),
        may_attest=actor.may(Permission.CORRECT, account_id),
        is_latest="until" not in request.args,
    )


@blueprint.route("/<routine_id>/change", methods=["GET", "POST"])
def change(account_id: str, routine_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    routine = routine_pages.get_routine(vault, actor, account_id, routine_id)
    actor.require(Permission.MANAGE, account_id)
    form = RoutineForm(obj=routine, **entered_values(cadence_of(routine)))
    form.prepare(routine_pages.able_workers(vault, actor, account_id))
    if form.is_accepted():
        try:
            routines.change(vault, actor, account_id, routine_id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Changed. What was due before stays as it was."), "success")
            return redirect(url_for(".show", routine_id=routine_id), 303)
    status = 422 if form.errors or form.form_errors else 200
    return render_template("routines/change.html", form=form, routine=routine), status


@blueprint.post("/<routine_id>/pause")
def pause(account_id: str, routine_id: str) -> ResponseReturnValue:
    return _turn(routines.pause, account_id, routine_id, gettext("Paused. Nobody is asked for it until you resume it."))


@blueprint.post("/<routine_id>/resume")
def resume(account_id: str, routine_id: str) -> ResponseReturnValue:
    return _turn(routines.resume, account_id, routine_id, gettext("The routine goes on from today."))


@blueprint.post("/<routine_id>/end")
def end(account_id: str, routine_id: str) -> ResponseReturnValue:
    return _turn(routines.end, account_id, routine_id, gettext("The routine has ended. Its history stays."))


@blueprint.get("/<routine_id>/on/<due_on>")
def occurrence(account_id: str, routine_id: str, due_on: str) -> ResponseReturnValue:
    """One due date: attest it with a note and documents, or say why it is skipped."""
    vault, actor, due = current_vault(), current_actor(), _day(due_on)
    found = routine_pages.read_history(vault, actor, account_id, routine_id, due)
    actor.require(Permission.CORRECT, account_id)
    sought = request.args.get("q", "").strip()[:200]
    return render_template(
        "routines/occurrence.html",
        found=found,
        routine=found.routine,
        due=due,
        state=_state(found, due),
        sought=sought,
        documents=routine_pages.find_documents(vault, actor, account_id, sought),
        signs=SIGNS,
        next=own_path(request.args.get("next")) or url_for(".show", routine_id=routine_id),
    )


@blueprint.post("/<routine_id>/on/<due_on>/attest")
def attest(account_id: str, routine_id: str, due_on: str) -> ResponseReturnValue:
    said = Words(request.form.get("note", ""), request.form.getlist("document"))

    def do(vault: Vault, actor: Actor) -> None:
        attestations.attest(vault, actor, account_id, routine_id, _day(due_on), said)

    return _say(do, gettext("Attested. You can take it back today."), routine_id)


@blueprint.post("/<routine_id>/on/<due_on>/skip")
def skip(account_id: str, routine_id: str, due_on: str) -> ResponseReturnValue:
    def do(vault: Vault, actor: Actor) -> None:
        attestations.skip(vault, actor, account_id, routine_id, _day(due_on), request.form.get("note", ""))

    return _say(do, gettext("The reason is noted."), routine_id)


@blueprint.post("/<routine_id>/on/<due_on>/undo")
def undo(account_id: str, routine_id: str, due_on: str) -> ResponseReturnValue:
    def do(vault: Vault, actor: Actor) -> None:
        attestations.undo(vault, actor, account_id, routine_id, _day(due_on))

    return _say(do, gettext("Taken back."), routine_id)


def _turn(
    do: Callable[[Vault, Actor, str, str], None], account_id: str, routine_id: str, done: str
) -> ResponseReturnValue:
    try:
        do(current_vault(), current_actor(), account_id, routine_id)
    except Invalid as error:
        say_why(error)
    else:
        flash(done, "success")
    return redirect(url_for(".show", routine_id=routine_id), 303)


def _say(do: Callable[[Vault, Actor], None], done: str, routine_id: str) -> ResponseReturnValue:
    try:
        do(current_vault(), current_actor())
    except (Invalid, Conflict) as error:
        say_why(error)
    else:
        flash(done, "success")
    return redirect(own_path(request.form.get("next")) or url_for(".show", routine_id=routine_id), 303)


def _day(text: str) -> date:
    """The due date of an address. Raises NotFound for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound() from None


def _state(found: RoutineHistory, due: date) -> OccurrenceState | None:
    """What became of the due date so far; None where nothing is due on that day."""
    if due == found.ahead:
        return OccurrenceState.AHEAD
    if found.routine.state == RoutineState.ENDED:
        return None
    return next((entry.state for entry in found.entries if entry.due_on == due), None)
