"""The calm page of a day: what is one's turn now, and what is done already."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vault.services.routines.today import read_day
from vault.web.cadence_words import SIGNS
from vault.web.identity import current_actor, current_vault

blueprint = Blueprint("today", __name__)


@blueprint.get("/today")
def everywhere() -> ResponseReturnValue:
    """In all the seller accounts that the person sees."""
    return render_template("routines/today.html", day=read_day(current_vault(), current_actor()), signs=SIGNS)


@blueprint.get("/a/<account_id>/today")
def account(account_id: str) -> ResponseReturnValue:
    """In one seller account, with the duties of the others."""
    found = read_day(current_vault(), current_actor(), account_id)
    return render_template("routines/today.html", day=found, signs=SIGNS)
