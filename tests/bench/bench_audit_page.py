"""How much processor time the page of an audit takes with very many invoices, on SQLite and on PostgreSQL.

    python -m tests.bench.bench_audit_page [--products 5]

As many invoices as an audit usually has, and a thousand. Every third has something that speaks against it; the others
go in, and the letter, which is written and looked over for each page, names each of them. Prints p50 and p95 of the
milliseconds that the server's process works for one page (PostgreSQL works in processes of its own). Fails where the
page is over its budget; with one part shown whole, it has none.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tests.bench.bench_today import measure
from tests.bench.both_databases import both_databases, p95_of, say_times
from tests.bench.many_documents import NOON, TODAY
from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.web.desk import sit_down
from vault.app import create_app
from vault.config import Settings
from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import Audit, AuditInvoice
from vault.db.entities.documents import Blob, Document, DocumentState
from vault.db.migrate import migrate
from vault.domain.audits import AuditKind
from vault.domain.ids import new_id
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.vault import Vault, open_vault
from vault.web.audit_evidence import anchor_of
from vault.web.serving import settle

# Milliseconds by the number of invoices: no page of usual size is waited for, and none of any size for half a second.
BUDGETS_MS = {40: 100, 1000: 500}
_GAP = {
    "check": "invoice.supplier_contact", "outcome": "warn", "severity": "high", "rule": "appeal/2", "item": "",
    "path": "supplier_phone", "evidence": None, "why": {}, "advice": {"text": "Enter it.", "params": {}},
    "message": {"text": "No phone number of the supplier was found.", "params": {}},
}  # fmt: skip


def fill(vault: Vault, invoices: int, asins: tuple[str, ...]) -> tuple[str, str, str]:
    """An audit whose invoices were looked through. Returns the ids of its owner, its account and itself."""
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    audit = audits.open_audit(vault, actor, account_id, "A notice")
    deadline = NOON + timedelta(days=5)
    said = Confirmed(kind=AuditKind.AUTHENTICITY, noticed_on=TODAY, deadline=deadline, asins=asins)
    confirm(vault, actor, account_id, audit.id, said)
    supplier = {"id": new_id(), "account_id": account_id, "name": "Maker SARL", "match_key": "m", "created_at": NOON}
    documents = [_document(account_id, str(supplier["id"]), number) for number in range(invoices)]
    with vault.database.transaction() as session:
        session.get_one(Audit, audit.id).gathered_at = NOON
        session.execute(insert(Supplier), [supplier])
        session.execute(insert(Blob), [{"sha256": each["sha256"], "size": 1, "stored_at": NOON} for each in documents])
        session.execute(insert(Document), documents)
        session.execute(insert(AuditInvoice), list(_judged(audit.id, documents, asins)))
    return actor.id, account_id, audit.id


def run(url: str, home: Path, invoices: int, products: int) -> bool:
    """Measures on the empty database at `url`. True when the page kept to its budget."""
    vault = open_vault(Settings(home=home, database_url=url), lambda: NOON)
    migrate(vault.database.engine)
    asins = tuple(f"B0{number:08}" for number in range(products))
    owner_id, account_id, audit_id = fill(vault, invoices, asins)
    app = create_app(vault=vault)
    settle()
    client = sit_down(app, owner_id, account_id).client
    address = f"/a/{account_id}/audits/{audit_id}"
    pages = {"an audit": address, "one part shown whole": f"{address}?all={anchor_of('invoices', asins[0])}"}
    took = {name: measure(client, page) for name, page in pages.items()}
    for name, each in took.items():
        say_times(vault.database.engine.dialect.name, f"{invoices} invoices, {name}", each)
    vault.close()
    return p95_of(took["an audit"]) <= BUDGETS_MS[invoices]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=5)
    wanted = parser.parse_args()
    kept = []
    for invoices in BUDGETS_MS:
        for url, folder in both_databases():
            kept.append(run(url, folder, invoices, wanted.products))
    return 0 if all(kept) else 1


def _document(account_id: str, supplier_id: str, number: int) -> dict[str, Any]:
    return {
        "id": new_id(), "account_id": account_id, "sha256": f"{number:064x}", "size": 1,
        "media_type": "application/pdf", "filename": f"invoice-{number}.pdf", "uploaded_at": NOON,
        "uploaded_by": "bench", "state": DocumentState.JUDGED, "kind": "invoice", "verdict": "pass",
        "supplier_id": supplier_id, "supplier_name": "Maker SARL", "number": f"N-{number:05}",
        "issue_date": TODAY - timedelta(days=number % 300), "currency": "EUR", "total": f"{number}.00",
    }  # fmt: skip


def _judged(audit_id: str, documents: list[dict[str, Any]], asins: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, document in enumerate(documents):
        is_doubtful = number % 3 == 0
        yield {
            "id": new_id(), "audit_id": audit_id, "document_id": document["id"],
            "verdict": "warn" if is_doubtful else "pass", "quantities": {asins[number % len(asins)]: ["10"]},
            "findings": [_GAP] if is_doubtful else [],
        }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
