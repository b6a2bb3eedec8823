"""How much processor time the pages of linked accounts take where very many pairs share something.

    python -m tests.bench.bench_link_pages [--accounts 300] [--linked 134]

So many of the accounts are linked with each other, each pair. Prints p50 and p95 of the milliseconds that the server's
process works for one page, on SQLite and on PostgreSQL (which works in processes of its own). Fails where a page is over
its budget.
"""

import argparse
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tests.bench.bench_today import measure
from tests.bench.both_databases import both_databases, p95_of, say_times
from tests.bench.many_documents import NOON
from tests.web.desk import sit_down
from vault.app import create_app
from vault.config import Settings
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.links import Link
from vault.db.entities.people import Membership, User
from vault.db.migrate import migrate
from vault.domain.ids import new_id
from vault.domain.links import Contribution, How, LinkKind
from vault.domain.roles import Role
from vault.services.links.rows import dump_contribution
from vault.services.vault import Vault, open_vault
from vault.web.serving import settle

BUDGET_MS = 150
_KINDS = (LinkKind.WAREHOUSE, LinkKind.PHONE, LinkKind.IP_NETWORK)


def fill(vault: Vault, accounts: int, linked: int) -> tuple[str, list[str]]:
    """Returns the id of a person who owns all accounts, and theirs."""
    ids, owner = sorted(new_id() for _ in range(accounts)), new_id()
    person = {"id": owner, "email": "bench@x.example", "name": "Bench", "created_at": NOON}
    rights = [{"user_id": owner, "account_id": id_, "role": Role.OWNER, "since": NOON} for id_ in ids]
    with vault.database.engine.begin() as connection:
        connection.execute(insert(SellerAccount), [_account(id_) for id_ in ids])
        connection.execute(insert(User), [{**person, "totp_secret": vault.secrets.encrypt("JBSWY3DPEHPK3PXP")}])
        connection.execute(insert(Membership), rights)
        pairs = combinations(ids[:linked], 2)
        connection.execute(insert(Link), [_link(low, high, number) for number, (low, high) in enumerate(pairs)])
    return owner, ids


def run(url: str, home: Path, accounts: int, linked: int) -> bool:
    """Measures on the empty database at `url`. True when every page kept to its budget."""
    vault = open_vault(Settings(home=home, database_url=url), lambda: NOON)
    migrate(vault.database.engine)
    owner, ids = fill(vault, accounts, linked)
    app = create_app(vault=vault)
    settle()
    client = sit_down(app, owner, ids[0]).client
    pages = {
        "graph": "/links",
        "matrix": "/links?view=matrix",
        "list": "/links?view=pairs",
        "list, of one kind": "/links?view=pairs&kind=phone",
        "one account": f"/a/{ids[0]}/links",
    }
    worst = 0.0
    for name, address in pages.items():
        took = measure(client, address)
        worst = max(worst, p95_of(took))
        say_times(vault.database.engine.dialect.name, name, took)
    vault.close()
    return worst <= BUDGET_MS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=300)
    parser.add_argument("--linked", type=int, default=134)
    wanted = parser.parse_args()
    kept = []
    for url, folder in both_databases():
        kept.append(run(url, folder, wanted.accounts, wanted.linked))
    return 0 if all(kept) else 1


def _account(id_: str) -> dict[str, Any]:
    return {"id": id_, "name": f"Shop {id_[-4:]}", "legal_name": "Bench", "marketplaces": [], "created_at": NOON}


def _link(low: str, high: str, number: int) -> dict[str, Any]:
    score = 30 + number % 70
    shared = [dump_contribution(Contribution(kind, How.SAME, "••4567", score, score, 9)) for kind in _KINDS]
    return {
        "id": new_id(), "low_id": low, "high_id": high, "low_account_id": low, "high_account_id": high,
        "score": score, "contributions": shared, "scored_at": NOON,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
