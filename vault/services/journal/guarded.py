"""Which tables the journal guards: the facts, judgements and rights of the vault, not its working notes.

Left out are what machines keep for themselves (jobs, sessions, invitations), the progress of uploads, and the
catalogue, which is imported again at any time from reports that are kept.
"""

from sqlalchemy import Table

from vault.db.entities.accounts import SellerAccount, Supplier
from vault.db.entities.audits import (
    Audit,
    AuditBundle,
    AuditBundleFile,
    AuditEvent,
    AuditEvidence,
    AuditGuest,
    AuditInvoice,
    AuditOrder,
    AuditProduct,
)
from vault.db.entities.base import Base
from vault.db.entities.documents import (
    Blob,
    Correction,
    Document,
    DocumentLine,
    Judgement,
    StoredFinding,
    StoredReading,
)
from vault.db.entities.further import FurtherAccount, FurtherPaper, FurtherValue
from vault.db.entities.letters import AuditAnswer, AuditLetter, AuditRequest
from vault.db.entities.links import Link, LinkConfirmation, LinkExplanation
from vault.db.entities.papers import Paper, PaperProduct
from vault.db.entities.people import Membership, User
from vault.db.entities.register import AccessGrant, OtherAccount, RegisterEntry
from vault.db.entities.reports import Report, ReportFile, ReportReader
from vault.db.entities.routines import Absence, Attestation, AttestedDocument, Routine, RoutinePlan
from vault.db.entities.security import ControlAttestation, ControlInterval, Emergency, EmergencyAnswer
from vault.db.entities.webhooks import CalendarFeed, Webhook
from vault.db.entities.work import Task
from vault.db.entities.worklist import TaskAttachment, TaskComment

_ENTITIES: tuple[type[Base], ...] = (
    SellerAccount,
    OtherAccount,
    RegisterEntry,
    AccessGrant,
    FurtherAccount,
    FurtherPaper,
    FurtherValue,
    Link,
    LinkExplanation,
    LinkConfirmation,
    Supplier,
    Blob,
    Document,
    StoredReading,
    Correction,
    DocumentLine,
    Paper,
    PaperProduct,
    Judgement,
    StoredFinding,
    Audit,
    AuditProduct,
    AuditOrder,
    AuditEvidence,
    AuditInvoice,
    AuditEvent,
    AuditBundle,
    AuditBundleFile,
    AuditGuest,
    AuditAnswer,
    AuditLetter,
    AuditRequest,
    Report,
    ReportFile,
    ReportReader,
    Task,
    TaskComment,
    TaskAttachment,
    Routine,
    RoutinePlan,
    Attestation,
    AttestedDocument,
    Absence,
    ControlAttestation,
    ControlInterval,
    Emergency,
    EmergencyAnswer,
    User,
    Membership,
    Webhook,
    CalendarFeed,
)


def guarded_tables() -> tuple[Table, ...]:
    """Tables in which every change of a row is sealed by a journal entry (`vault.journal.guard`)."""
    return tuple(Base.metadata.tables[entity.__tablename__] for entity in _ENTITIES)
