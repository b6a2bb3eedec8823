"""The one place where errors meet HTTP: every expected error becomes a page, or JSON for a script that asks."""

import structlog
from flask import Flask, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from vault.domain import errors
from vault.domain.message import N_, Message
from vault.web.i18n import say

_log = structlog.get_logger(__name__)


class SignInNeeded(errors.VaultError):
    """Nobody is signed in, or the session has ended."""

    code = "sign_in_needed"

    def __init__(self) -> None:
        super().__init__(N_("You are not signed in any more. Sign in and try again."))


# The first class that fits decides, so a subclass stands before its base.
_STATUS: tuple[tuple[type[errors.VaultError], int], ...] = (
    (SignInNeeded, 401),
    (errors.NotFound, 404),
    (errors.Forbidden, 403),
    (errors.Invalid, 422),
    (errors.Conflict, 409),
    (errors.Refused, 422),
    (errors.Unreadable, 422),
    (errors.Throttled, 429),
    (errors.OutOfSpace, 507),
    (errors.Unavailable, 503),
)
_RETRY_SECONDS = 5

_HTTP_TEXTS = {
    400: N_("The request could not be understood. Go back, reload the page and try again."),
    404: N_("There is nothing here that you can see. Check the address, or ask an owner for access."),
    405: N_("This address cannot be used that way. Go back and use the page's own buttons."),
    408: N_("The request took too long to arrive. Check the connection and try again."),
    413: N_("That is more than can be sent at once. Send less, or a smaller file."),
    429: N_("Too many requests. Wait a moment and try again."),
}
_TITLES = {
    403: N_("Not allowed"),
    404: N_("Nothing here"),
    409: N_("That changed meanwhile"),
    413: N_("Too large"),
    429: N_("Too fast"),
    503: N_("Not available right now"),
    507: N_("The store is full"),
}
_OTHER_TITLE = N_("That did not work")
_OTHER_TEXT = N_("The request could not be answered. Go back and try again.")
_FAULT_TEXT = N_(
    "Something went wrong on our side. Nothing was half done; try again, and tell the administrator if it stays."
)
_FORGED_TEXT = N_("This page was open for too long, or the request came from elsewhere. Reload the page and try again.")


def status_of(error: errors.VaultError) -> int:
    """The HTTP status that stands for `error`; 500 for a fault of the installation."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def wants_json() -> bool:
    """True for a script: it says so, or sends JSON."""
    if request.is_json or request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def init_errors(app: Flask) -> None:
    app.logger.disabled = True  # it names the path of what failed, and a path can be a secret; `_fault` says the rest
    app.register_error_handler(errors.VaultError, _expected)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _fault)


def _expected(error: errors.VaultError) -> ResponseReturnValue:
    status = status_of(error)
    if status == 500:
        _log.error("installation_fault", code=error.code, message=str(error.message))
    if isinstance(error, (errors.Forbidden, errors.Throttled)):
        _log.warning("refused", code=error.code, endpoint=request.endpoint, address=request.remote_addr)
    if isinstance(error, SignInNeeded) and not wants_json():
        return redirect(url_for("auth.sign_in"))
    problems = error.problems if isinstance(error, errors.Invalid) else {}
    response = current_app.make_response(_answer(status, error.code, error.message, problems))
    if isinstance(error, errors.Throttled):
        response.headers["Retry-After"] = str(error.seconds)
    elif isinstance(error, errors.Unavailable):
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
    return response


def _forged(error: CSRFError) -> ResponseReturnValue:
    return _answer(400, "stale_form", Message(_FORGED_TEXT))


def _wrong_host(error: SecurityError) -> ResponseReturnValue:
    # No page: without a trusted host there is no address to build links with.
    return (
        "This service is not known under that host name. Set VAULT_PUBLIC_URL.\n",
        400,
        {"Content-Type": "text/plain"},
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error  # a redirect, or a response that somebody has ready
    response = current_app.make_response(
        _answer(error.code, error.name.lower().replace(" ", "_"), Message(_HTTP_TEXTS.get(error.code, _OTHER_TEXT)))
    )
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _fault(error: InternalServerError) -> ResponseReturnValue:
    original = error.original_exception
    if isinstance(original, errors.VaultError):  # raised before the request could be dispatched
        return _expected(original)
    _log.error("fault", route=str(request.url_rule), exc_info=original or error)  # an address can be a secret
    return _answer(500, "fault", Message(_FAULT_TEXT))


def _answer(status: int, code: str, message: Message, problems: object = None) -> ResponseReturnValue:
    if wants_json():
        said = {name: say(text) for name, text in problems.items()} if isinstance(problems, dict) else {}
        return jsonify(error={"code": code, "message": say(message), "problems": said}), status
    page = "errors/error.html" if current_user.is_authenticated else "errors/stranger.html"
    title = gettext(_TITLES.get(status, _OTHER_TITLE))
    return render_template(page, status=status, code=code, title=title, message=message), status
