"""Coverage: how far the invoices of each product cover what was sold of it, and until when."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vault.db.entities.sales import CoverageState
from vault.db.queries.coverages import CoverageSort
from vault.domain.roles import Permission
from vault.services.coverage import pages
from vault.services.trend import draw
from vault.web.coverage_words import EXCLUDED, SORTS, STATES
from vault.web.identity import current_actor, current_vault
from vault.web.lists import chosen, page_addresses

blueprint = Blueprint("coverage", __name__, url_prefix="/a/<account_id>/coverage")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    sought = request.args.get("q", "").strip()[:200]
    state, sort, is_soon = chosen("state", STATES), chosen("sort", SORTS), request.args.get("lapses") == "soon"
    found = pages.list_products(
        current_vault(),
        actor,
        account_id,
        CoverageState(state) if state else None,
        sought,
        CoverageSort(sort or CoverageSort.GRAVEST),
        request.args.get("at"),
        is_soon=is_soon,
    )
    return render_template(
        "coverage/index.html",
        found=found,
        sought=sought,
        state=state,
        is_soon=is_soon,
        sort=sort,
        states=STATES,
        sorts=SORTS,
        pages=page_addresses(found.page),
        may_import=actor.may(Permission.IMPORT, account_id),
    )


@blueprint.get("/<asin>")
def show(account_id: str, asin: str) -> ResponseReturnValue:
    actor = current_actor()
    ledger = pages.show_product(current_vault(), actor, account_id, asin)
    return render_template(
        "coverage/show.html",
        ledger=ledger,
        coverage=ledger.standing.facts.coverage,
        drawn=draw(ledger.first, ledger.standing.facts.coverage.as_of, (ledger.bought, ledger.sold)),
        states=STATES,
        reasons=EXCLUDED,
        may_import=actor.may(Permission.IMPORT, account_id),
        may_upload=actor.may(Permission.UPLOAD, account_id),
    )
