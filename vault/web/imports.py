"""Importing Seller Central reports: what a file is, its header tells."""

from datetime import date
from typing import BinaryIO, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.checks.coverage.facts import Days
from vault.domain.errors import Invalid, Unreadable
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.catalogue import imports
from vault.services.sales.progress import how_far
from vault.web.errors import wants_json
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault
from vault.web.report_words import REPORTS
from vault.web.security import large_body

blueprint = Blueprint("imports", __name__, url_prefix="/a/<account_id>/imports")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    return render_template("imports/index.html", **_page(account_id))


@blueprint.post("")
@large_body
def create(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    actor.require(Permission.IMPORT, account_id)
    file = request.files.get("report")
    try:
        if file is None or not file.filename:
            raise Invalid(N_("No file was chosen. Choose the report as you downloaded it, then import."))
        stream = cast(BinaryIO, file.stream)
        done = imports.import_file(current_vault(), actor, account_id, stream, file.filename, covers=_covers())
    except (Invalid, Unreadable) as error:
        if wants_json():
            raise
        flash(say(error.message), "error")
        return render_template("imports/index.html", **_page(account_id)), 422
    if not done.is_new:
        flash(gettext("Exactly this file was imported before, so nothing has changed."), "success")
    return redirect(url_for(".show", import_id=done.report.id), 303)


@blueprint.get("/<import_id>")
def show(account_id: str, import_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    report, who = browsing.get_import(vault, actor, account_id, import_id)
    progress = how_far(vault, actor, account_id, import_id)
    return render_template("imports/show.html", report=report, who=who, words=REPORTS[report.kind], progress=progress)


def _covers() -> Days | None:
    """The days that an orders report covers, where the person says so. Raises Invalid for half an answer."""
    said = [request.form.get(name, "").strip() for name in ("covers_from", "covers_to")]
    if not any(said):
        return None
    try:
        first, last = (date.fromisoformat(text) for text in said)
    except ValueError:
        raise Invalid(N_("Say both days that the orders report covers, or neither.")) from None
    return Days(first, last)


def _page(account_id: str) -> dict[str, object]:
    vault, actor = current_vault(), current_actor()
    return {
        "recent": browsing.recent_imports(vault, actor, account_id),
        "may_import": actor.may(Permission.IMPORT, account_id),
        "reports": REPORTS,
        "has_documents": browsing.read_overview(vault, actor, account_id).has_documents,
    }
