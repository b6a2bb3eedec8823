"""Tasks: who gave one to somebody by hand, and by when it would be due since it got graver than its day by hand.

Both are unknown of the tasks that are there: those of routines follow whose turn it is.

Revision ID: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("assigned_by", sa.String(40)))
    op.add_column("tasks", sa.Column("due_by_rule", sa.Date()))
