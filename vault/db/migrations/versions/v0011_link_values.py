"""Explanations of links name the shared values that they are about; one can be confirmed for a value that came later.

What a value is called follows from keys that no migration has: all pairs are scored again with the first change, and
that names the values, in explanations and tasks too (`vault.services.links.older`).

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# No rule book has this version; an empty one would mean that nothing was ever scored.
OUTDATED = "before 0011"


def upgrade() -> None:
    op.add_column("link_explanations", sa.Column("keys", sa.Text()))
    op.create_table(
        "link_confirmations",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("explanation_id", sa.String(26), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.String(40)),
        sa.ForeignKeyConstraint(
            ["explanation_id"], ["link_explanations.id"], name=op.f("fk_link_confirmations_explanation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_confirmations")),
    )
    op.create_index(op.f("ix_link_confirmations_explanation_id"), "link_confirmations", ["explanation_id"])
    state = sa.table("link_state", sa.column("rules_version"))
    op.execute(sa.update(state).where(state.c.rules_version != "").values(rules_version=OUTDATED))
