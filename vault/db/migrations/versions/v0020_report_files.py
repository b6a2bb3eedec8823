"""Files of monthly reports.

Revision ID: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports", sa.Column("seen_seq", sa.Integer()))
    create_report_files()


def create_report_files() -> None:
    op.create_table(
        "report_files",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("report_id", sa.String(26), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_report_files_document_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_files_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_files")),
        sa.UniqueConstraint("report_id", "stage", "format", name=op.f("uq_report_files_report_id_stage_format")),
    )
    op.create_index(op.f("ix_report_files_document_id"), "report_files", ["document_id"])
