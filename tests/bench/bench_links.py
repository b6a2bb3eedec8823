"""How long it takes to score which accounts are linked, on SQLite and on PostgreSQL.

    python -m tests.bench.bench_links [--accounts 300]

Everything is in the figures: reading the register's rows and opening what is compared, scoring, storing what changed with its
tasks and journal entries, and the commit.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from tests.bench.many_registers import ManyRegisters, entry_row
from tests.servers.postgresql import running_postgresql
from vault.config import Settings
from vault.db.entities.links import Link
from vault.db.entities.register import RegisterEntry
from vault.db.entities.work import Task
from vault.db.migrate import migrate
from vault.domain.register import AttributeKind
from vault.journal.table import entries
from vault.services.journal.notes import record
from vault.services.links.scoring import holder_changed, rescore_all
from vault.services.vault import Vault, open_vault

ALL_SECONDS = 2.0
ONE_MS = 100.0
_RUNS = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=300)
    accounts = parser.parse_args().accounts
    with tempfile.TemporaryDirectory() as folder:
        kept = [run(f"sqlite:///{folder}/bench.db", Path(folder) / "one", accounts)]
        with running_postgresql() as server:
            kept.append(run(server.create("bench"), Path(folder) / "two", accounts))
    return 0 if all(kept) else 1


def run(url: str, home: Path, accounts: int) -> bool:
    """Measures on the empty database at `url`. True when both budgets were kept."""
    home.mkdir()
    vault = open_vault(Settings(home=home, database_url=url, queue_url="unix:///nowhere"))
    migrate(vault.database.engine)
    made = ManyRegisters(accounts)
    made.fill(vault)
    name = vault.database.engine.dialect.name
    first = seconds(lambda: rescore_all(vault, catalogues=True))
    say(name, "all pairs, for the first time", first, f"{count(vault, Link)} links, {count(vault, Task)} tasks")
    again = statistics.median(seconds(lambda: rescore_all(vault)) for _ in range(5))
    say(name, "all pairs, nothing changed", again, "median of 5")
    changed = seconds(lambda: change_many(vault, made))
    say(name, "all pairs, after 30 changes", changed, f"{count(vault, Task)} tasks")
    before = count(vault, entries)
    plain = changes(vault, made, share=False)
    say_ms(name, "one change, a value of its own", plain)
    shared = changes(vault, made, share=True)
    say_ms(name, "one change, a value that another has", shared)
    print(f"{name:<11} {count(vault, entries) - before} journal entries for {4 * _RUNS} changes", flush=True)
    vault.close()
    worst = max(again, changed)  # the first time also compares all catalogues and opens all tasks
    return worst <= ALL_SECONDS and max(p95(plain), p95(shared)) <= ONE_MS / 1000


def changes(vault: Vault, made: ManyRegisters, *, share: bool) -> list[float]:
    """Seconds of each: a bank account comes and, after that, goes again. `share`: another account has it."""
    took = []
    for number in range(_RUNS):
        account_id, other_id = made.account_ids[number], made.account_ids[-1 - number]
        text = made.value(AttributeKind.BANK_ACCOUNT)
        if share:
            entry_id = add(vault, other_id, text)
            seconds(lambda holder_id=other_id: rescore(vault, holder_id))
        mine = add(vault, account_id, text)
        took.append(seconds(lambda holder_id=account_id: rescore(vault, holder_id)))
        remove(vault, mine)
        took.append(seconds(lambda holder_id=account_id: rescore(vault, holder_id)))
        if share:
            remove(vault, entry_id)
            rescore(vault, other_id)
    return took


def change_many(vault: Vault, made: ManyRegisters) -> None:
    for number in range(30):
        add(vault, made.account_ids[number], f"{70000000 + number // 2}")
    rescore_all(vault)


def add(vault: Vault, account_id: str, text: str) -> str:
    row = entry_row(vault, account_id, AttributeKind.BANK_ACCOUNT, text)
    with Session(vault.database.engine) as session, session.begin():
        session.execute(insert(RegisterEntry), [row])
    return str(row["id"])


def remove(vault: Vault, entry_id: str) -> None:
    with Session(vault.database.engine) as session, session.begin():
        session.execute(delete(RegisterEntry).where(RegisterEntry.id == entry_id))


def rescore(vault: Vault, holder_id: str) -> None:
    with vault.database.transaction() as session:
        record(session, vault, holder_changed(session, vault, holder_id))


def seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def count(vault: Vault, what: object) -> int:
    with vault.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0  # type: ignore[call-overload]


def p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95) - 1]


def say(name: str, what: str, took: float, more: str) -> None:
    print(f"{name:<11} {what:<45} {took:7.2f} s   {more}", flush=True)


def say_ms(name: str, what: str, took: list[float]) -> None:
    print(
        f"{name:<11} {what:<45} p50 {1000 * statistics.median(took):6.1f} ms   p95 {1000 * p95(took):6.1f} ms",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
