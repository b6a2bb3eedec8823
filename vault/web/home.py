"""The start: sends everybody where they have something to do next."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vault.db.queries.overview import COUNTED
from vault.services import accounts, browsing, users
from vault.services.days import today
from vault.web import words
from vault.web.identity import current_actor, current_vault, public

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """The account used last, the only one, the choice between several, or what is missing before there is one."""
    if not current_user.is_authenticated:
        if not users.exist(current_vault()):
            return render_template("home/not_set_up.html")
        return redirect(url_for("auth.sign_in"))
    if current_user.person.must_enrol:
        return redirect(url_for("profile.enrol"))
    actor = current_actor()
    seen = accounts.list_accounts(current_vault(), actor)
    used_last = session.get("account_id")
    if len(seen) == 1 or used_last in actor.account_ids:
        return redirect(url_for("home.account", account_id=seen[0].id if len(seen) == 1 else used_last))
    if not seen and actor.is_administrator:
        return redirect(url_for("accounts.open_account"))
    return render_template("home/choose.html")


@blueprint.get("/a/<account_id>/")
def account(account_id: str) -> ResponseReturnValue:
    """The first page of a seller account: what needs somebody now."""
    vault, actor = current_vault(), current_actor()
    return render_template(
        "home/account.html",
        overview=browsing.read_overview(vault, actor, account_id),
        today=today(vault),
        most=COUNTED,
        words=words,
    )
