"""Audits: demands from Amazon, their evidence, what was sent, and who may look.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_audits()
    create_audit_bundles()
    create_audit_events()
    create_audit_evidence()
    create_audit_guests()
    create_audit_invoices()
    create_audit_orders()
    create_audit_products()
    create_audit_bundle_files()


def create_audits() -> None:
    op.create_table(
        "audits",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("case_id", sa.String(60), nullable=False),
        sa.Column("marketplace", sa.String(2), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("notice_text", sa.Text(), nullable=False),
        sa.Column("notice_document_id", sa.String(26)),
        sa.Column("noticed_on", sa.Date()),
        sa.Column("deadline", sa.DateTime(timezone=True)),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(26)),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("confirmed_by", sa.String(40)),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True)),
        sa.Column("gathered_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_audits_account_id")),
        sa.ForeignKeyConstraint(["notice_document_id"], ["documents.id"], name=op.f("fk_audits_notice_document_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_audits_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
    )
    op.create_index("ix_audits_account_id_state", "audits", ["account_id", "state", "deadline", "id"])


def create_audit_bundles() -> None:
    op.create_table(
        "audit_bundles",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("contents", sa.String(64), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("sent_by", sa.String(40)),
        sa.Column("sent_over", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_bundles_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_bundles")),
    )
    op.create_index("ix_audit_bundles_audit_id", "audit_bundles", ["audit_id", "made_at", "id"])


def create_audit_events() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(26)),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_events_audit_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_audit_events_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index("ix_audit_events_audit_id", "audit_events", ["audit_id", "happened_at", "id"])


def create_audit_evidence() -> None:
    op.create_table(
        "audit_evidence",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("asin", sa.String(10), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_evidence_audit_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_audit_evidence_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_evidence")),
        sa.UniqueConstraint(
            "audit_id", "part", "asin", "document_id", name=op.f("uq_audit_evidence_audit_id_part_asin_document_id")
        ),
    )
    op.create_index(op.f("ix_audit_evidence_document_id"), "audit_evidence", ["document_id"])


def create_audit_guests() -> None:
    op.create_table(
        "audit_guests",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_guests_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_guests")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_audit_guests_secret_hash")),
    )
    op.create_index("ix_audit_guests_audit_id", "audit_guests", ["audit_id", "created_at"])


def create_audit_invoices() -> None:
    op.create_table(
        "audit_invoices",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("quantities", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_invoices_audit_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_audit_invoices_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_invoices")),
        sa.UniqueConstraint("audit_id", "document_id", name=op.f("uq_audit_invoices_audit_id_document_id")),
    )
    op.create_index(op.f("ix_audit_invoices_document_id"), "audit_invoices", ["document_id"])


def create_audit_orders() -> None:
    op.create_table(
        "audit_orders",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_orders_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_orders")),
        sa.UniqueConstraint("audit_id", "number", name=op.f("uq_audit_orders_audit_id_number")),
    )


def create_audit_products() -> None:
    op.create_table(
        "audit_products",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("asin", sa.String(10), nullable=False),
        sa.Column("product_id", sa.String(26)),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_products_audit_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_audit_products_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_products")),
        sa.UniqueConstraint("audit_id", "asin", name=op.f("uq_audit_products_audit_id_asin")),
    )


def create_audit_bundle_files() -> None:
    op.create_table(
        "audit_bundle_files",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("bundle_id", sa.String(26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["bundle_id"], ["audit_bundles.id"], name=op.f("fk_audit_bundle_files_bundle_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_audit_bundle_files_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_bundle_files")),
        sa.UniqueConstraint("bundle_id", "position", name=op.f("uq_audit_bundle_files_bundle_id_position")),
    )
    op.create_index(op.f("ix_audit_bundle_files_document_id"), "audit_bundle_files", ["document_id"])
