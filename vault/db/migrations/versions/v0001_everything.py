"""Everything: seller accounts, people, documents, work, the journal and the full-text search.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What stands for "the entry before it" in the journal's first entry.
NO_HASH = "0" * 64

# FTS5 reads the words from the table itself and keeps only its index; the triggers are those of its manual (4.4.3).
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE document_search USING fts5(
        words, content='document_texts', content_rowid='seq', tokenize='ascii', prefix='2 3 4', detail='none'
    )
    """,
    """
    CREATE TRIGGER document_texts_added AFTER INSERT ON document_texts BEGIN
        INSERT INTO document_search(rowid, words) VALUES (new.seq, new.words);
    END
    """,
    """
    CREATE TRIGGER document_texts_removed AFTER DELETE ON document_texts BEGIN
        INSERT INTO document_search(document_search, rowid, words) VALUES ('delete', old.seq, old.words);
    END
    """,
    """
    CREATE TRIGGER document_texts_changed AFTER UPDATE ON document_texts BEGIN
        INSERT INTO document_search(document_search, rowid, words) VALUES ('delete', old.seq, old.words);
        INSERT INTO document_search(rowid, words) VALUES (new.seq, new.words);
    END
    """,
)
POSTGRESQL_SEARCH = (
    "CREATE INDEX ix_document_texts_words ON document_texts USING gin (array_to_tsvector(string_to_array(words, ' ')))",
)


def upgrade() -> None:
    create_tables()
    op.execute(f"INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '{NO_HASH}')")
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_SEARCH if is_sqlite else POSTGRESQL_SEARCH:
        op.execute(statement)


def create_tables() -> None:
    op.create_table('blobs',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blobs'))
    )
    op.create_table('invitations',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('grants', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.String(length=26), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitations_token_hash'))
    )
    op.create_table('jobs',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.String(length=40), nullable=False),
    sa.Column('account_id', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('run_after', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('progress', sa.Text(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs'))
    )
    op.create_index('ix_jobs_kind_subject', 'jobs', ['kind', 'subject_id'], unique=False)
    op.create_index('ix_jobs_state_due', 'jobs', ['state', 'run_after'], unique=False)
    op.create_table('seller_accounts',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('legal_name', sa.String(length=200), nullable=False),
    sa.Column('street', sa.String(length=300), nullable=False),
    sa.Column('postcode', sa.String(length=20), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=False),
    sa.Column('region', sa.String(length=120), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('vat_number', sa.String(length=32), nullable=False),
    sa.Column('marketplaces', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seller_accounts'))
    )
    op.create_table('sign_in_attempts',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts'))
    )
    op.create_index('ix_sign_in_attempts_key_made_at', 'sign_in_attempts', ['key', 'made_at'], unique=False)
    op.create_index(op.f('ix_sign_in_attempts_made_at'), 'sign_in_attempts', ['made_at'], unique=False)
    op.create_table('users',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('is_administrator', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('totp_secret', sa.String(length=400), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=False),
    sa.Column('credentials_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    op.create_table('memberships',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_memberships_account_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_memberships_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('user_id', 'account_id', name=op.f('uq_memberships_user_id_account_id'))
    )
    op.create_index(op.f('ix_memberships_account_id'), 'memberships', ['account_id'], unique=False)
    op.create_table('products',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('asin', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=1000), nullable=False),
    sa.Column('brand', sa.String(length=200), nullable=False),
    sa.Column('model', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_products_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_products')),
    sa.UniqueConstraint('account_id', 'asin', name=op.f('uq_products_account_id_asin'))
    )
    op.create_index('ix_products_account_id_title', 'products', ['account_id', 'title', 'id'], unique=False)
    op.create_table('recovery_codes',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=False),
    sa.Column('code_hash', sa.String(length=200), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_recovery_codes_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_codes'))
    )
    op.create_index(op.f('ix_recovery_codes_user_id'), 'recovery_codes', ['user_id'], unique=False)
    op.create_table('report_imports',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('filename', sa.String(length=500), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('problems', sa.Text(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_report_imports_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_imports')),
    sa.UniqueConstraint('account_id', 'kind', 'sha256', name=op.f('uq_report_imports_account_id_kind_sha256'))
    )
    op.create_table('suppliers',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('match_key', sa.String(length=300), nullable=False),
    sa.Column('address', sa.String(length=600), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('vat_number', sa.String(length=32), nullable=False),
    sa.Column('phone', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_suppliers_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suppliers')),
    sa.UniqueConstraint('account_id', 'match_key', name=op.f('uq_suppliers_account_id_match_key'))
    )
    op.create_index('ix_suppliers_account_id_name', 'suppliers', ['account_id', 'name', 'id'], unique=False)
    op.create_index(op.f('ix_suppliers_vat_number'), 'suppliers', ['vat_number'], unique=False)
    op.create_table('tasks',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('subject_type', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.String(length=40), nullable=False),
    sa.Column('check_id', sa.String(length=60), nullable=False),
    sa.Column('item', sa.String(length=60), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('severity', sa.String(length=20), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('advice', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waived_by', sa.String(length=40), nullable=True),
    sa.Column('waived_until', sa.Date(), nullable=True),
    sa.Column('waived_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_tasks_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks')),
    sa.UniqueConstraint('subject_type', 'subject_id', 'check_id', 'item', name=op.f('uq_tasks_subject_type_subject_id_check_id_item'))
    )
    op.create_index('ix_tasks_account_id_state_check_id', 'tasks', ['account_id', 'state', 'check_id', 'due_on', 'id'], unique=False)
    op.create_index('ix_tasks_account_id_state_due_on', 'tasks', ['account_id', 'state', 'due_on', 'id'], unique=False)
    op.create_index('ix_tasks_account_id_state_severity', 'tasks', ['account_id', 'state', 'severity', 'due_on', 'id'], unique=False)
    op.create_table('upload_batches',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('created_by', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_upload_batches_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload_batches'))
    )
    op.create_index('ix_upload_batches_account_id', 'upload_batches', ['account_id', 'created_at'], unique=False)
    op.create_table('web_sessions',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=True),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_web_sessions_user_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_web_sessions'))
    )
    op.create_index(op.f('ix_web_sessions_expires_at'), 'web_sessions', ['expires_at'], unique=False)
    op.create_index(op.f('ix_web_sessions_user_id'), 'web_sessions', ['user_id'], unique=False)
    op.create_table('documents',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('filename', sa.String(length=500), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uploaded_by', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('state_reason', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('page_count', sa.Integer(), nullable=False),
    sa.Column('supplier_id', sa.String(length=26), nullable=True),
    sa.Column('supplier_name', sa.String(length=300), nullable=False),
    sa.Column('number', sa.String(length=100), nullable=False),
    sa.Column('issue_date', sa.Date(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('total', sa.String(length=40), nullable=False),
    sa.Column('total_value', sa.Float(), sa.Computed("CAST(NULLIF(total, '') AS FLOAT)", persisted=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_documents_account_id')),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_documents_sha256')),
    sa.ForeignKeyConstraint(['supplier_id'], ['suppliers.id'], name=op.f('fk_documents_supplier_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sa.UniqueConstraint('account_id', 'sha256', name=op.f('uq_documents_account_id_sha256'))
    )
    op.create_index('ix_documents_account_id_issue_date', 'documents', ['account_id', 'issue_date', 'id'], unique=False)
    op.create_index('ix_documents_account_id_kind', 'documents', ['account_id', 'kind', 'uploaded_at', 'id'], unique=False)
    op.create_index('ix_documents_account_id_number', 'documents', ['account_id', 'number'], unique=False)
    op.create_index('ix_documents_account_id_state', 'documents', ['account_id', 'state', 'uploaded_at', 'id'], unique=False)
    op.create_index('ix_documents_account_id_supplier_id', 'documents', ['account_id', 'supplier_id', 'issue_date', 'id'], unique=False)
    op.create_index('ix_documents_account_id_supplier_name', 'documents', ['account_id', 'supplier_name', 'id'], unique=False)
    op.create_index('ix_documents_account_id_total_value', 'documents', ['account_id', 'total_value', 'id'], unique=False)
    op.create_index('ix_documents_account_id_uploaded_at', 'documents', ['account_id', 'uploaded_at', 'id'], unique=False)
    op.create_index('ix_documents_account_id_verdict', 'documents', ['account_id', 'verdict', 'uploaded_at', 'id'], unique=False)
    op.create_table('listings',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('product_id', sa.String(length=26), nullable=False),
    sa.Column('sku', sa.String(length=200), nullable=False),
    sa.Column('fnsku', sa.String(length=20), nullable=False),
    sa.Column('gtin', sa.String(length=14), nullable=False),
    sa.Column('price', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['seller_accounts.id'], name=op.f('fk_listings_account_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_listings_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listings')),
    sa.UniqueConstraint('account_id', 'sku', name=op.f('uq_listings_account_id_sku'))
    )
    op.create_index(op.f('ix_listings_gtin'), 'listings', ['gtin'], unique=False)
    op.create_index(op.f('ix_listings_product_id'), 'listings', ['product_id'], unique=False)
    op.create_table('corrections',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=False),
    sa.Column('path', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('made_by', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_corrections_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_corrections'))
    )
    op.create_index('ix_corrections_document_id', 'corrections', ['document_id', 'path'], unique=False)
    op.create_table('document_lines',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('quantity', sa.String(length=40), nullable=False),
    sa.Column('product_id', sa.String(length=26), nullable=True),
    sa.Column('decision', sa.String(length=12), nullable=False),
    sa.Column('by_person', sa.Boolean(), nullable=False),
    sa.Column('candidates', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_lines_document_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_document_lines_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_lines')),
    sa.UniqueConstraint('document_id', 'position', name=op.f('uq_document_lines_document_id_position'))
    )
    op.create_index('ix_document_lines_product_id', 'document_lines', ['product_id', 'document_id'], unique=False)
    op.create_table('document_texts',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_texts_document_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_document_texts')),
    sa.UniqueConstraint('document_id', name=op.f('uq_document_texts_document_id'))
    )
    op.create_table('judgements',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=False),
    sa.Column('profile', sa.String(length=40), nullable=False),
    sa.Column('rules_version', sa.String(length=80), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('judged_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_judgements_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judgements')),
    sa.UniqueConstraint('document_id', 'profile', name=op.f('uq_judgements_document_id_profile'))
    )
    op.create_table('readings',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('reader', sa.String(length=60), nullable=False),
    sa.Column('payload', sa.LargeBinary(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('took_ms', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_readings_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_readings')),
    sa.UniqueConstraint('document_id', 'attempt', name=op.f('uq_readings_document_id_attempt'))
    )
    op.create_table('upload_items',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('batch_id', sa.String(length=26), nullable=False),
    sa.Column('client_key', sa.String(length=80), nullable=False),
    sa.Column('filename', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['upload_batches.id'], name=op.f('fk_upload_items_batch_id')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_upload_items_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload_items')),
    sa.UniqueConstraint('batch_id', 'client_key', name=op.f('uq_upload_items_batch_id_client_key'))
    )
    op.create_table('findings',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('judgement_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('check_id', sa.String(length=60), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['judgement_id'], ['judgements.id'], name=op.f('fk_findings_judgement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_findings')),
    sa.UniqueConstraint('judgement_id', 'position', name=op.f('uq_findings_judgement_id_position'))
    )
    op.create_index('ix_findings_check_outcome', 'findings', ['check_id', 'outcome'], unique=False)
    op.create_table('journal',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.String(length=27), nullable=False),
    sa.Column('actor', sa.String(length=100), nullable=False),
    sa.Column('account_id', sa.String(length=40), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=100), nullable=False),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('hash')
    )
    op.create_index('ix_journal_account_id_seq', 'journal', ['account_id', 'seq'], unique=False)
    op.create_index('ix_journal_subject_seq', 'journal', ['subject', 'seq'], unique=False)
    op.create_table('journal_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('journal_seals',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('table_name', sa.String(length=40), nullable=False),
    sa.Column('row_id', sa.String(length=100), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['seq'], ['journal.seq'], ),
    sa.PrimaryKeyConstraint('seq', 'table_name', 'row_id')
    )
    op.create_index('ix_journal_seals_table_name_row_id_seq', 'journal_seals', ['table_name', 'row_id', 'seq'], unique=False)
