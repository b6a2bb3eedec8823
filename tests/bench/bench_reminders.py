"""The sweep that reminds people: 20,000 open tasks in 300 seller accounts, on a new vault, on an ordinary day, again.

python tests/bench/bench_reminders.py [--tasks 20000] [--accounts 300] [--database URL]
"""

import argparse
import random
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tests.clock import Clock
from tests.servers.schema import create_schema
from vault.config import Settings
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.notices import Notification
from vault.db.entities.people import Membership, User
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.notices.reminders import sweep
from vault.services.notices.unreachable import tell_unreachable
from vault.services.vault import Vault, open_vault

_PEOPLE = 20
_DAYS = 60


def fill(vault: Vault, tasks: int, accounts: int) -> None:
    """Tasks due in the days around today; every account has an owner and two assistants, of twenty people in all."""
    now, chance = vault.clock(), random.Random(7)
    ids = [new_id() for _ in range(accounts)]
    people = [new_id() for _ in range(_PEOPLE)]
    seal = vault.secrets.encrypt("JBSWY3DPEHPK3PXP")
    with vault.database.transaction() as session:
        session.execute(
            insert(User),
            [
                {"id": each, "email": f"{each}@x.example", "name": each, "totp_secret": seal, "created_at": now}
                for each in people
            ],
        )
        session.execute(
            insert(SellerAccount),
            [{"id": each, "name": each, "legal_name": each, "marketplaces": [], "created_at": now} for each in ids],
        )
        roles = (Role.OWNER, Role.ASSISTANT, Role.ASSISTANT)
        members = [
            {"user_id": user_id, "account_id": account_id, "role": role, "since": now}
            for account_id in ids
            for user_id, role in zip(chance.sample(people, len(roles)), roles, strict=True)
        ]
        session.execute(insert(Membership), members)
        _add_tasks(session, vault, [chance.choice(members) for _ in range(tasks)], chance)


def _add_tasks(session: Session, vault: Vault, places: list[dict[str, object]], chance: random.Random) -> None:
    now, severities = vault.clock(), list(Severity)
    rows = [
        {
            "id": new_id(),
            "account_id": place["account_id"],
            "assignee_id": place["user_id"],
            "subject_type": "document",
            "subject_id": new_id(),
            "check_id": "invoice.issue_date",
            "outcome": "fail",
            "severity": chance.choices(severities, (1, 20, 60, 19))[0],
            "title": {"text": "The invoice names no date of issue.", "params": {}},
            "advice": {},
            "finding": {},
            "state": TaskState.OPEN,
            "due_on": now.date() + timedelta(chance.randrange(-_DAYS, _DAYS)),
            "opened_at": now - timedelta(_DAYS),
        }
        for place in places
    ]
    session.execute(insert(Task), rows)


def timed(vault: Vault, name: str) -> None:
    before = _told(vault)
    began = time.perf_counter()
    looked_at = sweep(vault)
    took = time.perf_counter() - began
    print(f"{name}: {looked_at} tasks looked at, {_told(vault) - before} notifications, {took:.2f} s")


def _told(vault: Vault) -> int:
    with vault.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Notification)) or 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=20_000)
    parser.add_argument("--accounts", type=int, default=300)
    parser.add_argument("--database", default="")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sellervault-bench-") as home:
        settings = Settings(home=Path(home), database_url=wanted.database)
        create_schema(settings.database)
        clock = Clock()
        vault = open_vault(settings, clock)
        fill(vault, wanted.tasks, wanted.accounts)
        timed(vault, "first sweep")
        clock.advance(timedelta(days=1))
        timed(vault, "the next day")
        idle = []
        for _ in range(20):
            began = time.perf_counter()
            assert sweep(vault) == 0
            idle.append(time.perf_counter() - began)
        print(f"again, nothing to tell: median {statistics.median(idle) * 1000:.0f} ms")
        began = time.perf_counter()
        assert tell_unreachable(vault) == 0
        print(f"assignees whom nothing reaches: {(time.perf_counter() - began) * 1000:.0f} ms")
        vault.close()


if __name__ == "__main__":
    main()
