"""Sales.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _items()
    _reports()
    _coverages()


def _items() -> None:
    op.create_table(
        "sold_items",
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("order_key", sa.String(32), nullable=False),
        sa.Column("sku", sa.String(200), nullable=False),
        sa.Column("asin", sa.String(10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(60), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_sold_items_account_id")),
        sa.PrimaryKeyConstraint("account_id", "order_key", "sku", name=op.f("pk_sold_items")),
    )
    op.create_index("ix_sold_items_ledger", "sold_items", ["account_id", "asin", "day", "channel", "units"])


def _reports() -> None:
    op.create_table(
        "sales_reports",
        sa.Column("import_id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("extract_sha256", sa.String(64), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["import_id"], ["report_imports.id"], name=op.f("fk_sales_reports_import_id")),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_sales_reports_account_id")),
        sa.ForeignKeyConstraint(["extract_sha256"], ["blobs.sha256"], name=op.f("fk_sales_reports_extract_sha256")),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_sales_reports")),
    )
    op.create_index("ix_sales_reports_account_id", "sales_reports", ["account_id", "finished_at"])


def _coverages() -> None:
    op.create_table(
        "product_coverages",
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("asin", sa.String(10), nullable=False),
        sa.Column("product_id", sa.String(26)),
        sa.Column("title", sa.String(1000), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.Column("bought", sa.BigInteger(), nullable=False),
        sa.Column("difference", sa.BigInteger(), nullable=False),
        sa.Column("lapses_on", sa.Date()),
        sa.Column("ages_on", sa.Date()),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_product_coverages_account_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_coverages_product_id")),
        sa.PrimaryKeyConstraint("account_id", "asin", name=op.f("pk_product_coverages")),
    )
    op.create_index("ix_product_coverages_product_id", "product_coverages", ["product_id"])
    op.create_index("ix_product_coverages_rank", "product_coverages", ["account_id", "rank", "asin"])
    op.create_index("ix_product_coverages_state", "product_coverages", ["account_id", "state", "rank", "asin"])
    for column in ("sold", "difference", "lapses_on"):
        op.create_index(f"ix_product_coverages_{column}", "product_coverages", ["account_id", column, "asin"])
    op.create_table(
        "coverage_standings",
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_coverage_standings_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_coverage_standings")),
    )
