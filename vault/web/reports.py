"""Monthly compliance reports: the list, one report as a page and as files, and its signature."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.roles import Permission
from vault.services.reports import readers, reports
from vault.services.reports import words as monthly_words
from vault.services.reports.comparing import compare
from vault.services.reports.files import as_csv, as_json, filename
from vault.services.reports.months import last_day, month_before, read_month, running_month, written
from vault.services.reports.printing import printed
from vault.services.reports.reports import OpenReport
from vault.services.trend import Chart, draw
from vault.services.words import READINESS_PARTS
from vault.web import audit_words, coverage_words, link_words
from vault.web.attachments import attachment
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault
from vault.web.journal_words import MACHINES
from vault.web.subjects import subject_type
from vault.web.words import CHECKS

blueprint = Blueprint("reports", __name__, url_prefix="/a/<account_id>/reports")

_TYPES = {"json": "application/json", "csv": "text/csv", "html": "text/html", "pdf": "application/pdf"}


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    running = running_month(vault)
    return render_template(
        "reports/index.html",
        found=reports.list_reports(vault, actor, account_id),
        month_name=month_name,
        machines=MACHINES,
        last=written(month_before(running)),
        running=written(running),
        may_make=actor.may(Permission.CORRECT, account_id),
    )


@blueprint.post("")
def make(account_id: str) -> ResponseReturnValue:
    """Makes the report of the month that was chosen, and says where nothing has changed since the latest one."""
    try:
        made = reports.make(current_vault(), current_actor(), account_id, read_month(request.form.get("month", "")))
    except Invalid as error:
        flash(say(error.message), "error")
        return redirect(url_for(".index"), 303)
    if made.is_new:
        flash(gettext("The report is made."), "success")
    else:
        flash(gettext("Nothing has changed since this report was made, so no other one is."), "success")
    return redirect(url_for(".show", report_id=made.report.id), 303)


@blueprint.post("/mail")
def mail(account_id: str) -> ResponseReturnValue:
    wanted = request.form.get("wanted") == "yes"
    readers.want_by_mail(current_vault(), current_actor(), account_id, wanted)
    if wanted:
        flash(gettext("Each report is mailed to you when it is made."), "success")
    else:
        flash(gettext("Reports are no longer mailed to you."), "success")
    return redirect(url_for(".index"), 303)


@blueprint.get("/<report_id>")
def show(account_id: str, report_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    opened = reports.read_report(vault, actor, account_id, report_id)
    return render_template(
        "reports/show.html",
        **_view(opened),
        with_links=True,
        may_make=actor.may(Permission.CORRECT, account_id),
        may_sign=actor.may(Permission.MANAGE, account_id),
    )


@blueprint.get("/<report_id>/files/<format_>")
def file(account_id: str, report_id: str, format_: str) -> ResponseReturnValue:
    """The report to be kept elsewhere, as `actor` may read it."""
    if format_ not in _TYPES:
        raise NotFound()
    opened = reports.read_report(current_vault(), current_actor(), account_id, report_id)
    answer = Response(_file(opened, format_), mimetype=_TYPES[format_])
    answer.headers["Content-Disposition"] = attachment(filename(opened.report, format_))
    return answer


def _file(opened: OpenReport, format_: str) -> bytes:
    if format_ == "json":
        return as_json(opened.report, opened.figures)
    if format_ == "csv":
        return as_csv(opened.figures)
    view = _view(opened)
    html = render_template("reports/alone.html", **view, with_links=False)
    if format_ == "html":
        return html.encode()
    title = gettext("Report of %(month)s", month=view["month"])
    return printed(current_vault(), html, title, str(get_locale()))


@blueprint.post("/<report_id>/signature")
def sign(account_id: str, report_id: str) -> ResponseReturnValue:
    note = request.form.get("note", "")
    try:
        reports.sign(current_vault(), current_actor(), account_id, report_id, note)
    except (Invalid, Conflict) as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("Signed."), "success")
    return redirect(url_for(".show", report_id=report_id, _anchor="signature"), 303)


def month_name(month: date) -> str:
    """``October 2026`` in the reader's language."""
    return str(format_skeleton("yMMMM", month, locale=get_locale()))


def _view(opened: OpenReport) -> dict[str, Any]:
    """What the page and the file show alike."""
    report, figures = opened.report, opened.figures
    return {
        "opened": opened,
        "report": report,
        "happened": figures["happened"],
        "standing": figures["standing"],
        "made": figures["made"],
        "no_source": figures["no_source"],
        "changes": compare(opened.before_figures, figures) if opened.before_figures else None,
        "ready_drawn": _drawn(report.month, figures, {"readiness": 100}),
        "tasks_drawn": _drawn(report.month, figures, {"grave": 0, "overdue": 0}),
        "month": month_name(report.month),
        "month_name": month_name,
        "machines": MACHINES,
        "words": monthly_words,
        "parts": READINESS_PARTS,
        "checks": CHECKS,
        "coverage_states": coverage_words.STATES,
        "link_kinds": link_words.KINDS,
        "audit_kinds": audit_words.KINDS,
        "audit_states": audit_words.STATES,
        "subject_type": subject_type,
    }


def _drawn(month: date, figures: Mapping[str, Any], tops: Mapping[str, int]) -> Chart:
    """The lines of these figures over the days of the month; a figure's top where it has one."""
    days = [(date.fromisoformat(row["day"]), row) for row in figures["happened"]["days"]]
    return draw(month, last_day(month), [[(day, row[name]) for day, row in days] for name in tops], max(tops.values()))
