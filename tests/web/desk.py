"""Somebody at the pages of one seller account, signed in without going through the sign-in."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from vault.db.entities.people import Membership, User
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.vault import Vault

_FORM_KEY = "0" * 40


@dataclass(frozen=True)
class Desk:
    """`token` is what the forms of this browser carry; addresses are below the seller account's."""

    client: FlaskClient
    token: str
    base: str

    def get(self, address: str, **options: object) -> TestResponse:
        return self.client.get(self.base + address, **options)  # type: ignore[arg-type]

    def post(self, address: str, /, headers: dict[str, str] | None = None, **form: object) -> TestResponse:
        return self.client.post(self.base + address, data={"csrf_token": self.token, **form}, headers=headers)

    @property
    def as_script(self) -> dict[str, str]:
        """The headers that a page's script sends."""
        return {"X-CSRFToken": self.token, "X-Requested-With": "fetch", "Accept": "application/json"}


def sit_down(app: Flask, user_id: str, account_id: str) -> Desk:
    """Opens a session for a person who is there."""
    vault: Vault = app.extensions["vault"]
    with vault.database.reading() as session:
        version = session.get_one(User, user_id).credentials_version
    client = app.test_client()
    with client.session_transaction() as web_session:
        web_session["_user_id"] = f"{user_id}:{version}"
        web_session["csrf_token"] = _FORM_KEY
    token = str(URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(_FORM_KEY))
    return Desk(client, token, f"/a/{account_id}")


def employ(app: Flask, account_id: str, role: Role) -> Desk:
    """A new person in this role, sitting at the account's pages."""
    vault: Vault = app.extensions["vault"]
    now = vault.clock()
    user = User(id=new_id(), email=f"{role}-{new_id()}@x.example", name=role.title(), created_at=now)
    user.totp_secret = vault.secrets.encrypt("JBSWY3DPEHPK3PXP")
    user.memberships.append(Membership(account_id=account_id, role=role, since=now))
    with vault.database.transaction() as session:
        session.add(user)
    return sit_down(app, user.id, account_id)
