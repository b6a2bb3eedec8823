"""Notifications, what each person wants to be told, and what was sent.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_mails()
    create_notifications()
    create_choices()
    create_marks()


def create_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("error", sa.String(300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mails_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("key", name=op.f("uq_mails_key")),
    )
    op.create_index("ix_mails_state_run_after", "mails", ["state", "run_after"])
    op.create_index("ix_mails_user_id_created_at", "mails", ["user_id", "created_at"])


def create_notifications() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26)),
        sa.Column("other_account_id", sa.String(26)),
        sa.Column("task_id", sa.String(40)),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("href", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_app", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("mail_by", sa.String(20), nullable=False),
        sa.Column("mail_id", sa.String(26)),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notifications_user_id")),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_notifications_account_id")),
        sa.ForeignKeyConstraint(
            ["other_account_id"], ["seller_accounts.id"], name=op.f("fk_notifications_other_account_id")
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_notifications_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_notifications_user_id_key")),
    )
    op.create_index("ix_notifications_list", "notifications", ["user_id", "in_app", "created_at", "id"])
    op.create_index("ix_notifications_unread", "notifications", ["user_id", "in_app", "read_at"])
    op.create_index("ix_notifications_to_mail", "notifications", ["mail_by", "mail_id", "user_id", "created_at"])
    op.create_index("ix_notifications_mail_id", "notifications", ["mail_id"])


def create_choices() -> None:
    op.create_table(
        "notice_choices",
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("digest", sa.String(10), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("digest_weekday", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_until", sa.Integer()),
        sa.Column("critical_breaks_quiet", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True)),
        sa.Column("refused_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notice_choices_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notice_choices")),
    )


def create_marks() -> None:
    op.create_table(
        "task_reminders",
        sa.Column("task_id", sa.String(40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("unreachable_id", sa.String(40)),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_task_reminders")),
    )
    op.create_index("ix_task_reminders_next_on", "task_reminders", ["next_on"])
    op.create_table(
        "notice_days",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notice_days")),
    )
