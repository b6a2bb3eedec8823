"""The work list: comments, attachments, watchers and saved filters of tasks.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INDEXES = {
    "account_id_state_due_on": ("account_id", "state", "due_on", "id"),
    "account_id_state_severity": ("account_id", "state", "severity", "due_on", "id"),
    "account_id_state_check_id": ("account_id", "state", "check_id", "due_on", "id"),
    "account_id_state_stage": ("account_id", "state", "stage", "due_on", "id"),
    "account_id_state_closed_at": ("account_id", "state", "closed_at", "id"),
    "state_due_on": ("state", "due_on", "id", "account_id"),
    "state_stage": ("state", "stage", "due_on", "id", "account_id"),
    "state_closed_at": ("state", "closed_at", "id", "account_id"),
}


def upgrade() -> None:
    add_to_tasks()
    create_comments()
    create_attachments()
    create_watchers()
    create_saved_filters()
    create_bulk_changes()


def add_to_tasks() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("gap", sa.String(60), nullable=False, server_default=""))
        tasks.add_column(sa.Column("due_by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
        tasks.drop_constraint(op.f("uq_tasks_subject_type_subject_id_check_id_item"), type_="unique")
        tasks.create_unique_constraint("uq_tasks_gap", ["subject_type", "subject_id", "check_id", "item", "gap"])
    for name in ("due_on", "severity", "check_id"):
        op.drop_index(f"ix_tasks_account_id_state_{name}", table_name="tasks")
    for name, columns in INDEXES.items():
        op.create_index(f"ix_tasks_{name}", "tasks", [*columns, "other_account_id"])
    two_accounts = sa.text("other_account_id IS NOT NULL")
    op.create_index(
        "ix_tasks_of_two_accounts",
        "tasks",
        ["account_id", "other_account_id", "id"],
        sqlite_where=two_accounts,
        postgresql_where=two_accounts,
    )


def create_comments() -> None:
    op.create_table(
        "task_comments",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("task_id", sa.String(26), nullable=False),
        sa.Column("author_id", sa.String(26), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentioned", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True)),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_task_comments_account_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_comments_task_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_task_comments_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_comments")),
    )
    op.create_index("ix_task_comments_task_id", "task_comments", ["task_id", "id"])


def create_attachments() -> None:
    op.create_table(
        "task_attachments",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("task_id", sa.String(26), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("added_by", sa.String(40), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_task_attachments_account_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_attachments_task_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_task_attachments_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_attachments")),
        sa.UniqueConstraint("task_id", "document_id", name=op.f("uq_task_attachments_task_id_document_id")),
    )
    op.create_index(op.f("ix_task_attachments_document_id"), "task_attachments", ["document_id"])


def create_watchers() -> None:
    op.create_table(
        "task_watchers",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("task_id", sa.String(26), nullable=False),
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_watchers_task_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_task_watchers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_watchers")),
        sa.UniqueConstraint("user_id", "task_id", name=op.f("uq_task_watchers_user_id_task_id")),
    )
    op.create_index(op.f("ix_task_watchers_task_id"), "task_watchers", ["task_id"])


def create_saved_filters() -> None:
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26)),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_filters_user_id")),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_saved_filters_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
    )
    op.create_index(op.f("ix_saved_filters_account_id"), "saved_filters", ["account_id"])
    op.create_index("ix_saved_filters_user_id_account_id", "saved_filters", ["user_id", "account_id"])


def create_bulk_changes() -> None:
    op.create_table(
        "bulk_changes",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_bulk_changes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_changes")),
    )
    op.create_index(op.f("ix_bulk_changes_user_id"), "bulk_changes", ["user_id"])
