"""The three views of the work list, of one seller account or of all that the person sees."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale

from vault.db.entities.work import TaskState
from vault.db.queries.tasks import COUNT_LIMIT, NOBODY
from vault.domain.roles import Permission
from vault.services.days import today
from vault.services.register import accounts
from vault.services.tasks import saved_filters, worklist
from vault.services.tasks.bulk import MOST
from vault.web import words
from vault.web.identity import current_actor, current_vault
from vault.web.lists import page_addresses, with_filters
from vault.web.subjects import SUBJECTS
from vault.web.task_lists import DUE, GROUPINGS, ME, SEVERITIES, choice_of, in_groups, kept_filters

_TABS = (TaskState.OPEN, TaskState.WAIVED, TaskState.DONE)
_YEARS = range(2000, 2100)


def list_page(account_id: str | None) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    choice, now = choice_of(vault, actor), today(vault)
    found = worklist.list_tasks(vault, actor, account_id, choice.wanted, request.args.get("at"), choice.grouping)
    people = {**found.people, **found.assignees}
    return render_template(
        "tasks/index.html",
        **_shared(account_id),
        found=found,
        people=people,
        groups=list(in_groups(found.page.page.rows, choice.grouping, now, people)),
        groupings=GROUPINGS,
        many=COUNT_LIMIT,
        most=MOST,
        tabs=[(each.value, with_filters(state=each, check=None, stage=None)) for each in _TABS],
        pages=page_addresses(found.page.page),
        undo_id=session.pop("undo_tasks", None),
        kept=saved_filters.list_filters(vault, actor, account_id),
        filters=kept_filters(),
    )


def board_page(account_id: str | None) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    board = worklist.read_board(vault, actor, account_id, choice_of(vault, actor).wanted)
    return render_template("tasks/board.html", **_shared(account_id), board=board, people=board.people)


def calendar_page(account_id: str | None) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    first = _month_of(request.args.get("month", ""), today(vault))
    month = worklist.read_month(vault, actor, account_id, choice_of(vault, actor).wanted, first)
    weeks = calendar.Calendar(get_locale().first_week_day).monthdatescalendar(first.year, first.month)
    return render_template(
        "tasks/calendar.html",
        **_shared(account_id),
        month=month,
        people=month.people,
        first=first,
        weeks=weeks,
        weekdays=[format_date(day, "EEE") for day in weeks[0]],
        month_title=format_date(first, "LLLL y"),
        earlier=with_filters(month=_name(first - timedelta(days=1))),
        later=with_filters(month=_name(first + timedelta(days=31))),
    )


def _shared(account_id: str | None) -> dict[str, object]:
    """What every view of the list needs."""
    vault, actor = current_vault(), current_actor()
    choice = choice_of(vault, actor)
    permissions = {
        each: actor.may(each, account_id) if account_id else any(actor.may(each, seen) for seen in actor.account_ids)
        for each in (Permission.CORRECT, Permission.MANAGE)
    }
    return {
        "choice": choice,
        "account_names": {} if account_id else {each.id: each.name for each in accounts.list_accounts(vault, actor)},
        "wanted": choice.wanted,
        "views": _views(account_id),
        "today": today(vault),
        "words": words,
        "me": ME,
        "nobody": NOBODY,
        "due_choices": DUE,
        "subjects": SUBJECTS,
        "severities": SEVERITIES,
        "may_work": permissions[Permission.CORRECT],
        "may_waive": permissions[Permission.MANAGE],
    }


def _views(account_id: str | None) -> Mapping[str, str]:
    """Addresses of the list, the board and the month, with the filters that stand."""
    area = "tasks" if account_id else "worklist"
    kept: dict[str, Any] = {name: value for name, value in kept_filters().items() if name != "group"}
    return {name: url_for(f"{area}.{name}", **kept) for name in ("index", "board", "calendar")}


def _month_of(name: str, now: date) -> date:
    """The first day of the month ``2026-11``; of this month where it is none."""
    try:
        first = date.fromisoformat(f"{name}-01")
    except ValueError:
        return now.replace(day=1)
    return first if first.year in _YEARS else now.replace(day=1)


def _name(day: date) -> str:
    return f"{day:%Y-%m}"
