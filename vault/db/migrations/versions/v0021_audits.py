"""Which invoices a credit note takes from.

It stays empty for those that are judged already: the journal has sealed their rows, and no migration may change them.
They are looked through again with the next change of their audit, and count in full until then.

Revision ID: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_invoices", sa.Column("credits", sa.Text()))
