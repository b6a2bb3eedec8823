"""Judging the files of further accounts: what is missing in each, as findings and as tasks."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.judge import judge as judge_facts
from vault.checks.registry import FURTHER_CHECKS
from vault.db.entities.further import FurtherAccount, FurtherState
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Finding, Outcome
from vault.rules.book import Profile
from vault.services.further.facts import SUBJECT, further_facts
from vault.services.journal.notes import MACHINE, Note
from vault.services.tasks import tasks
from vault.services.tasks.tasks import Subject
from vault.services.vault import Vault

PROFILE = "further-account"
# As long as a file is in one of these, what it lacks is somebody's work.
IN_WORK = (FurtherState.DRAFT, FurtherState.COMPLETE)
# Outcomes with which a file is not complete.
MISSING = (Outcome.FAIL, Outcome.UNKNOWN)

_OTHER_DIGITS = 13


def profile_of(vault: Vault) -> Profile:
    return vault.rules.profiles[PROFILE]


def judge(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """Judges every file of the seller account. Returns the changes for the journal; none where nothing has changed."""
    wanted = select(FurtherAccount).where(FurtherAccount.account_id == account_id).order_by(FurtherAccount.id)
    files = session.scalars(wanted.with_for_update()).all()
    return [note for file in files for note in judge_file(session, vault, file, actor)]


def judge_file(session: Session, vault: Vault, file: FurtherAccount, actor: str = MACHINE) -> list[Note]:
    """Opens and closes the tasks of one file. What tells of another seller account is a task of both.

    A file that was complete is a draft again when something of its own is missing.
    """
    findings = findings_of(session, vault, file) if file.state in IN_WORK else ()
    by_account = _by_account(file, findings)
    notes = []
    if file.state == FurtherState.COMPLETE and any(each.outcome in MISSING for each in by_account[None]):
        file.state = FurtherState.DRAFT
        notes.append(Note("further.reopened", file.id, actor, file.account_id))
    for other_id in {None, *by_account, *_told_of(session, file)}:
        subject = Subject(SUBJECT, subject_id(file.id, other_id), file.account_id, other_id)
        notes += tasks.reconcile(session, vault, subject, by_account[other_id], actor)
    return notes


def findings_of(
    session: Session, vault: Vault, file: FurtherAccount, seen: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """What is there and what is missing. `seen`: the seller accounts that may be told of; None for a machine."""
    return judge_facts(further_facts(session, vault, file, seen), profile_of(vault), FURTHER_CHECKS)


def subject_id(file_id: str, other_id: str | None) -> str:
    """The file's id; where its tasks tell of another seller account, followed by what is random in that one's id."""
    return f"{file_id}/{other_id[-_OTHER_DIGITS:]}" if other_id else file_id


def file_id_of(subject: str) -> str:
    """The file that a task's subject names."""
    return subject.partition("/")[0]


def _by_account(file: FurtherAccount, findings: Collection[Finding]) -> dict[str | None, list[Finding]]:
    """The findings by the other seller account that they tell of; None for the file's own."""
    found: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.item if finding.item not in ("", file.account_id) else None].append(finding)
    return found


def _told_of(session: Session, file: FurtherAccount) -> set[str]:
    """The other accounts of which the file has tasks that are not done."""
    wanted = select(Task.other_account_id).where(
        Task.subject_type == SUBJECT,
        Task.subject_id.startswith(file.id + "/"),
        Task.state != TaskState.DONE,
        Task.other_account_id.is_not(None),
    )
    return {other_id for other_id in session.scalars(wanted) if other_id}
