"""Who answers for a webhook, and the secret that its new one takes over from.

Both stay empty for the webhooks that are there: the journal has sealed their rows, and no migration may change them. Who
set one up answers for it until somebody else does.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("webhooks", sa.Column("former_secret", sa.Text()))
    op.add_column("webhooks", sa.Column("former_until", sa.DateTime(timezone=True)))
    op.add_column("webhooks", sa.Column("responsible_id", sa.String(40)))
