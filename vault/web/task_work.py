"""What is done on a task's page: giving, moving, postponing, watching, finishing, commenting, attaching."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.db.entities.work import TaskStage
from vault.domain.errors import Invalid
from vault.services.tasks import attachments as task_attachments
from vault.services.tasks import comments as task_comments
from vault.services.tasks import tasks_work
from vault.services.tasks.changes import Change, assigning, moving, postponing
from vault.web.identity import current_actor, current_vault, own_path
from vault.web.refusals import say_why

blueprint = Blueprint("task_work", __name__, url_prefix="/a/<account_id>/tasks/<task_id>")


@blueprint.post("/assign")
def assign(account_id: str, task_id: str) -> ResponseReturnValue:
    return _change(account_id, task_id, assigning(request.form.get("assignee") or None), gettext("Handed over."))


@blueprint.post("/stage")
def stage(account_id: str, task_id: str) -> ResponseReturnValue:
    wanted = request.form.get("stage", "")
    if wanted == "done":
        return finish(account_id, task_id)
    if wanted not in set(TaskStage):
        flash(gettext("Choose how far the task is."), "error")
        return _back(task_id)
    return _change(account_id, task_id, moving(TaskStage(wanted)), gettext("Moved."))


@blueprint.post("/due")
def due(account_id: str, task_id: str) -> ResponseReturnValue:
    try:
        day = date.fromisoformat(request.form.get("due_on", ""))
    except ValueError:
        flash(gettext("Choose the day by which it is to be done."), "error")
        return _back(task_id)
    return _change(account_id, task_id, postponing(day), gettext("The due date is changed."))


@blueprint.post("/watch")
def watch(account_id: str, task_id: str) -> ResponseReturnValue:
    tasks_work.watch(current_vault(), current_actor(), task_id, request.form.get("watch") == "yes", account_id)
    return _back(task_id)


@blueprint.post("/finish")
def finish(account_id: str, task_id: str) -> ResponseReturnValue:
    return _attempt(
        task_id,
        lambda: tasks_work.finish(current_vault(), current_actor(), task_id, account_id),
        gettext("Done."),
    )


@blueprint.post("/reopen")
def reopen(account_id: str, task_id: str) -> ResponseReturnValue:
    return _attempt(
        task_id,
        lambda: tasks_work.reopen(current_vault(), current_actor(), task_id, account_id),
        gettext("The task is open again."),
    )


@blueprint.post("/comments")
def comment(account_id: str, task_id: str) -> ResponseReturnValue:
    text = request.form.get("text", "")
    return _attempt(
        task_id,
        lambda: task_comments.add_comment(current_vault(), current_actor(), task_id, text, account_id),
        gettext("Said."),
        "comments",
    )


@blueprint.post("/comments/<comment_id>")
def change_comment(account_id: str, task_id: str, comment_id: str) -> ResponseReturnValue:
    text, vault, actor = request.form.get("text", ""), current_vault(), current_actor()
    return _attempt(
        task_id,
        lambda: task_comments.edit_comment(vault, actor, task_id, comment_id, text, account_id),
        gettext("Changed."),
        "comments",
    )


@blueprint.post("/comments/<comment_id>/remove")
def remove_comment(account_id: str, task_id: str, comment_id: str) -> ResponseReturnValue:
    return _attempt(
        task_id,
        lambda: task_comments.remove_comment(current_vault(), current_actor(), task_id, comment_id, account_id),
        gettext("Removed."),
        "comments",
    )


@blueprint.post("/documents/<document_id>")
def attach(account_id: str, task_id: str, document_id: str) -> ResponseReturnValue:
    task_attachments.attach(current_vault(), current_actor(), task_id, document_id, account_id)
    flash(gettext("Attached."), "success")
    return _back(task_id)


@blueprint.post("/documents/<document_id>/remove")
def detach(account_id: str, task_id: str, document_id: str) -> ResponseReturnValue:
    task_attachments.detach(current_vault(), current_actor(), task_id, document_id, account_id)
    flash(gettext("Taken away from the task; the document itself stays."), "success")
    return _back(task_id)


def _change(account_id: str, task_id: str, change: Change, done: str) -> ResponseReturnValue:
    return _attempt(
        task_id,
        lambda: tasks_work.change_task(current_vault(), current_actor(), task_id, change, account_id),
        done,
    )


def _attempt(task_id: str, do: Callable[[], object], done: str, anchor: str | None = None) -> ResponseReturnValue:
    """Does it and says so; what a service refuses is said instead."""
    try:
        do()
    except Invalid as error:
        say_why(error)
    else:
        flash(done, "success")
    return _back(task_id, anchor)


def _back(task_id: str, anchor: str | None = None) -> ResponseReturnValue:
    page = url_for("tasks.show", task_id=task_id, _anchor=anchor)
    return redirect(own_path(request.form.get("next")) or page, 303)
