"""What somebody outside sees of an audit: the way in with a link's secret, one page, and the originals that go in.

The secret stands behind the ``#`` of the link, which browsers keep to themselves: no log of any server on the way holds
it. A script of ours, or the guest by hand, sends it in a form; then a session on the server knows the guest, and asks
anew at each request whether that is still welcome.
"""

from datetime import datetime
from typing import Any, cast

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import StringField

from vault.domain.errors import Throttled
from vault.services.audits import guest_looks
from vault.services.audits.guest_looks import NotAdmitted
from vault.services.people.web_sessions import ABSOLUTE
from vault.web import audit_words
from vault.web.attachments import saved
from vault.web.audit_view import time_left
from vault.web.errors import status_of
from vault.web.forms import PageForm, required
from vault.web.identity import current_vault, public
from vault.web.letter_view import LETTERS
from vault.web.security import memory_only
from vault.web.sessions import ServerSession

blueprint = Blueprint("guests", __name__, url_prefix="/guest")

_LONGEST_LINK = 1000


class CodeForm(PageForm):
    code = StringField(
        _l("Link or code"), required(_LONGEST_LINK), render_kw={"autocomplete": "off", "spellcheck": "false"}
    )


@blueprint.after_request
def _keep_out_of_indexes(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.errorhandler(NotAdmitted)
def _not_admitted(error: NotAdmitted) -> ResponseReturnValue:
    """One and the same answer to every secret and every session that opens nothing, or nothing any more."""
    session.pop("guest", None)
    form = CodeForm()
    form.process()  # what was tried is not shown again
    form.show(error)
    return render_template("guests/enter.html", form=form), status_of(error)


@blueprint.route("", methods=["GET", "POST"])
@public
@memory_only
def enter() -> ResponseReturnValue:
    form, status = CodeForm(), 200
    if form.is_accepted():
        try:
            guest_id = guest_looks.admit(current_vault(), form.code.data or "", request.remote_addr or "")
        except Throttled as error:
            form.show(error)
            status = status_of(error)
        else:
            _begin(guest_id)
            return redirect(url_for(".show"), 303)
    return render_template("guests/enter.html", form=form), status


@blueprint.get("/audit")
@public
def show() -> ResponseReturnValue:
    if (guest_id := _guest_id()) is None:
        return redirect(url_for(".enter"))
    vault = current_vault()
    seen = guest_looks.look(vault, guest_id)
    deadline = seen.view.facts.deadline if seen.view.facts else None
    left = time_left(deadline, vault.clock())
    return render_template(
        "guests/show.html", view=seen.view, until=seen.until, left=left, words=audit_words, letter_words=LETTERS
    )


@blueprint.get("/audit/originals/<document_id>")
@public
def original(document_id: str) -> ResponseReturnValue:
    """The original as an attachment, byte for byte."""
    if (guest_id := _guest_id()) is None:
        return redirect(url_for(".enter"))
    return saved(guest_looks.open_original(current_vault(), guest_id, document_id))


@blueprint.post("/leave")
@public
def leave() -> ResponseReturnValue:
    session.pop("guest", None)
    return redirect(url_for(".enter"), 303)


def _begin(guest_id: str) -> None:
    """Lets the guest in, in a session with a new id. Somebody who works here stays signed in."""
    if not current_user.is_authenticated:
        cast(ServerSession, session).renew()
    session["guest"] = [guest_id, current_vault().clock().isoformat()]


def _guest_id() -> str | None:
    """Who was let in, in this browser and not too long ago."""
    noted: Any = session.get("guest")
    if noted is None:
        return None
    guest_id, since = noted
    return str(guest_id) if current_vault().clock() - datetime.fromisoformat(since) < ABSOLUTE else None
