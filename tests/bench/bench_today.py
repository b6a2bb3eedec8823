"""How much processor time the page of a day takes with the routines of very many accounts, on SQLite and PostgreSQL.

    python -m tests.bench.bench_today [--accounts 300] [--routines 12] [--people 30]

Prints p50 and p95 of the milliseconds that the server's process works for one page: from the address to the finished
page, without what the database works in a process of its own. Fails where that is over its budget. The person sees all
accounts, owns them together with another one, and has the turn of one routine in so many as there are people.
"""

import argparse
import random
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert

from tests.bench.both_databases import both_databases, p95_of, say_times
from tests.bench.many_documents import NOON, TODAY
from tests.web.desk import sit_down
from vault.app import create_app
from vault.config import Settings
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership, User
from vault.db.entities.routines import Absence, Attestation, Routine, RoutinePlan
from vault.db.migrate import migrate
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.vault import Vault, open_vault
from vault.web.serving import settle

# Of the fullest page there is: 300 accounts of one owner. With one account it takes a twentieth.
BUDGET_MS = 250
_RUNS, _WARM_UP = 40, 5
_CADENCES = ("weekly 1234567", "weekly 12345", "weekly 1", "monthly 1 1", "monthly 1 15", "monthly 3 28")


class ManyRoutines:
    """`accounts` seller accounts with `routines` each, of `people` who share them; every tenth person is away."""

    def __init__(self, accounts: int, routines: int, people: int, seed: int = 3) -> None:
        self._dice = random.Random(seed)
        self._routines = routines
        self.account_ids = [new_id() for _ in range(accounts)]
        self.people = [new_id() for _ in range(people)]

    def fill(self, vault: Vault) -> None:
        routines = [self._routine(account_id) for account_id in self.account_ids for _ in range(self._routines)]
        with vault.database.engine.begin() as connection:
            connection.execute(insert(SellerAccount), [self._account(id_) for id_ in self.account_ids])
            connection.execute(insert(User), [self._person(vault, place) for place in range(len(self.people))])
            connection.execute(insert(Membership), [self._member(a, p) for a in self.account_ids for p in self.people])
            connection.execute(
                insert(Absence), [self._away(a, p) for a in self.account_ids for p in self.people[9::10]]
            )
            connection.execute(insert(Routine), routines)
            connection.execute(insert(RoutinePlan), [self._plan(n, each["id"]) for n, each in enumerate(routines)])
            connection.execute(insert(Attestation), [row for each in routines for row in self._said(each["id"])])

    def _account(self, id_: str) -> dict[str, Any]:
        return {"id": id_, "name": f"Shop {id_[-4:]}", "legal_name": "Bench", "marketplaces": [], "created_at": NOON}

    def _person(self, vault: Vault, place: int) -> dict[str, Any]:
        secret = vault.secrets.encrypt("JBSWY3DPEHPK3PXP")
        return {
            "id": self.people[place], "email": f"p{place}@x.example", "name": f"Person {place}", "created_at": NOON,
            "totp_secret": secret,
        }  # fmt: skip

    def _member(self, account_id: str, person_id: str) -> dict[str, Any]:
        role = Role.OWNER if person_id in self.people[:2] else Role.ASSISTANT
        return {"account_id": account_id, "user_id": person_id, "role": role, "since": NOON}

    def _away(self, account_id: str, person_id: str) -> dict[str, Any]:
        return {
            "id": new_id(), "account_id": account_id, "user_id": person_id, "from_on": TODAY - timedelta(days=2),
            "until_on": TODAY + timedelta(days=2), "created_at": NOON, "created_by": "bench",
        }  # fmt: skip

    def _routine(self, account_id: str) -> dict[str, Any]:
        owner, deputy = self._dice.sample(self.people, 2)
        return {
            "id": new_id(), "account_id": account_id, "title": "Look at the account", "minutes": 3, "state": "active",
            "owner_id": owner, "deputy_id": deputy, "created_at": NOON, "created_by": "bench",
        }  # fmt: skip

    def _plan(self, number: int, routine_id: str) -> dict[str, Any]:
        begins = TODAY - timedelta(days=90)
        return {
            "id": new_id(), "routine_id": routine_id, "cadence": _CADENCES[number % len(_CADENCES)],
            "begins_on": begins, "ends_on": None,
        }  # fmt: skip

    def _said(self, routine_id: str) -> list[dict[str, Any]]:
        days = [TODAY - timedelta(days=ago) for ago in range(self._dice.randrange(2), 28, 4)]
        return [
            {
                "id": new_id(), "routine_id": routine_id, "due_on": day, "outcome": "done", "person_id": "bench",
                "said_at": NOON, "said_on": day,
            }
            for day in days
        ]  # fmt: skip


def measure(client: FlaskClient, address: str) -> list[float]:
    """Milliseconds of work for each run, sorted; the first ones warm up."""
    took = []
    for _ in range(_WARM_UP + _RUNS):
        start = time.process_time()
        answer = client.get(address)
        took.append(1000 * (time.process_time() - start))
        assert answer.status_code == 200, (address, answer.status_code)
    return sorted(took[_WARM_UP:])


def run(url: str, home: Path, made: ManyRoutines) -> bool:
    """Measures on the empty database at `url`. True when every page kept to its budget."""
    vault = open_vault(Settings(home=home, database_url=url), lambda: NOON)
    migrate(vault.database.engine)
    made.fill(vault)
    app = create_app(vault=vault)
    settle()
    worst = 0.0
    for who, person_id in (("an owner", made.people[0]), ("an assistant", made.people[5])):
        client = sit_down(app, person_id, made.account_ids[0]).client
        for where, address in (("everywhere", "/today"), ("one account", f"/a/{made.account_ids[0]}/today")):
            took = measure(client, address)
            worst = max(worst, p95_of(took))
            say_times(vault.database.engine.dialect.name, f"{who}, {where}", took)
    vault.close()
    return worst <= BUDGET_MS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=300)
    parser.add_argument("--routines", type=int, default=12)
    parser.add_argument("--people", type=int, default=30)
    wanted = parser.parse_args()
    kept = []
    for url, folder in both_databases():
        made = ManyRoutines(wanted.accounts, wanted.routines, wanted.people)
        kept.append(run(url, folder, made))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
