"""The journal of a seller account: what was done, by whom, and the proof that nothing was left out."""

from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vault.services import journal
from vault.services.journal import JournalFilter
from vault.web.identity import current_account, current_actor, current_vault
from vault.web.journal_words import ACTIONS, AREAS

blueprint = Blueprint("journal", __name__)


@blueprint.get("/a/<account_id>/journal")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor, account = current_vault(), current_actor(), current_account()
    wanted = JournalFilter(
        area=request.args.get("area", ""),
        actor=request.args.get("actor", ""),
        first=_day(request.args.get("from", "")),
        last=_day(request.args.get("to", "")),
    )
    before = request.args.get("before", type=int)
    return render_template(
        "journal/index.html",
        page=journal.list_entries(vault, actor, account.id, wanted, before),
        actors=journal.list_actors(vault, actor, account.id),
        wanted=wanted,
        before=before,
        areas=AREAS,
        actions=ACTIONS,
        may_export=journal.may_export(vault, actor),
    )


@blueprint.get("/journal/export")
def export() -> ResponseReturnValue:
    """The whole chain as a file that verifies without this software."""
    lines = journal.export_journal(current_vault(), current_actor())
    name = f"journal-{current_vault().clock():%Y%m%dT%H%M%SZ}.jsonl"
    return Response(
        lines, mimetype="application/jsonl", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
