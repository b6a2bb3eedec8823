"""Routines, their plans, what people attest, and who is away.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "routines",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.String(26)),
        sa.Column("deputy_id", sa.String(26)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_routines_account_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_routines_owner_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["users.id"], name=op.f("fk_routines_deputy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routines")),
    )
    op.create_index("ix_routines_account_id_state", "routines", ["account_id", "state", "id"])
    op.create_table(
        "routine_plans",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("routine_id", sa.String(26), nullable=False),
        sa.Column("cadence", sa.String(40), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.ForeignKeyConstraint(["routine_id"], ["routines.id"], name=op.f("fk_routine_plans_routine_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routine_plans")),
    )
    op.create_index("ix_routine_plans_routine_id_begins_on", "routine_plans", ["routine_id", "begins_on"])
    op.create_table(
        "attestations",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("routine_id", sa.String(26), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("instead_of", sa.String(26)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["routine_id"], ["routines.id"], name=op.f("fk_attestations_routine_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestations")),
        sa.UniqueConstraint("routine_id", "due_on", name=op.f("uq_attestations_routine_id_due_on")),
    )
    op.create_index("ix_attestations_routine_id_due_on_outcome", "attestations", ["routine_id", "due_on", "outcome"])
    op.create_index("ix_attestations_said_on_person_id", "attestations", ["said_on", "person_id"])
    op.create_table(
        "attested_documents",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("attestation_id", sa.String(26), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attestation_id"], ["attestations.id"], name=op.f("fk_attested_documents_attestation_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_attested_documents_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attested_documents")),
        sa.UniqueConstraint(
            "attestation_id", "document_id", name=op.f("uq_attested_documents_attestation_id_document_id")
        ),
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("user_id", sa.String(26), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_absences_account_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_absences_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_account_id_until_on", "absences", ["account_id", "until_on"])
