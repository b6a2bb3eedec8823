"""Daily figures.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "daily_figures",
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("readiness", sa.Integer()),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("critical", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("normal", sa.Integer(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_daily_figures_account_id")),
        sa.PrimaryKeyConstraint("account_id", "day", name=op.f("pk_daily_figures")),
    )
    trend = ["day", "account_id", "readiness", "critical", "high", "overdue"]
    op.create_index("ix_daily_figures_day", "daily_figures", trend)
    counted = ["state", "account_id", "subject_type", "severity", "due_on", "other_account_id"]
    op.create_index("ix_tasks_figures", "tasks", counted)
