"""Monthly compliance reports.

Revision ID: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_report_readers()
    create_reports()


def create_report_readers() -> None:
    op.create_table(
        "report_readers",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_report_readers_account_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_report_readers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_readers")),
        sa.UniqueConstraint("account_id", "user_id", name=op.f("uq_report_readers_account_id_user_id")),
    )
    op.create_index(op.f("ix_report_readers_user_id"), "report_readers", ["user_id"])


def create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("rules_version", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("signed_by", sa.String(40)),
        sa.Column("signed_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_reports_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("account_id", "month", "revision", name=op.f("uq_reports_account_id_month_revision")),
    )
