"""Tasks: what somebody has to do, the most urgent first; set aside with a reason where it does not matter."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.db.entities.work import TaskState
from vault.db.queries.tasks import COUNT_LIMIT, TaskFilter
from vault.domain.errors import Invalid, VaultError
from vault.domain.findings import Severity
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.services import browsing, waivers
from vault.services.days import today
from vault.web import words
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault, own_path
from vault.web.lists import chosen, page_addresses, with_filters

blueprint = Blueprint("tasks", __name__, url_prefix="/a/<account_id>/tasks")

_DUE = {"overdue": N_("Overdue"), "week": N_("Within a week")}
_TABS = (TaskState.OPEN, TaskState.WAIVED, TaskState.DONE)
_WEEK = timedelta(days=7)


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    now, due = today(vault), chosen("due", _DUE)
    state = chosen("state", list(TaskState)) or TaskState.OPEN
    wanted = TaskFilter(
        state=state,
        severity=chosen("severity", list(Severity)),
        check_id=request.args.get("check", "")[:60],
        due_from=now if due == "week" else None,
        due_before={"overdue": now, "week": now + _WEEK}.get(due),
    )
    found = browsing.list_tasks(vault, actor, account_id, wanted, request.args.get("at"))
    return render_template(
        "tasks/index.html",
        found=found,
        wanted=wanted,
        due=due,
        due_choices=_DUE,
        many=COUNT_LIMIT,
        today=now,
        tabs=[(each.value, with_filters(state=each, check=None)) for each in _TABS],
        pages=page_addresses(found.page.page),
        words=words,
        may_waive=actor.may(Permission.MANAGE, account_id),
    )


@blueprint.post("/<task_id>/waive")
def waive(account_id: str, task_id: str) -> ResponseReturnValue:
    try:
        until = date.fromisoformat(request.form.get("until", ""))
        waivers.waive(current_vault(), current_actor(), task_id, request.form.get("reason", ""), until, account_id)
    except ValueError:
        flash(gettext("Choose the day until which this gap does not matter."), "error")
    except Invalid as error:
        _say_why(error)
    else:
        flash(gettext("Waived. It opens again by itself after that day."), "success")
    return _back()


@blueprint.post("/<task_id>/unwaive")
def unwaive(account_id: str, task_id: str) -> ResponseReturnValue:
    try:
        waivers.unwaive(current_vault(), current_actor(), task_id, account_id)
    except Invalid as error:
        _say_why(error)
    else:
        flash(gettext("The task is open again."), "success")
    return _back()


def _say_why(error: VaultError) -> None:
    problems = error.problems.values() if isinstance(error, Invalid) else ()
    flash(" ".join(map(say, [error.message, *problems])), "error")


def _back() -> ResponseReturnValue:
    return redirect(own_path(request.form.get("next")) or url_for(".index"), 303)
