"""Links between accounts, and what explains them.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_keys()
    create_overlaps()
    create_links()


def create_keys() -> None:
    op.create_table(
        "link_state",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("rules_version", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_state")),
    )
    op.execute("INSERT INTO link_state (id, rules_version) VALUES (1, '')")
    op.create_table(
        "link_keys",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("holder_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("masked", sa.String(200), nullable=False),
        sa.Column("encrypted", sa.Text(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_keys")),
    )
    op.create_index("ix_link_keys_key", "link_keys", ["key"])
    op.create_index("ix_link_keys_holder_id", "link_keys", ["holder_id"])


def create_overlaps() -> None:
    op.create_index("ix_products_asin", "products", ["asin"])
    op.create_index("ix_listings_fnsku", "listings", ["fnsku"])
    op.create_table(
        "catalogue_overlaps",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("low_id", sa.String(26), nullable=False),
        sa.Column("high_id", sa.String(26), nullable=False),
        sa.Column("smaller", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("priced", sa.Integer(), nullable=False),
        sa.Column("priced_alike", sa.Integer(), nullable=False),
        sa.Column("titled_alike", sa.Integer(), nullable=False),
        sa.Column("mixed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["low_id"], ["seller_accounts.id"], name=op.f("fk_catalogue_overlaps_low_id")),
        sa.ForeignKeyConstraint(["high_id"], ["seller_accounts.id"], name=op.f("fk_catalogue_overlaps_high_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_overlaps")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_catalogue_overlaps_low_id_high_id")),
    )
    op.create_index("ix_catalogue_overlaps_high_id", "catalogue_overlaps", ["high_id"])


def create_links() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("low_id", sa.String(26), nullable=False),
        sa.Column("high_id", sa.String(26), nullable=False),
        sa.Column("low_account_id", sa.String(26), nullable=False),
        sa.Column("high_account_id", sa.String(26), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("contributions", sa.Text(), nullable=False),
        sa.Column("findings", sa.String(64), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["low_account_id"], ["seller_accounts.id"], name=op.f("fk_links_low_account_id")),
        sa.ForeignKeyConstraint(["high_account_id"], ["seller_accounts.id"], name=op.f("fk_links_high_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_links_low_id_high_id")),
    )
    op.create_index("ix_links_high_id", "links", ["high_id"])
    op.create_index("ix_links_low_account_id", "links", ["low_account_id"])
    op.create_table(
        "link_explanations",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("link_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(26)),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.String(40)),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_explanations_link_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_link_explanations_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_explanations")),
    )
    op.create_index(op.f("ix_link_explanations_link_id"), "link_explanations", ["link_id"])
