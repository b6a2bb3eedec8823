"""Bundles: what was fixed when one was asked for, and what is to be said of how it was made.

All of it stays empty for the bundles that are there: the journal has sealed their rows.

Revision ID: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("brief", "left_out", "flaws", "problem"):
        op.add_column("audit_bundles", sa.Column(name, sa.Text()))
