"""A seller account with people who have access to it, and the ways in which tests attest its security duties."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from vault.db.entities.register import AccessGrant
from vault.db.entities.security import ControlAttestation
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Finding
from vault.domain.ids import ID_LENGTH, new_id
from vault.domain.register import GrantKind
from vault.domain.security import AlertKind, Control, TwoStepMethod
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.account_judging import judge_account
from vault.services.days import today
from vault.services.documents import intake
from vault.services.journal.notes import record
from vault.services.security import control_records, security
from vault.services.security.control_statements import Statement
from vault.services.vault import Vault

ANNA = "Anna Petit"
TWO_WAYS = {
    "primary_method": TwoStepMethod.APP,
    "primary_device": "Anna's phone",
    "backup_method": TwoStepMethod.SMS,
    "backup_device": "the office phone",
}
GOOD_PASSWORD = {"unique": "yes", "manager": "yes"}
ALL_ALERTS = dict.fromkeys(AlertKind, "yes")


@dataclass(frozen=True)
class SecurityDesk:
    """`actor` owns the seller account `account_id`; the person `anna` has access to it on Amazon."""

    vault: Vault
    actor: Actor
    account_id: str
    anna: str

    def admit(self, name: str, **details: object) -> str:
        """Records somebody with access. Returns the access grant's id."""
        now = self.vault.clock()
        grant = AccessGrant(id=new_id(), account_id=self.account_id, name=name, created_at=now)
        for field, value in {"kind": GrantKind.PERSON, **details}.items():
            setattr(grant, field, value)
        with self.vault.database.transaction() as session:
            session.add(grant)
        return grant.id

    def attest(
        self, control: Control, about: str = "", details: Mapping[str, str] | None = None, done_on: date | None = None
    ) -> ControlAttestation:
        said = Statement(control, done_on or today(self.vault), about, details=details or {})
        return control_records.attest(self.vault, self.actor, self.account_id, said)

    def attest_everything(self) -> None:
        """Every duty of the account and of Anna, done today."""
        self.attest(Control.TWO_STEP, self.anna, TWO_WAYS)
        self.attest(Control.PASSWORD, self.anna, GOOD_PASSWORD)
        self.attest(Control.TRAINING, self.anna)
        self.attest(Control.ALERTS, details=ALL_ALERTS)
        self.attest(Control.CONTACT)
        self.attest(Control.ACCESS_REVIEW)
        for kind in ("identity", "company"):
            self.file_paper(kind, "2030-01-01")

    def file_paper(
        self, kind: str, expires_on: str, paper_id: str = "", *, with_copy: bool = True, never_expires: bool = False
    ) -> str:
        """Records a paper whose holder is called as its kind. Returns its id."""
        details = {
            "kind": kind,
            "holder": kind,
            "expires_on": expires_on,
            "never_expires": "yes" if never_expires else "",
        }
        copy = self.upload() if with_copy else None
        said = Statement(Control.PAPER, today(self.vault), paper_id, details=details, document_id=copy)
        return control_records.attest(self.vault, self.actor, self.account_id, said).about

    def upload(self) -> str:
        """Keeps a document. Returns its id."""
        content = io.BytesIO(b"%PDF-1.4 a scan, number " + new_id().encode())
        return intake.keep(self.vault, self.actor, self.account_id, content, "scan.pdf").document_id

    def judge(self) -> None:
        """What the day's job does."""
        with self.vault.database.transaction() as session:
            record(session, self.vault, judge_account(session, self.vault, self.account_id))

    def findings(self) -> dict[str, Finding]:
        """What stands on the page, by check and item: ``two_step`` of Anna, ``papers identity``, ``alerts sign_ins``."""
        duties = security.overview(self.vault, self.actor, self.account_id).duties
        return {
            _name(each.finding.check, each.finding.item, each.finding.message.params): each.finding for each in duties
        }

    def outcome(self, name: str) -> str:
        return self.findings()[name].outcome.value

    def tasks(self, state: TaskState = TaskState.OPEN) -> dict[str, Task]:
        """The account's security and emergency tasks in this state, named like its findings."""
        wanted = select(Task).where(Task.subject_type.in_(("security", "emergency")), Task.state == state)
        with self.vault.database.reading() as session:
            found = session.scalars(wanted).all()
        return {_name(each.check_id, each.item, each.title["params"]): each for each in found}

    def journal_length(self) -> int:
        with self.vault.database.reading() as session:
            return session.scalar(select(func.count()).select_from(entries)) or 0


def _name(check: str, item: str, params: Mapping[str, str]) -> str:
    if len(item) == ID_LENGTH:  # a person or a paper
        item = params.get("holder", "" if params.get("name") == ANNA else params.get("name", ""))
    return f"{check.partition('.')[2]} {item}".strip()


def open_desk(vault: Vault) -> SecurityDesk:
    """A new owner with a seller account, to which Anna alone has access."""
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    anna = SecurityDesk(vault, actor, account_id, "").admit(ANNA)
    return SecurityDesk(vault, actor, account_id, anna)
