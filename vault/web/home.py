"""The start: what could freeze the seller accounts, how ready they are, and what is due."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vault.db.queries.overview import COUNTED
from vault.db.queries.tasks import COUNT_LIMIT
from vault.services import browsing, dashboard, trend
from vault.services.dashboard import TREND_DAYS, Dashboard
from vault.services.days import today
from vault.services.people import users
from vault.services.words import READINESS_PARTS
from vault.web import words
from vault.web.identity import current_actor, current_vault, public
from vault.web.lists import chosen
from vault.web.subjects import subject_type

blueprint = Blueprint("home", __name__)

_ACCOUNTS_SHOWN = 20


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """All accounts that the person sees, the only one, or what is missing before there is one."""
    if not current_user.is_authenticated:
        if not users.exist(current_vault()):
            return render_template("home/not_set_up.html")
        return redirect(url_for("auth.sign_in"))
    if current_user.person.must_enrol:
        return redirect(url_for("profile.enrol"))
    vault, actor = current_vault(), current_actor()
    seen = actor.account_ids
    if len(seen) == 1:
        return redirect(url_for("home.account", account_id=seen[0]))
    if not seen:
        return (
            redirect(url_for("accounts.open_account")) if actor.is_administrator else render_template("home/none.html")
        )
    return render_template("home/dashboard.html", **_dashboard(dashboard.read(vault, actor, trend_days=_trend_days())))


@blueprint.get("/a/<account_id>/")
def account(account_id: str) -> ResponseReturnValue:
    """The first page of a seller account: what needs somebody now."""
    vault, actor = current_vault(), current_actor()
    overview = browsing.read_overview(vault, actor, account_id)
    board = dashboard.read(vault, actor, account_id, _trend_days())
    return render_template(
        "home/account.html", overview=overview, today=today(vault), most=COUNTED, **_dashboard(board)
    )


def _dashboard(board: Dashboard) -> dict[str, object]:
    first, last = board.trend[0].day if board.trend else board.day, board.day
    return {
        "board": board,
        "shown_accounts": board.accounts if request.args.get("all") else board.accounts[:_ACCOUNTS_SHOWN],
        "account_names": {each.account_id: each.name for each in board.accounts},
        "days": _trend_days(),
        "day_choices": TREND_DAYS,
        "many": COUNT_LIMIT,
        "part_names": READINESS_PARTS,
        "weights": current_vault().rules.readiness.weights,
        "subject_type": subject_type,
        "words": words,
        "tasks_drawn": trend.draw(
            first,
            last,
            [[(each.day, each.grave) for each in board.trend], [(each.day, each.overdue) for each in board.trend]],
        ),
        "readiness_drawn": trend.draw(first, last, [[(each.day, each.readiness) for each in board.trend]], most=100),
    }


def _trend_days() -> int:
    return int(chosen("days", map(str, TREND_DAYS)) or TREND_DAYS[0])
