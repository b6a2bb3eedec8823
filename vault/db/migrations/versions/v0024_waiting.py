"""What the first page counts over all seller accounts, by index alone: coverage that lapses, reports to sign.

Revision ID: 0024
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_product_coverages_lapsing", "product_coverages", ["state", "lapses_on", "account_id"])
    op.create_index("ix_reports_signed_at", "reports", ["signed_at", "month", "account_id", "revision", "id"])
