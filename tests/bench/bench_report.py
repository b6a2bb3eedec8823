"""How long the report of a month takes over very many invoices, on SQLite and PostgreSQL.

    python -m tests.bench.bench_report [--documents 100000]

The account has as many documents with their lines, tasks and journal entries. Prints the seconds that gathering the
figures takes, and that making the report of the month takes as a whole: its figures, then its PDF, table and data, kept in
the store. Fails where that is over its budget.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, insert, select, update

from tests.bench.many_documents import NOON, ManyDocuments
from tests.servers.postgresql import running_postgresql
from vault.config import Settings
from vault.db.entities.reports import ReportStage
from vault.db.entities.work import Task
from vault.db.migrate import migrate
from vault.domain.roles import Role
from vault.journal.entry import moment
from vault.journal.table import entries, head
from vault.services.access import Actor
from vault.services.jobs.work import perform
from vault.services.reports import kept, reports
from vault.services.reports.figures import gather
from vault.services.reports.months import running_month
from vault.services.vault import Vault, open_vault

BUDGET_SECONDS = 10
_BATCH = 5000


@contextmanager
def filled(url: str, home: Path, made: ManyDocuments) -> Iterator[Vault]:
    vault = open_vault(Settings(home=home, database_url=url), lambda: NOON)
    migrate(vault.database.engine)
    made.fill(vault.database.engine)
    _write_journal(vault.database.engine, made)
    try:
        yield vault
    finally:
        vault.close()


def _write_journal(engine: Engine, made: ManyDocuments) -> None:
    """Five entries a document and one a task, as reading and judging leave them; the chain itself is nobody's business."""
    with engine.connect() as connection:
        wanted = select(Task.id, Task.account_id, Task.opened_at).order_by(Task.opened_at)
        tasks = [(row[0], row[1], moment(row[2])) for row in connection.execute(wanted)]
    rows = []
    for number in range(1, made.documents * 5 + len(tasks) + 1):
        task = tasks[number // 5] if number % 5 == 0 and number // 5 < len(tasks) else None
        subject, account_id, at = task or (f"document-{number}", made.account_id, moment(NOON))
        action = "task.opened" if task else "document.judged"
        row = {"seq": number, "at": at, "actor": "worker", "account_id": account_id, "action": action}
        rows.append({**row, "subject": subject, "details": "{}", "prev_hash": "", "hash": f"{number:064}"})
    with engine.begin() as connection:
        for first in range(0, len(rows), _BATCH):
            connection.execute(insert(entries), rows[first : first + _BATCH])
        connection.execute(update(head).values(seq=len(rows), hash=rows[-1]["hash"]))


def measure(name: str, url: str, home: Path, documents: int) -> bool:
    made = ManyDocuments(documents)
    with filled(url, home, made) as vault:
        actor, month = Actor("bench", "Bench", {made.account_id: Role.OWNER}), running_month(vault)
        start = time.perf_counter()
        gather(vault, made.account_id, month)
        gathered = time.perf_counter() - start
        start = time.perf_counter()
        report = reports.make(vault, actor, made.account_id, month)
        kept_in = time.perf_counter() - start
        assert report.job is not None
        perform(vault, report.job.id)
        taken = time.perf_counter() - start
        files = kept.show(vault, actor, made.account_id, report.report.id).files[ReportStage.MADE]
    figures = report.report.figures
    came_in, size = figures["happened"]["invoices"]["came_in"], len(json.dumps(figures))
    print(
        f"{name}: {documents} documents, {came_in} of the month; gathered in {gathered:.2f} s, kept in {kept_in:.2f} s,"
    )
    print(
        f"  with its files in {taken:.2f} s; {size / 1024:.0f} KiB of figures, {files['pdf'].size / 1024:.0f} KiB of PDF"
    )
    return taken <= BUDGET_SECONDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder, running_postgresql() as server:
        homes = [Path(folder) / name for name in ("sqlite", "postgresql")]
        for home in homes:
            home.mkdir()
        urls = (f"sqlite:///{folder}/vault.db", server.create("bench"))
        within = [measure(home.name, url, home, documents) for home, url in zip(homes, urls, strict=True)]
    sys.exit(0 if all(within) else 1)


if __name__ == "__main__":
    main()
