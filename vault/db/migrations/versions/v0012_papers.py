"""Papers: what people say a document is, what it is about, and until when it counts.

Nobody has said anything of the documents that are there, so they go on as supplier invoices. Those that prove something
elsewhere (an identity, a link explained, a further account) are of the kind that follows from it: a worker says so for
each, since every change of a document has its entry in the journal. Here that work is queued.

Revision ID: 0012
"""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from vault.domain.ids import new_id

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ACCOUNTS_WITH_PROOFS = """
    SELECT DISTINCT documents.account_id FROM documents
    JOIN seller_accounts ON seller_accounts.id = documents.account_id AND seller_accounts.closed_at IS NULL
    WHERE documents.id IN (SELECT document_id FROM control_attestations)
       OR documents.id IN (SELECT document_id FROM emergency_answers)
       OR documents.id IN (SELECT document_id FROM link_explanations)
       OR documents.id IN (SELECT document_id FROM further_papers)
"""


def upgrade() -> None:
    for table in ("documents", "upload_batches"):
        op.add_column(table, sa.Column("paper_kind", sa.String(30)))
    op.create_index(
        "ix_documents_account_id_paper_kind", "documents", ["account_id", "paper_kind", "uploaded_at", "id"]
    )
    create_papers()
    create_paper_products()
    queue_work()


def create_papers() -> None:
    op.create_table(
        "papers",
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("issue_date", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("never_expires", sa.Boolean(), nullable=False),
        sa.Column("supplier_id", sa.String(26)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("described_by", sa.String(40), nullable=False),
        sa.Column("described_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_papers_document_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_papers_supplier_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_papers")),
    )
    op.create_index(op.f("ix_papers_supplier_id"), "papers", ["supplier_id"])


def create_paper_products() -> None:
    op.create_table(
        "paper_products",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("product_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_paper_products_document_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_paper_products_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_products")),
        sa.UniqueConstraint("document_id", "product_id", name=op.f("uq_paper_products_document_id_product_id")),
    )
    op.create_index("ix_paper_products_product_id", "paper_products", ["product_id", "document_id"])


def queue_work() -> None:
    jobs = sa.table(
        "jobs",
        *(sa.column(name) for name in ("id", "kind", "subject_id", "account_id", "state", "attempt", "failures")),
        *(sa.column(name, sa.DateTime(timezone=True)) for name in ("run_after", "created_at")),
        *(sa.column(name) for name in ("progress", "error")),
    )
    connection, now = op.get_bind(), datetime.now(UTC)
    for account_id in connection.scalars(sa.text(ACCOUNTS_WITH_PROOFS)).all():
        job = {"id": new_id(), "kind": "rejudge_account", "subject_id": account_id, "account_id": account_id}
        job |= {"state": "waiting", "attempt": 0, "failures": 0, "progress": json.dumps({}), "error": ""}
        connection.execute(jobs.insert().values(**job, run_after=now, created_at=now))
