"""Who answers for a webhook, and the secret that its new one takes over from.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("webhooks", sa.Column("former_secret", sa.Text(), nullable=False, server_default=""))
    op.add_column("webhooks", sa.Column("former_until", sa.DateTime(timezone=True)))
    op.add_column("webhooks", sa.Column("responsible_id", sa.String(40), nullable=False, server_default=""))
    op.execute("UPDATE webhooks SET responsible_id = created_by")
