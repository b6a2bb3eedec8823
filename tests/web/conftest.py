"""The web as a browser sees it, over a real database."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.first_use import Owner, make_owner
from tests.web.signing import STEP_SECONDS, current_code
from vault.app import create_app
from vault.services.vault import Vault

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """A browser that fills in forms as they stand in the page: with the hidden token that the page gave it."""

    client: FlaskClient
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, headers=self.headers, **options)  # type: ignore[arg-type]

    def post(self, path: str, page: str | None = None, **form: str) -> TestResponse:
        """Opens `page` (default: the form's own address), then sends the form to `path`."""
        found = _TOKEN.search(self.get(page or path).text)
        token = {"csrf_token": found[1]} if found else {}
        return self.client.post(path, data={**form, **token}, headers=self.headers)

    def cookie(self, name: str = "sellervault-8080") -> str:
        """The value of the session cookie; empty where there is none."""
        found = self.client.get_cookie(name)
        return found.value if found else ""

    def is_signed_in(self) -> bool:
        return self.get("/profile").status_code == 200

    def sign_in(self, vault: Vault, owner: Owner) -> TestResponse:
        """Both steps, as the owner."""
        self.post("/sign-in", email=owner.email, password=owner.password)
        return self.post("/sign-in/code", code=current_code(vault, owner))


@pytest.fixture
def app(vault: Vault) -> Flask:
    return create_app(vault=vault)


@pytest.fixture
def open_browser(app: Flask) -> Callable[[], Browser]:
    return lambda: Browser(app.test_client())


@pytest.fixture
def browser(open_browser: Callable[[], Browser]) -> Browser:
    return open_browser()


@pytest.fixture
def owner(vault: Vault, clock: Clock) -> Owner:
    """An administrator with a second factor; the clock has moved on since, so that the app shows a fresh code."""
    made = make_owner(vault)
    clock.advance(timedelta(seconds=STEP_SECONDS))
    return made
