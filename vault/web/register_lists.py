"""Entering many values at once: pasted or from a file, looked at, then taken over."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from vault.domain.errors import Invalid
from vault.domain.roles import Permission
from vault.services.register import bulk as register_bulk
from vault.services.register.bulk import BulkRow, RowOutcome
from vault.services.register.other_accounts import get_other
from vault.services.register.sheet import text_of
from vault.web import link_words
from vault.web.identity import current_actor, current_vault
from vault.web.register_forms import ListForm
from vault.web.register_view import way_back
from vault.web.security import memory_only

blueprint = Blueprint("lists", __name__)


@blueprint.route("/list", methods=["GET", "POST"])
@blueprint.route("/others/<other_id>/list", methods=["GET", "POST"])
@memory_only
def enter(account_id: str, other_id: str | None = None) -> ResponseReturnValue:
    """A list is first shown as it was understood; sent again with `take`, it counts. Between the two it is kept nowhere."""
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.MANAGE, account_id)
    other = get_other(vault, actor, account_id, other_id) if other_id else None
    form = ListForm()
    rows: list[BulkRow] = []
    is_taken = "take" in request.form
    if form.is_accepted():
        form.values.data = _given(form)
        act = register_bulk.take if is_taken else register_bulk.preview
        try:
            rows = act(vault, actor, other_id or account_id, form.values.data.encode())
        except Invalid as error:
            form.show(error)
    if is_taken and rows:
        _say(rows)
        if not any(row.outcome is RowOutcome.PROBLEM for row in rows):
            return redirect(way_back(other_id), 303)
        form.values.data = ""
    return render_template(
        "register/list.html",
        form=form,
        rows=rows,
        other=other,
        is_taken=is_taken,
        kinds=link_words.KINDS,
        back=way_back(other_id),
    ), 422 if form.errors or form.form_errors else 200


def _given(form: ListForm) -> str:
    file = request.files.get("file")
    content = file.stream.read() if file and file.filename else b""
    return text_of(content) if content else form.values.data or ""


def _say(rows: list[BulkRow]) -> None:
    added = sum(row.outcome is RowOutcome.NEW for row in rows)
    flash(ngettext("%(num)s value was added.", "%(num)s values were added.", added), "success")
