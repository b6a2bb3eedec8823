"""Letters: which suppliers were asked, what was noted as sent and was not, and which guests may have the bundles.

The new columns stay empty for the rows that are there: the journal has sealed them, and no migration may change them.
Nothing was taken back before, and no guest was ever given a bundle.

Revision ID: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_events", sa.Column("taken_back_at", sa.DateTime(timezone=True)))
    op.add_column("audit_guests", sa.Column("may_have_bundles", sa.Boolean()))
    create_audit_requests()


def create_audit_requests() -> None:
    op.create_table(
        "audit_requests",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("audit_id", sa.String(26), nullable=False),
        sa.Column("supplier_id", sa.String(26), nullable=False),
        sa.Column("asins", sa.Text(), nullable=False),
        sa.Column("event_id", sa.String(26), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_requests_audit_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_audit_requests_supplier_id")),
        sa.ForeignKeyConstraint(["event_id"], ["audit_events.id"], name=op.f("fk_audit_requests_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_requests")),
    )
    op.create_index("ix_audit_requests_audit_id", "audit_requests", ["audit_id", "asked_at", "id"])
