"""Flask's session over the server-side rows of `vault.services.people.web_sessions`."""

from typing import Any, cast

from flask import Flask, Request, Response
from flask import session as current_session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from vault.domain.errors import Unavailable
from vault.services.people import web_sessions
from vault.services.vault import Vault


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """The data of one browser. `token` is what its cookie carries; `key` its hash, None before the first save.

    `outage`: why it could not be opened. Nobody is signed in then, and every page says so (`require_session`).
    """

    def __init__(
        self,
        token: str,
        initial: dict[str, Any] | None = None,
        key: str | None = None,
        outage: Unavailable | None = None,
    ) -> None:
        super().__init__(initial, _mark_modified)
        self.outage = outage
        self.token = token
        self.key = key
        self.new = key is None
        self.modified = False
        self.accessed = True
        self.left_behind: list[str] = []

    def renew(self) -> None:
        """Empties the session and gives it a new token: whoever knew the old one holds nothing any more."""
        self.left_behind.append(self.token)
        self.clear()
        self.token, self.key, self.new = web_sessions.new_token(), None, True
        self.modified = True

    @property
    def user_id(self) -> str | None:
        """Whose session this is, as flask-login notes it (``id:version``)."""
        noted = self.get("_user_id")
        return str(noted).partition(":")[0] if noted else None


def _mark_modified(session: CallbackDict[str, Any]) -> None:
    assert isinstance(session, ServerSession)
    session.modified = True


def require_session() -> None:
    """Raises Unavailable where the session of the request could not be opened."""
    opened = cast(ServerSession, current_session)
    if opened.outage:
        raise opened.outage


class ServerSessions(SessionInterface):
    """Opens and saves `ServerSession`s. A cookie that opens nothing is never adopted: the token is always ours."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        # A style sheet needs no session, and must come even when the database does not answer.
        is_page = not request.path.startswith(f"{app.static_url_path}/")
        token = request.cookies.get(self.get_cookie_name(app), "") if is_page else ""
        try:
            found = web_sessions.find(self._vault, token) if token else None
            if found is not None:
                web_sessions.touch(self._vault, found)
        except Unavailable as error:
            return ServerSession("", outage=error)
        return ServerSession(token, found.data, found.key) if found else ServerSession(web_sessions.new_token())

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)
        if session.outage:
            return
        for token in session.left_behind:
            web_sessions.end(self._vault, token)
        if not session.modified:
            return
        if not session:
            response.delete_cookie(self.get_cookie_name(app), path="/", secure=self.get_cookie_secure(app))
            return
        session.modified = False  # a page that says why it could not be kept does not try again
        if session.new:
            web_sessions.begin(self._vault, session.token, session.user_id, dict(session))
            self._set_cookie(app, session, response)
        else:
            web_sessions.save(self._vault, session.token, session.user_id, dict(session))

    def _set_cookie(self, app: Flask, session: ServerSession, response: Response) -> None:
        response.headers.add("Vary", "Cookie")
        response.set_cookie(
            self.get_cookie_name(app),
            session.token,
            path="/",
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite="Lax",
        )
