"""Work: tasks for people, jobs for machines."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"


class TaskStage(StrEnum):
    """How far the people are with a task whose gap is still there."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"


_OTHER = "other_account_id"


class Task(Base):
    """A gap that somebody has to close. One row for each (subject, check, item); it re-opens when the gap returns.

    Findings that name their `gap` share one row for each (subject, gap), described by the gravest of them.
    `state` says whether the gap is there; `stage` how far the people are with it. `finding` is the finding that
    raised it, as `vault.services.findings` writes it. `title` and `advice`: ``{"text", "params"}``, translated when
    shown. `subject_type`: ``document``, ``account``, ``link``, ``routine`` … A task that tells of a second account
    names it in `other_account_id`: only who may see both may see the task. `due_by_hand`: a person chose the day;
    `due_by_rule` is then the earlier day by which it would be due, had it not got graver only after that, else None.
    `assigned_by`: the person who chose the assignee, None where the task has followed whose turn it is.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", "check_id", "item", "gap", name="uq_tasks_gap"),
        # The second account at the end: whether a task is to be seen is told without going to its row.
        Index("ix_tasks_account_id_state_due_on", "account_id", "state", "due_on", "id", _OTHER),
        Index("ix_tasks_account_id_state_severity", "account_id", "state", "severity", "due_on", "id", _OTHER),
        Index("ix_tasks_account_id_state_check_id", "account_id", "state", "check_id", "due_on", "id", _OTHER),
        Index("ix_tasks_assignee_id_state_due_on", "assignee_id", "state", "due_on", "id"),
        Index(
            "ix_tasks_figures", "state", "account_id", "subject_type", "severity", "due_on", "other_account_id"
        ),  # everything that the dashboard counts
        Index("ix_tasks_account_id_state_stage", "account_id", "state", "stage", "due_on", "id", _OTHER),
        Index("ix_tasks_account_id_state_closed_at", "account_id", "state", "closed_at", "id", _OTHER),
        # Over all accounts.
        Index("ix_tasks_state_due_on", "state", "due_on", "id", "account_id", _OTHER),
        Index("ix_tasks_state_stage", "state", "stage", "due_on", "id", "account_id", _OTHER),
        Index("ix_tasks_state_closed_at", "state", "closed_at", "id", "account_id", _OTHER),
        Index(
            "ix_tasks_of_two_accounts",
            "account_id",
            "other_account_id",
            "id",
            sqlite_where=text("other_account_id IS NOT NULL"),
            postgresql_where=text("other_account_id IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    subject_type: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(40))
    check_id: Mapped[str] = mapped_column(String(60))
    item: Mapped[str] = mapped_column(String(60), default="")
    gap: Mapped[str] = mapped_column(String(60), default="")
    outcome: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(20))
    title: Mapped[dict[str, Any]]
    advice: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(20), default=TaskStage.TO_DO)
    other_account_id: Mapped[str | None] = mapped_column(ForeignKey("seller_accounts.id"))
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    assigned_by: Mapped[str | None] = mapped_column(String(40))
    finding: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_on: Mapped[date]
    due_by_hand: Mapped[bool] = mapped_column(default=False)
    due_by_rule: Mapped[date | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    waived_by: Mapped[str | None] = mapped_column(String(40))
    waived_until: Mapped[date | None]
    waived_reason: Mapped[str] = mapped_column(Text, default="")


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A piece of work for a machine. This row is the truth; the queue only carries its id.

    A worker owns the job while `lease_until` lies ahead and its `attempt` is the row's: an older attempt that comes
    back late finds another number and changes nothing. `failures`: attempts that died or broke; after too many the
    job is given up. `progress`: ``{"page": 3, "pages": 10}``.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state_due", "state", "run_after"),
        Index("ix_jobs_kind_subject", "kind", "subject_id"),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    progress: Mapped[dict[str, Any]]
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
