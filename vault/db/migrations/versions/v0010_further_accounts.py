"""Plans for further accounts, with their papers and the values that they are to have.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_files()
    create_papers()
    create_values()


def create_files() -> None:
    op.create_table(
        "further_accounts",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("marketplace", sa.String(2), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("run_by", sa.Text(), nullable=False),
        sa.Column("inventory", sa.Text(), nullable=False),
        sa.Column("products", sa.Text(), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("standing_of", sa.Text(), nullable=False),
        sa.Column("standing_by", sa.String(40)),
        sa.Column("standing_at", sa.DateTime(timezone=True)),
        sa.Column("opened_id", sa.String(26)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_further_accounts_account_id")),
        sa.ForeignKeyConstraint(["opened_id"], ["seller_accounts.id"], name=op.f("fk_further_accounts_opened_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_further_accounts")),
    )
    op.create_index("ix_further_accounts_account_id", "further_accounts", ["account_id", "created_at", "id"])


def create_papers() -> None:
    op.create_table(
        "further_papers",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("file_id", sa.String(26), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["further_accounts.id"], name=op.f("fk_further_papers_file_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_further_papers_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_further_papers")),
        sa.UniqueConstraint(
            "file_id", "purpose", "document_id", name=op.f("uq_further_papers_file_id_purpose_document_id")
        ),
    )
    op.create_index(op.f("ix_further_papers_document_id"), "further_papers", ["document_id"])


def create_values() -> None:
    op.create_table(
        "further_values",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("file_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("encrypted", sa.Text(), nullable=False),
        sa.Column("masked", sa.String(200), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["further_accounts.id"], name=op.f("fk_further_values_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_further_values")),
        sa.UniqueConstraint("file_id", "kind", "fingerprint", name=op.f("uq_further_values_file_id_kind_fingerprint")),
    )
