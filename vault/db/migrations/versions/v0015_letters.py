"""Letters of audits: what people say in them, and their texts.

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_audit_answers()
    create_audit_letters()


def create_audit_answers() -> None:
    op.create_table(
        "audit_answers",
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("root_cause", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("prevention", sa.Text(), nullable=False),
        sa.Column("signer_name", sa.String(200), nullable=False),
        sa.Column("signer_role", sa.String(200), nullable=False),
        sa.Column("answer_on", sa.Date()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_answers_audit_id")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_audit_answers")),
    )


def create_audit_letters() -> None:
    op.create_table(
        "audit_letters",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("supplier_id", sa.String(26), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_from", sa.String(64), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_letters_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_letters")),
        sa.UniqueConstraint(
            "audit_id",
            "kind",
            "supplier_id",
            "language",
            name=op.f("uq_audit_letters_audit_id_kind_supplier_id_language"),
        ),
    )
