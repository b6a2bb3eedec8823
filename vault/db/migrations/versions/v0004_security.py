"""Security duties: what was attested, and emergencies.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_controls()
    create_emergencies()


def create_controls() -> None:
    op.create_table(
        "control_attestations",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("control", sa.String(30), nullable=False),
        sa.Column("about", sa.String(26), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_by", sa.String(200), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(26)),
        sa.Column("takes_back", sa.String(26)),
        sa.Column("attested_by", sa.String(40), nullable=False),
        sa.Column("attested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["seller_accounts.id"], name=op.f("fk_control_attestations_account_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_control_attestations_document_id")),
        sa.ForeignKeyConstraint(
            ["takes_back"], ["control_attestations.id"], name=op.f("fk_control_attestations_takes_back")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_attestations")),
    )
    columns = ["account_id", "control", "about", "id"]
    op.create_index("ix_control_attestations_account_id_control", "control_attestations", columns)
    op.create_table(
        "control_intervals",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("check_id", sa.String(60), nullable=False),
        sa.Column("setting", sa.String(40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_control_intervals_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_intervals")),
        sa.UniqueConstraint(
            "account_id", "check_id", "setting", name=op.f("uq_control_intervals_account_id_check_id_setting")
        ),
    )
    op.create_table(
        "control_states",
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_control_states_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_control_states")),
    )


def create_emergencies() -> None:
    op.create_table(
        "emergencies",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("noticed", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.String(40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_as", sa.String(20)),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.String(40)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_emergencies_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergencies")),
    )
    op.create_index("ix_emergencies_account_id_opened_at", "emergencies", ["account_id", "opened_at", "id"])
    op.create_table(
        "emergency_answers",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("emergency_id", sa.String(26), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(26)),
        sa.Column("answered_by", sa.String(40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergencies.id"], name=op.f("fk_emergency_answers_emergency_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_emergency_answers_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_answers")),
    )
    op.create_index(op.f("ix_emergency_answers_emergency_id"), "emergency_answers", ["emergency_id"])
