"""Monthly compliance reports: the list, one report as a page and as files, and its signature."""

from datetime import date

from babel.dates import format_date, format_skeleton
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from vault.db.entities.work import JobState
from vault.domain.errors import Conflict, Invalid
from vault.domain.roles import Permission
from vault.services.reports import kept, readers, reports, signing
from vault.services.reports.files import filename
from vault.services.reports.months import month_before, read_month, running_month, written
from vault.services.reports.pages import page_of
from vault.services.reports.view import view_of
from vault.web.attachments import attachment, saved
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault
from vault.web.journal_words import MACHINES

blueprint = Blueprint("reports", __name__, url_prefix="/a/<account_id>/reports")


@blueprint.app_template_filter()
def month_name(month: date) -> str:
    """``October 2026`` in the reader's language."""
    return str(format_skeleton("yMMMM", month, locale=get_locale()))


@blueprint.app_template_filter()
def short_month(month: date) -> str:
    return str(format_date(month, "LLL", locale=get_locale()))


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    running = running_month(vault)
    return render_template(
        "reports/index.html",
        found=reports.list_reports(vault, actor, account_id),
        machines=MACHINES,
        last=written(month_before(running)),
        running=written(running),
        may_make=actor.may(Permission.CORRECT, account_id),
    )


@blueprint.post("")
def make(account_id: str) -> ResponseReturnValue:
    """Has the report of the month made that was chosen."""
    month = read_month(request.form.get("month", ""))
    try:
        latest = reports.ask(current_vault(), current_actor(), account_id, month)
    except Invalid as error:
        flash(say(error.message), "error")
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".making", month=written(month), before=latest), 303)


@blueprint.get("/months/<month>")
def making(account_id: str, month: str) -> ResponseReturnValue:
    """Shows that a report is being made, then leads to it. `before` is the one that was there when it was asked for."""
    vault, actor, wanted = current_vault(), current_actor(), read_month(month)
    state = reports.making_of(vault, actor, account_id, wanted)
    if state in (JobState.WAITING, JobState.RUNNING, JobState.FAILED):
        is_failed = state is JobState.FAILED
        return render_template("reports/making.html", month=wanted, written=month, is_failed=is_failed)
    latest = reports.find_report(vault, actor, account_id, wanted)
    if latest is None:
        return redirect(url_for(".index"), 303)
    if latest.id != request.args.get("before", ""):
        flash(gettext("The report is made."), "success")
    else:
        flash(gettext("Nothing has changed since this report was made, so no other one is."), "success")
    return redirect(url_for(".show", report_id=latest.id), 303)


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
    shown = kept.show(vault, actor, account_id, report_id)
    return render_template(
        "reports/show.html",
        **view_of(shown.opened, shown.signature),
        kept=shown.files,
        is_making=shown.is_making,
        machines=MACHINES,
        with_links=True,
        may_make=actor.may(Permission.CORRECT, account_id),
        may_sign=actor.may(Permission.MANAGE, account_id),
    )


@blueprint.get("/<report_id>/page")
def page(account_id: str, report_id: str) -> ResponseReturnValue:
    """The report as a page to be kept elsewhere, as the reader may see it, in the reader's language."""
    vault = current_vault()
    shown = kept.show(vault, current_actor(), account_id, report_id)
    answer = Response(page_of(vault, shown.opened, shown.signature, str(get_locale())), mimetype="text/html")
    answer.headers["Content-Disposition"] = attachment(filename(shown.opened.report, "html"))
    return answer


@blueprint.get("/<report_id>/files/<format_>")
def file(account_id: str, report_id: str, format_: str) -> ResponseReturnValue:
    """The kept file of this format, byte for byte: that with the signature, where there is one."""
    original = kept.open_file(current_vault(), current_actor(), account_id, report_id, format_)
    if original is None:
        flash(gettext("The files are being made. They appear here when they are ready."), "success")
        return redirect(url_for(".show", report_id=report_id, _anchor="files"), 303)
    return saved(original)


@blueprint.post("/<report_id>/signature")
def sign(account_id: str, report_id: str) -> ResponseReturnValue:
    note = request.form.get("note", "")
    try:
        signing.sign(current_vault(), current_actor(), account_id, report_id, note)
    except (Invalid, Conflict) as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("Signed."), "success")
    return redirect(url_for(".show", report_id=report_id, _anchor="signature"), 303)
