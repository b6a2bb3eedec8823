"""Readings by the reader that made them, so that what an older one has read is found.

Revision ID: 0023
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_readings_reader", "readings", ["reader", "document_id", "attempt"])
