"""Who is asking: the signed-in person, what the person may do, and the seller account of the address."""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from vault.db.entities.accounts import SellerAccount
from vault.services.access import Actor
from vault.services.notices import notices
from vault.services.people import users
from vault.services.people.users import Person
from vault.services.register import accounts
from vault.services.vault import Vault
from vault.web.errors import SignInNeeded, wants_json
from vault.web.sessions import ServerSession

# With more seller accounts than these, a page names its own one only; the others come when they are asked for.
_ACCOUNTS_NAMED = 20

View = TypeVar("View", bound=Callable[..., Any])


class SignedIn(UserMixin):  # type: ignore[misc]
    """The person behind a session. Its id names the credentials that the session was opened with."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return f"{self.person.id}:{self.person.credentials_version}"


def current_vault() -> Vault:
    return cast(Vault, current_app.extensions["vault"])


def current_person() -> Person:
    """Raises SignInNeeded where nobody is signed in."""
    if not current_user.is_authenticated:
        raise SignInNeeded()
    return cast(Person, current_user.person)


def current_actor() -> Actor:
    return current_person().actor()


def current_account() -> SellerAccount:
    """The seller account of an address below ``/a/<account_id>/``, which this person may see."""
    return cast(SellerAccount, g.account)


def public(view: View) -> View:
    """Marks a view that anybody may call. All others need a signed-in person."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def before_enrolment(view: View) -> View:
    """Marks a view that stays open to a person who must first enrol a second factor."""
    view.is_before_enrolment = True  # type: ignore[attr-defined]
    return view


def begin_session(person: Person) -> None:
    """Signs `person` in, in a session with a new id."""
    cast(ServerSession, session).renew()
    login_user(SignedIn(person))


def leave() -> None:
    """Signs out: the session is deleted on the server and forgotten in the browser."""
    logout_user()
    cast(ServerSession, session).renew()


def own_path(target: str | None) -> str | None:
    """`target` when it is a path on this site, else None: nobody is sent elsewhere after signing in."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(character) < 0x20 for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def init_identity(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # phones change their address; sessions live on the server and end there
    manager.user_loader(_load)
    app.before_request(_admit)
    app.url_value_preprocessor(_note_account)
    app.url_defaults(_stay_in_account)
    app.context_processor(_frame)
    app.add_template_test(lambda endpoint: endpoint in app.view_functions, "page")


def _load(noted: str) -> SignedIn | None:
    user_id, _, version = noted.partition(":")
    person = users.signed_in(current_vault(), user_id, int(version)) if version.isdigit() else None
    return SignedIn(person) if person else None


def _admit() -> Response | None:
    """Nobody passes who is not signed in, except to public views; nothing of a foreign account exists."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "is_public", False):
        return None
    if not current_user.is_authenticated:
        if wants_json() or request.method != "GET":
            raise SignInNeeded()
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    if current_person().must_enrol and not getattr(view, "is_before_enrolment", False):
        return redirect(url_for("profile.enrol"))
    if "account_id" in g:
        g.account = accounts.get_account(current_vault(), current_actor(), g.account_id)
        if session.get("account_id") != g.account_id and request.method == "GET":
            session["account_id"] = g.account_id  # where the start page leads next time
    return None


def _note_account(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "account_id" in values:
        g.account_id = values["account_id"]


def _stay_in_account(endpoint: str, values: dict[str, Any]) -> None:
    """Lets a page below ``/a/<account_id>/`` link to its neighbours without naming the account."""
    if "account_id" in g and current_app.url_map.is_endpoint_expecting(endpoint, "account_id"):
        values.setdefault("account_id", g.account_id)


def _frame() -> dict[str, Any]:
    """What the frame around every page shows. `accounts`: the names to choose from, none where they are too many."""
    if not current_user.is_authenticated:
        return {"person": None, "actor": None, "account": None, "accounts": [], "accounts_count": 0, "unread": 0}
    person = current_person()
    actor = person.actor()
    count = len(actor.account_ids)
    return {
        "person": person,
        "actor": actor,
        "account": g.get("account"),
        "last_account": None if "account" in g else _last_account(actor),
        "accounts": accounts.list_accounts(current_vault(), actor) if count <= _ACCOUNTS_NAMED else [],
        "accounts_count": count,
        "unread": notices.count_unread(current_vault(), person.id),
    }


def _last_account(actor: Actor) -> SellerAccount | None:
    """The seller account that was looked at last: pages that are about all of them lead back to it."""
    account_id = session.get("account_id")
    return accounts.get_account(current_vault(), actor, account_id) if account_id in actor.account_ids else None
