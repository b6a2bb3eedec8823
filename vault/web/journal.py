"""The journal of a seller account: what was done, by whom, and the proof that nothing was left out."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vault.services.journal import journal
from vault.services.journal.journal import JournalFilter
from vault.web.identity import current_actor, current_vault
from vault.web.journal_words import ACTIONS, AREAS, AREAS_OF_NO_ACCOUNT, MACHINES
from vault.web.lists import day_of, with_filters
from vault.web.words import CHECKS

blueprint = Blueprint("journal", __name__)


@blueprint.get("/a/<account_id>/journal")
def index(account_id: str) -> ResponseReturnValue:
    return _page(account_id, AREAS)


@blueprint.get("/journal")
def vault() -> ResponseReturnValue:
    """What belongs to no seller account: people signing in, being disabled … For administrators."""
    return _page(None, AREAS_OF_NO_ACCOUNT)


def _page(account_id: str | None, areas: Mapping[str, str]) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    wanted = JournalFilter(
        area=request.args.get("area", ""),
        actor=request.args.get("actor", ""),
        first=day_of("from"),
        last=day_of("to"),
    )
    page = journal.list_entries(vault, actor, account_id, wanted, request.args.get("before"))
    return render_template(
        "journal/index.html",
        page=page,
        older=with_filters(before=page.before) if page.before else None,
        actors=journal.list_actors(vault, actor, account_id),
        wanted=wanted,
        areas=areas,
        machines=MACHINES,
        actions=ACTIONS,
        checks=CHECKS,
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
