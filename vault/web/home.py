"""The start: what could freeze the seller accounts, how ready they are, and what is due."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vault.db.queries.overview import COUNTED
from vault.db.queries.tasks import COUNT_LIMIT
from vault.domain.message import N_
from vault.domain.readiness import ReadinessPart
from vault.domain.roles import Permission
from vault.services import browsing, dashboard, trend
from vault.services.coverage.rules import coverage_rules
from vault.services.dashboard import TREND_DAYS, Dashboard
from vault.services.days import today
from vault.services.people import users
from vault.services.words import READINESS_PARTS
from vault.web import audit_words, words
from vault.web.audit_view import time_left
from vault.web.identity import current_actor, current_vault, public
from vault.web.lists import chosen
from vault.web.reports import month_name
from vault.web.subjects import subject_type

blueprint = Blueprint("home", __name__)

_ACCOUNTS_SHOWN = 20
_AUDITS_SHOWN, _LACKING_SHOWN, _REPORTS_SHOWN = 12, 8, 6

# How each part of readiness is reckoned.
RECKONED = {
    ReadinessPart.INVOICES: N_(
        "Of all products of the catalogue, those that stand on a document which passes its checklist."
    ),
    ReadinessPart.COVERAGE: N_(
        "Of all units that were sold, those that stand on invoices which count. Of a product with more units on invoices "
        "than sold, as many count as were sold; of one whose sales are not all known, none."
    ),
    ReadinessPart.SECURITY: N_("Of all duties that keep the seller account safe, those that are in order today."),
    ReadinessPart.ROUTINES: N_("Of all routines that run, those that were done when they were due last."),
    ReadinessPart.GAPS: N_("All of it while no critical task is open; each that is open takes a share away."),
}


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
        "home/account.html",
        overview=overview,
        today=today(vault),
        most=COUNTED,
        may_answer=actor.may(Permission.CORRECT, account_id),
        **_dashboard(board),
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
        "part_notes": RECKONED,
        "weights": current_vault().rules.readiness.weights,
        "subject_type": subject_type,
        "words": words,
        **_waiting(board),
        "tasks_drawn": trend.draw(
            first,
            last,
            [[(each.day, each.grave) for each in board.trend], [(each.day, each.overdue) for each in board.trend]],
        ),
        "readiness_drawn": trend.draw(first, last, [[(each.day, each.readiness) for each in board.trend]], most=100),
    }


def _waiting(board: Dashboard) -> dict[str, object]:
    """What waits for somebody besides tasks."""
    vault = current_vault()
    lacking = sorted((each for each in board.accounts if each.coverage), key=lambda each: each.coverage.gravity)
    return {
        "lacking": lacking,
        "most_audits": _AUDITS_SHOWN,
        "most_lacking": _LACKING_SHOWN,
        "most_reports": _REPORTS_SHOWN,
        "coverage_days": coverage_rules(vault.rules),
        "audit_words": audit_words,
        "time_left": lambda deadline: time_left(deadline, vault.clock()),
        "month_name": month_name,
    }


def _trend_days() -> int:
    return int(chosen("days", map(str, TREND_DAYS)) or TREND_DAYS[0])
