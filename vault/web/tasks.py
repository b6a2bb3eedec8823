"""Tasks of a seller account: what somebody has to do, as a list, a board and a month; and each task on its page."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from vault.db.queries.documents import DocumentFilter
from vault.domain.errors import Invalid
from vault.domain.findings import Severity
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.days import today
from vault.services.tasks import comments as task_comments
from vault.services.tasks import pages as task_pages
from vault.services.tasks import tasks_work, waivers, worklist
from vault.services.tasks.changes import FURTHEST
from vault.services.tasks.tasks_work import ManualTask
from vault.web import words
from vault.web.forms import PageForm, at_most, required
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault, own_path
from vault.web.journal_words import ACTIONS, MACHINES
from vault.web.lists import page_addresses
from vault.web.refusals import say_why
from vault.web.subjects import subject_address, subject_type
from vault.web.task_lists import SEVERITIES, STAGES
from vault.web.task_views import board_page, calendar_page, list_page

blueprint = Blueprint("tasks", __name__, url_prefix="/a/<account_id>/tasks")


class TaskForm(PageForm):
    """A task that a person adds; `vault.services.tasks.tasks_work` checks it."""

    title = StringField(_l("What is to be done"), required(300))
    text = TextAreaField(_l("More about it"), at_most(4000), render_kw={"rows": 4})
    severity = SelectField(_l("Severity"), default=Severity.NORMAL)
    due_on = DateField(_l("Due"), [Optional()])
    assignee = SelectField(_l("Who does it"), [Optional()])


@blueprint.app_context_processor
def _subjects() -> dict[str, object]:
    """Rows of tasks stand on other pages too, and say what they are about."""
    return {"subject_type": subject_type, "stages": STAGES}


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    return list_page(account_id)


@blueprint.get("/board")
def board(account_id: str) -> ResponseReturnValue:
    return board_page(account_id)


@blueprint.get("/calendar")
def calendar(account_id: str) -> ResponseReturnValue:
    return calendar_page(account_id)


@blueprint.route("/add", methods=["GET", "POST"])
def add(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.CORRECT, account_id)
    form = TaskForm()
    form.severity.choices = [(each.value, say(text)) for each, text in SEVERITIES.items()]
    people = worklist.assignable(vault, actor, account_id)
    form.assignee.choices = [("", gettext("Nobody yet")), *people.items()]
    if form.is_accepted():
        entered = ManualTask(
            title=form.title.data or "",
            text=form.text.data or "",
            severity=Severity(form.severity.data),
            due_on=form.due_on.data,
            assignee_id=form.assignee.data or None,
        )
        try:
            task = tasks_work.add_task(vault, actor, account_id, entered)
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Added. You close it yourself when it is done."), "success")
            return redirect(url_for(".show", task_id=task.id), 303)
    is_wrong = bool(form.errors or form.form_errors)
    return render_template("tasks/add.html", form=form), 422 if is_wrong else 200


@blueprint.get("/<task_id>")
def show(account_id: str, task_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    file = task_pages.read_task(vault, actor, account_id, task_id)
    task = file.task
    return render_template(
        "tasks/show.html",
        file=file,
        task=task,
        about=subject_type(task.subject_type),
        about_address=subject_address(task.subject_type, task.subject_id, account_id, _anchor_of(file)),
        is_manual=task.check_id == tasks_work.MANUAL,
        is_watching=actor.id in file.watchers,
        may_work=actor.may(Permission.CORRECT, account_id),
        may_waive=actor.may(Permission.MANAGE, account_id),
        may_change={each.id for each in file.comments if task_comments.can_change(vault, actor, each)},
        pieces=lambda comment: task_comments.pieces(comment.text, file.readers.values()),
        editing=request.args.get("edit", ""),
        today=today(vault),
        furthest=today(vault) + FURTHEST,
        words=words,
        actions=ACTIONS,
        machines=MACHINES,
    )


@blueprint.get("/<task_id>/documents")
def documents(account_id: str, task_id: str) -> ResponseReturnValue:
    """Documents of the account to choose from, for the task."""
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.CORRECT, account_id)
    file = task_pages.read_task(vault, actor, account_id, task_id)
    sought = request.args.get("q", "").strip()[:200]
    found = browsing.list_documents(vault, actor, account_id, DocumentFilter(text=sought), token=request.args.get("at"))
    return render_template(
        "tasks/documents.html",
        task=file.task,
        found=found,
        sought=sought,
        attached={document.id for document in file.attachments},
        pages=page_addresses(found.page),
    )


@blueprint.post("/<task_id>/waive")
def waive(account_id: str, task_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    try:
        until = date.fromisoformat(request.form.get("until", ""))
        waivers.waive(vault, actor, task_id, request.form.get("reason", ""), until, account_id)
    except ValueError:
        flash(gettext("Choose the day until which this gap does not matter."), "error")
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("Waived. It opens again by itself after that day."), "success")
    return _back()


@blueprint.post("/<task_id>/unwaive")
def unwaive(account_id: str, task_id: str) -> ResponseReturnValue:
    try:
        waivers.unwaive(current_vault(), current_actor(), task_id, account_id)
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("The task is open again."), "success")
    return _back()


def _anchor_of(file: task_pages.TaskFile) -> str | None:
    """On a document's page the finding carries the task's name."""
    return f"task-{file.task.id}" if file.task.subject_type == "document" else None


def _back() -> ResponseReturnValue:
    return redirect(own_path(request.form.get("next")) or url_for(".index"), 303)
