"""The work list over all seller accounts that a person sees; changes of many tasks at once; views that people keep."""

from datetime import date

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from vault.db.entities.work import TaskStage
from vault.domain.errors import Invalid, NotFound
from vault.domain.message import N_
from vault.services.tasks import bulk as task_bulk
from vault.services.tasks import saved_filters
from vault.services.tasks.changes import Change, assigning, moving, postponing, waiving
from vault.web.identity import current_actor, current_vault, own_path
from vault.web.refusals import say_why
from vault.web.task_lists import KEPT, ME
from vault.web.task_views import board_page, calendar_page, list_page

blueprint = Blueprint("worklist", __name__, url_prefix="/tasks")


@blueprint.get("")
def index() -> ResponseReturnValue:
    return list_page(None)


@blueprint.get("/board")
def board() -> ResponseReturnValue:
    return board_page(None)


@blueprint.get("/calendar")
def calendar() -> ResponseReturnValue:
    return calendar_page(None)


@blueprint.post("/change")
def change() -> ResponseReturnValue:
    """Makes one change to all ticked tasks, of whichever seller accounts they are."""
    try:
        made = task_bulk.change_many(current_vault(), current_actor(), request.form.getlist("task"), _wanted_change())
    except Invalid as error:
        say_why(error)
        return _back()
    session["undo_tasks"] = made.undo_id
    said = ngettext("%(num)d task changed.", "%(num)d tasks changed.", made.changed)
    if made.passed_over:
        said += " " + ngettext(
            "%(num)d was left as it is: it stands so already, or is done or waived.",
            "%(num)d were left as they are: they stand so already, or are done or waived.",
            made.passed_over,
        )
    flash(said, "success")
    return _back()


@blueprint.post("/undo")
def undo() -> ResponseReturnValue:
    try:
        made = task_bulk.undo(current_vault(), current_actor(), request.form.get("change", ""))
    except (Invalid, NotFound) as error:
        say_why(error)
    else:
        flash(ngettext("%(num)d task is as before.", "%(num)d tasks are as before.", made.changed), "success")
    return _back()


@blueprint.post("/views")
def keep_view() -> ResponseReturnValue:
    """Keeps the filters that stand, under a name; for everybody in the seller account where that is asked."""
    query = {name: request.form[name] for name in KEPT if request.form.get(name)}
    account_id = request.form.get("account") or None
    try:
        saved_filters.save_filter(
            current_vault(),
            current_actor(),
            account_id,
            request.form.get("name", ""),
            query,
            bool(request.form.get("shared")),
        )
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("Kept. It stands above the list."), "success")
    return _back()


@blueprint.post("/views/remove")
def remove_view() -> ResponseReturnValue:
    try:
        saved_filters.remove_filter(current_vault(), current_actor(), request.form.get("view", ""))
    except NotFound as error:
        say_why(error)
    else:
        flash(gettext("Removed."), "success")
    return _back()


def _wanted_change() -> Change:
    """The change that the pressed button stands for. Raises Invalid where its field is empty."""
    form = request.form
    try:
        match form.get("do"):
            case "assign":
                return assigning(_person(form.get("assignee", "")))
            case "stage":
                return moving(TaskStage(form.get("stage", "")))
            case "due":
                return postponing(date.fromisoformat(form.get("due_on", "")))
            case "waive":
                return waiving(form.get("reason", ""), date.fromisoformat(form.get("until", "")))
    except ValueError:
        pass
    raise Invalid(N_("Nothing was changed: choose what to change, and to what."))


def _person(name: str) -> str | None:
    return current_actor().id if name == ME else name or None


def _back() -> ResponseReturnValue:
    return redirect(own_path(request.form.get("next")) or url_for(".index"), 303)
