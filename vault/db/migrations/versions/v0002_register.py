"""The register of seller accounts, and who works on a task.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_to_accounts()
    add_to_tasks()
    create_register()


def add_to_accounts() -> None:
    op.add_column("seller_accounts", sa.Column("status", sa.String(20), nullable=False, server_default="active"))
    op.add_column("seller_accounts", sa.Column("status_since", sa.Date()))
    op.add_column("seller_accounts", sa.Column("health_rating", sa.Integer()))


def add_to_tasks() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("stage", sa.String(20), nullable=False, server_default="to_do"))
        tasks.add_column(sa.Column("finding", sa.Text(), nullable=False, server_default="{}"))
        tasks.add_column(sa.Column("other_account_id", sa.String(26)))
        tasks.add_column(sa.Column("assignee_id", sa.String(26)))
        tasks.create_foreign_key(op.f("fk_tasks_other_account_id"), "seller_accounts", ["other_account_id"], ["id"])
        tasks.create_foreign_key(op.f("fk_tasks_assignee_id"), "users", ["assignee_id"], ["id"])
        tasks.create_index("ix_tasks_assignee_id_state_due_on", ["assignee_id", "state", "due_on", "id"])


def create_register() -> None:
    op.create_table(
        "other_accounts",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("relation", sa.String(200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_other_accounts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_accounts")),
    )
    op.create_index(op.f("ix_other_accounts_account_id"), "other_accounts", ["account_id"])
    op.create_table(
        "register_entries",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("holder_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("encrypted", sa.Text(), nullable=False),
        sa.Column("masked", sa.String(200), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_register_entries_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entries")),
    )
    op.create_index("ix_register_entries_fingerprint", "register_entries", ["kind", "fingerprint"])
    op.create_index("ix_register_entries_holder", "register_entries", ["holder_id", "kind", "id"])
    op.create_index("ix_register_entries_account_id", "register_entries", ["account_id"])
    op.create_table(
        "access_grants",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("trained_on", sa.Date()),
        sa.Column("left_on", sa.Date()),
        sa.Column("removed_on", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name=op.f("fk_access_grants_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grants")),
    )
    op.create_index("ix_access_grants_account_id_name", "access_grants", ["account_id", "name", "id"])
    op.create_index("ix_access_grants_person_key", "access_grants", ["person_key"])
