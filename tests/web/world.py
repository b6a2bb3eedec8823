"""Two seller accounts with one of everything in each, and people in every role."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from hashlib import sha256

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from pypdf import PdfWriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.config import MEBIBYTE
from vault.db.entities.accounts import CatalogueProduct, ReportImport, SellerAccount, Supplier
from vault.db.entities.audits import Audit, AuditBundle, AuditEvent, AuditGuest, EventKind
from vault.db.entities.documents import (
    Blob,
    Correction,
    Document,
    DocumentLine,
    DocumentState,
    StoredReading,
    UploadBatch,
)
from vault.db.entities.further import FurtherAccount, FurtherPaper, FurtherValue, PaperPurpose
from vault.db.entities.letters import AuditRequest
from vault.db.entities.links import Link, LinkConfirmation, LinkExplanation
from vault.db.entities.notices import MailState, Notification
from vault.db.entities.people import Invitation, Membership, User
from vault.db.entities.register import AccessGrant, OtherAccount, RegisterEntry
from vault.db.entities.routines import Absence, Routine, RoutinePlan
from vault.db.entities.security import ControlAttestation, Emergency
from vault.db.entities.webhooks import Webhook
from vault.db.entities.work import Task, TaskState
from vault.db.entities.worklist import TaskAttachment, TaskComment
from vault.domain.audits import AuditKind, AuditState
from vault.domain.events import Event
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.readings import DocumentKind, Extracted, Fields, LineItem, Page, PageSource, Reading, Source
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.domain.routines import RoutineState
from vault.reading.amazon.kinds import ReportKind
from vault.services.access import TERMINAL, Actor
from vault.services.documents.readings import pack
from vault.services.notices.choices import NoticeKind
from vault.services.notices.digests import NOTICES, new_mail
from vault.services.notices.notices import tell
from vault.services.notices.reminder_words import news_of_task
from vault.services.register.values import read_value, seal
from vault.services.reports import reports
from vault.services.reports.months import month_before, running_month
from vault.services.vault import Vault
from vault.services.webhooks import outbox

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
        _tell(vault, session, world.ours, world.people["owner"])
        _tell(vault, session, world.theirs, world.people["stranger"])
    for things in (world.ours, world.theirs):
        things["report_id"] = _report(vault, things["account_id"])
    return world


def _report(vault: Vault, account_id: str) -> str:
    """That of the month before."""
    maker = Actor("x", "x", {account_id: Role.OWNER})
    return reports.make(vault, maker, account_id, month_before(running_month(vault))).report.id


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
    supplier = Supplier(id=new_id(), account_id=account.id, name=name, match_key=name, created_at=now)
    product = CatalogueProduct(
        id=new_id(), account_id=account.id, asin="B0AAAAAAA1", title=name, created_at=now, updated_at=now
    )
    session.add_all([supplier, product])
    session.flush()
    document = _document(vault, session, account.id, supplier.id, name)
    file = _further_account(vault, session, account.id)
    webhook = _webhook(vault, session, account.id)
    attestation = _attestation(vault, account.id)
    things = {
        "document_id": document,
        "task_id": _task(vault, account.id, document),
        "batch_id": UploadBatch(id=new_id(), account_id=account.id, created_by="x", created_at=now, expected=1),
        "import_id": _import(vault, account.id),
        "invitation_id": _invitation(vault, account.id),
        "supplier_id": supplier,
        "entry_id": _entry(vault, account.id),
        "grant_id": AccessGrant(id=new_id(), account_id=account.id, kind="person", name=name, created_at=now),
        "other_id": OtherAccount(id=new_id(), account_id=account.id, name=name, created_at=now),
        "product_id": product,
        "webhook_id": webhook,
        "delivery_id": outbox.put(session, vault, webhook, Event.PING, {}),
        "routine_id": _routine(vault, account.id),
        "attestation_id": attestation,
        "filed_paper_id": attestation,
        "emergency_id": _emergency(vault, account.id),
        "file_id": file,
        "paper_id": _paper(vault, file, document),
        "value_id": _planned_value(vault, file),
        "audit_id": _audit(vault, account.id, document),
    }
    session.add_all(things.values())
    session.flush()
    things["bundle_id"] = _bundle(vault, session, things["audit_id"].id)
    member_id = _person(vault, session, "member", account.id, Role.ASSISTANT)
    things["comment_id"] = _on_the_task(vault, session, things["task_id"], document, member_id)
    things["link_id"], explanation = _link(vault, session, account.id, things["other_id"].id)
    things["explanation_id"], things["confirmation_id"] = explanation, _confirmation(vault, session, explanation)
    things["guest_id"] = _guest(vault, session, things["audit_id"])
    things["request_id"] = _request(vault, session, things["audit_id"].id, supplier.id)
    things["absence_id"] = _absence(vault, session, account.id, member_id)
    return {"account_id": account.id, "user_id": member_id, **{name: thing.id for name, thing in things.items()}}


def _tell(vault: Vault, session: Session, things: dict[str, str], user_id: str) -> None:
    """A notification for this person, and a mail that was given up."""
    mail = new_mail(vault, user_id, NOTICES, new_id())
    mail.state = MailState.FAILED
    session.add(mail)
    task = session.get_one(Task, things["task_id"])
    body = Message(N_("Due tomorrow."))
    tell(session, vault, [(news_of_task(task, NoticeKind.REMINDER, "reminder", body), [user_id])])
    told = select(Notification.id).where(Notification.user_id == user_id)
    things["notice_id"], things["mail_id"] = session.scalars(told).one(), mail.id


def _document(vault: Vault, session: Session, account_id: str, supplier_id: str, text: str) -> Document:
    """One that was read and judged, its bytes in the store."""
    now = vault.clock()
    stored = vault.store.put(io.BytesIO(_page_saying(text)), limit=MEBIBYTE)
    session.add(Blob(sha256=str(stored.sha256), size=stored.size, stored_at=now))
    session.flush()
    document = Document(
        id=new_id(),
        account_id=account_id,
        sha256=str(stored.sha256),
        size=stored.size,
        media_type="application/pdf",
        filename="invoice.pdf",
        uploaded_at=now,
        uploaded_by="x",
        state=DocumentState.JUDGED,
        version=1,
        page_count=1,
        supplier_id=supplier_id,
    )
    session.add(document)
    session.flush()
    line = LineItem(description=Extracted(text, 0.9, Source.TEXT))
    reading = Reading(
        pages=(Page(1, PageSource.TEXT),),
        kind=Extracted(DocumentKind.INVOICE, 0.9, Source.TEXT),
        fields=Fields(),
        lines=(line,),
    )
    session.add(Correction(document_id=document.id, path="number", value="R-6", made_by="x", made_at=now))
    session.add(DocumentLine(document_id=document.id, position=0, description=text, candidates=[]))
    session.add(
        StoredReading(document_id=document.id, attempt=1, reader="test", payload=pack(reading), read_at=now, took_ms=1)
    )
    return document


@cache
def _page_saying(text: str) -> bytes:
    """A PDF of one empty page, different for each `text`."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": text})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _link(vault: Vault, session: Session, account_id: str, other_id: str) -> tuple[Link, LinkExplanation]:
    """The account and the other one that is known by it, and what explains them."""
    low, high = sorted((account_id, other_id))
    link = Link(id=new_id(), low_id=low, high_id=high, low_account_id=account_id, high_account_id=account_id)
    link.score, link.contributions, link.scored_at = 0, [], vault.clock()
    session.add(link)
    session.flush()
    explanation = LinkExplanation(id=new_id(), link_id=link.id, kind="other", reason="x", kinds=[], created_by="x")
    explanation.created_at = vault.clock()
    session.add(explanation)
    session.flush()
    return link, explanation


def _confirmation(vault: Vault, session: Session, explanation: LinkExplanation) -> LinkConfirmation:
    row = LinkConfirmation(
        id=new_id(), explanation_id=explanation.id, key="0" * 32, created_at=vault.clock(), created_by="x"
    )
    session.add(row)
    session.flush()
    return row


def _audit(vault: Vault, account_id: str, notice: Document) -> Audit:
    """One whose notice was confirmed."""
    now = vault.clock()
    audit = Audit(id=new_id(), account_id=account_id, kind=AuditKind.COMPROMISED, state=AuditState.GATHERING)
    audit.notice_document_id, audit.asked_for, audit.noticed_on = notice.id, [], now.date()
    audit.confirmed_at, audit.gathered_at, audit.created_at, audit.created_by = now, now, now, "x"
    return audit


def _guest(vault: Vault, session: Session, audit: Audit) -> AuditGuest:
    """Somebody outside who may look at the audit."""
    guest = AuditGuest(
        id=new_id(), audit_id=audit.id, name="Counsel", secret_hash=sha256(audit.id.encode()).hexdigest()
    )
    guest.created_at, guest.created_by, guest.expires_at = vault.clock(), "x", vault.clock() + timedelta(days=1)
    session.add(guest)
    session.flush()
    return guest


def _request(vault: Vault, session: Session, audit_id: str, supplier_id: str) -> AuditRequest:
    """A supplier who was asked."""
    now = vault.clock()
    event = AuditEvent(
        id=new_id(), audit_id=audit_id, kind=EventKind.WRITTEN, happened_at=now, made_at=now, made_by="x"
    )
    session.add(event)
    session.flush()
    request = AuditRequest(id=new_id(), audit_id=audit_id, supplier_id=supplier_id, asins=[], event_id=event.id)
    request.asked_at, request.asked_by = now, "x"
    session.add(request)
    session.flush()
    return request


def _bundle(vault: Vault, session: Session, audit_id: str) -> AuditBundle:
    bundle = AuditBundle(id=new_id(), audit_id=audit_id, options={}, made_at=vault.clock(), made_by="x")
    session.add(bundle)
    session.flush()
    return bundle


def _further_account(vault: Vault, session: Session, account_id: str) -> FurtherAccount:
    file = FurtherAccount(id=new_id(), account_id=account_id, name="Another", standing_of=[], created_by="x")
    file.created_at = vault.clock()
    session.add(file)
    session.flush()
    return file


def _paper(vault: Vault, file: FurtherAccount, document: Document) -> FurtherPaper:
    now = vault.clock()
    return FurtherPaper(
        id=new_id(), file_id=file.id, purpose=PaperPurpose.BRANDS, document_id=document.id, added_at=now, added_by="x"
    )


def _planned_value(vault: Vault, file: FurtherAccount) -> FurtherValue:
    value = FurtherValue(id=new_id(), file_id=file.id, kind="card", encrypted=vault.secrets.encrypt("4\n4"))
    value.masked, value.fingerprint, value.created_at = "•••• 4", "0" * 64, vault.clock()
    return value


def _task(vault: Vault, account_id: str, document: Document) -> Task:
    return Task(
        id=new_id(),
        account_id=account_id,
        subject_type="document",
        subject_id=document.id,
        check_id="invoice.issue_date",
        outcome="fail",
        severity="high",
        title={"text": "Look", "params": {}},
        advice={"text": "Do", "params": {}},
        finding={},
        state=TaskState.OPEN,
        due_on=vault.clock().date(),
        opened_at=vault.clock(),
    )


def _webhook(vault: Vault, session: Session, account_id: str) -> Webhook:
    webhook = Webhook(
        id=new_id(), account_id=account_id, host="hooks.example", created_at=vault.clock(), created_by=TERMINAL
    )
    webhook.url, webhook.secret = vault.secrets.encrypt("https://hooks.example/"), vault.secrets.encrypt("whsec_x")
    webhook.events, webhook.responsible_id = [Event.TASK_OPENED], TERMINAL
    session.add(webhook)
    session.flush()
    return webhook


def _entry(vault: Vault, account_id: str) -> RegisterEntry:
    value = read_value(vault, AttributeKind.BANK_ACCOUNT, "DE89 3704 0044 0532 0130 00")
    return RegisterEntry(
        id=new_id(),
        account_id=account_id,
        holder_id=account_id,
        kind=value.kind,
        encrypted=seal(vault, value),
        masked=value.masked,
        fingerprint=value.fingerprint,
        created_at=vault.clock(),
        created_by="x",
    )


def _on_the_task(vault: Vault, session: Session, task: Task, document: Document, member_id: str) -> TaskComment:
    """What people have added to the task: its document, and a comment."""
    now = vault.clock()
    added = TaskAttachment(task_id=task.id, account_id=task.account_id, document_id=document.id)
    added.added_by, added.added_at = member_id, now
    comment = TaskComment(id=new_id(), task_id=task.id, account_id=task.account_id, author_id=member_id, made_at=now)
    comment.text, comment.mentioned = "Who asks them?", []
    session.add_all([added, comment])
    session.flush()
    return comment


def _import(vault: Vault, account_id: str) -> ReportImport:
    return ReportImport(
        id=new_id(),
        account_id=account_id,
        kind=ReportKind.LISTINGS,
        sha256="0" * 64,
        filename="listings.txt",
        rows=1,
        added=1,
        changed=0,
        problems=[],
        imported_at=vault.clock(),
        imported_by="x",
    )


def _invitation(vault: Vault, account_id: str) -> Invitation:
    return Invitation(
        id=new_id(),
        token_hash=sha256(account_id.encode()).hexdigest(),
        email="invited@x.example",
        grants={"administrator": False, "roles": {account_id: Role.AUDITOR}},
        created_at=vault.clock(),
        expires_at=vault.clock() + timedelta(days=1),
    )


def _attestation(vault: Vault, account_id: str) -> ControlAttestation:
    """Of a paper that has the same id."""
    made = ControlAttestation(id=new_id(), account_id=account_id, control="paper", done_on=vault.clock().date())
    made.about, made.details = made.id, {"kind": "identity", "holder": "Anna"}
    made.attested_by, made.attested_at = "x", vault.clock()
    return made


def _emergency(vault: Vault, account_id: str) -> Emergency:
    return Emergency(id=new_id(), account_id=account_id, opened_by="x", opened_at=vault.clock())


def _routine(vault: Vault, account_id: str) -> Routine:
    """One that is due today."""
    routine = Routine(id=new_id(), account_id=account_id, title="Look", minutes=2, state=RoutineState.ACTIVE)
    routine.created_at, routine.created_by = vault.clock(), "x"
    routine.plans.append(RoutinePlan(id=new_id(), cadence="weekly 1234567", begins_on=vault.clock().date()))
    return routine


def _absence(vault: Vault, session: Session, account_id: str, user_id: str) -> Absence:
    now = vault.clock()
    absence = Absence(id=new_id(), account_id=account_id, user_id=user_id, from_on=now.date(), until_on=now.date())
    absence.created_at, absence.created_by = now, "x"
    session.add(absence)
    session.flush()
    return absence
