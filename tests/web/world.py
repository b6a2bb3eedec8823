"""Two seller accounts with one of everything in each, and people in every role."""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct, SellerAccount, Supplier
from vault.db.entities.documents import Blob, Document, DocumentLine, DocumentState, UploadBatch
from vault.db.entities.people import Invitation, Membership, User
from vault.db.entities.work import Task, TaskState
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.vault import Vault

FORM_KEY = "0" * 40


@dataclass
class World:
    """`people` maps a name to a user id; `ours`, `theirs` map the parameters of addresses to ids."""

    people: dict[str, str] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


def make_world(vault: Vault) -> World:
    """Everybody has a second factor and, to be quick, nobody a password: `sign_in` opens their sessions."""
    world = World()
    with vault.database.transaction() as session:
        world.ours = _account_with_things(vault, session, "Ours")
        world.theirs = _account_with_things(vault, session, "Theirs")
        for role in Role:
            world.people[role.value] = _person(vault, session, role.value, world.ours["account_id"], role)
        world.people["stranger"] = _person(vault, session, "stranger", world.theirs["account_id"], Role.OWNER)
        world.people["administrator"] = _person(vault, session, "administrator", is_administrator=True)
        world.people["nobody"] = _person(vault, session, "nobody")
        chief = _person(vault, session, "chief", world.ours["account_id"], Role.OWNER, is_administrator=True)
        their_id = world.theirs["account_id"]
        session.add(Membership(user_id=chief, account_id=their_id, role=Role.OWNER, since=vault.clock()))
        world.people["chief"] = chief
    return world


def sign_in(app: Flask, user_id: str) -> tuple[FlaskClient, str]:
    """A browser in which somebody is signed in, and the token that its forms carry."""
    client = app.test_client()
    vault: Vault = app.extensions["vault"]
    with client.session_transaction() as session:
        session["_user_id"] = f"{user_id}:1"
        session["csrf_token"] = FORM_KEY
        session["confirmed_at"] = vault.clock().isoformat()
    return client, str(URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(FORM_KEY))


def _person(
    vault: Vault,
    session: Session,
    name: str,
    account_id: str | None = None,
    role: Role | None = None,
    is_administrator: bool = False,
) -> str:
    now = vault.clock()
    user = User(
        id=new_id(),
        email=f"{name}@{(account_id or 'x')[-6:]}.example",
        name=name.title(),
        is_administrator=is_administrator,
        totp_secret=vault.secrets.encrypt("JBSWY3DPEHPK3PXP"),
        created_at=now,
    )
    if account_id and role:
        user.memberships.append(Membership(account_id=account_id, role=role, since=now))
    session.add(user)
    session.flush()
    return user.id


def _account_with_things(vault: Vault, session: Session, name: str) -> dict[str, str]:
    now = vault.clock()
    account = SellerAccount(id=new_id(), name=name, legal_name=name, marketplaces=["FR"], created_at=now)
    session.add(account)
    session.flush()
    of_account = {"account_id": account.id}
    digest = sha256(name.encode()).hexdigest()
    supplier = Supplier(id=new_id(), **of_account, name=name, match_key=name, created_at=now)
    product = CatalogueProduct(
        id=new_id(), **of_account, asin="B0AAAAAAA1", title=name, created_at=now, updated_at=now
    )
    session.add_all([supplier, product, Blob(sha256=digest, size=3, stored_at=now)])
    session.flush()
    document = Document(
        id=new_id(),
        **of_account,
        sha256=digest,
        size=3,
        media_type="application/pdf",
        filename="invoice.pdf",
        uploaded_at=now,
        uploaded_by="x",
        state=DocumentState.JUDGED,
        page_count=1,
        supplier_id=supplier.id,
    )
    session.add(document)
    session.flush()
    line = DocumentLine(id=new_id(), document_id=document.id, position=0, description=name, candidates=[])
    task = Task(
        id=new_id(),
        **of_account,
        subject_type="document",
        subject_id=document.id,
        check_id="invoice.issue_date",
        outcome="fail",
        severity="high",
        title={"text": "Look", "params": {}},
        advice={"text": "Do", "params": {}},
        state=TaskState.OPEN,
        due_on=now.date(),
        opened_at=now,
    )
    batch = UploadBatch(id=new_id(), **of_account, created_by="x", created_at=now, expected=1)
    invitation = Invitation(
        id=new_id(),
        token_hash=sha256(account.id.encode()).hexdigest(),
        email="invited@x.example",
        grants={"administrator": False, "roles": {account.id: Role.AUDITOR}},
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    session.add_all([line, task, batch, invitation])
    member_id = _person(vault, session, "member", account.id, Role.ASSISTANT)
    return {
        "account_id": account.id,
        "document_id": document.id,
        "supplier_id": supplier.id,
        "product_id": product.id,
        "task_id": task.id,
        "batch_id": batch.id,
        "invitation_id": invitation.id,
        "user_id": member_id,
    }
