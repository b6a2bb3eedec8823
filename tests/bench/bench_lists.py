"""How long the lists take with very many documents, on SQLite and on PostgreSQL.

    python -m tests.bench.bench_lists [--documents 100000] [--database URL]…

Prints p50 and p95 of each query in milliseconds, from the call to the finished rows.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from tests.bench.many_documents import NOON, TODAY, ManyDocuments
from tests.servers.postgresql import running_postgresql
from vault.db.migrate import migrate
from vault.db.queries.documents import DocumentFilter, DocumentSort, list_documents
from vault.db.queries.keyset import Cursor
from vault.db.queries.overview import read_overview
from vault.db.queries.products import list_products
from vault.db.queries.suppliers import list_suppliers
from vault.db.queries.task_views import board, month
from vault.db.queries.tasks import NOBODY, Grouping, Scope, TaskFilter, list_tasks
from vault.db.session import Database

BUDGET_MS = 50
_RUNS = 40

Query = Callable[[Session], object]


def queries(made: ManyDocuments) -> Iterator[tuple[str, Query]]:
    """Every list as its page asks for it, with filters drawn anew for each run."""
    dice = random.Random(7)
    account, scope = made.account_id, Scope((made.account_id,), made.account_ids)
    halfway = Cursor(NOON - timedelta(minutes=made.documents), "").encode()

    def documents(wanted: Callable[[], DocumentFilter], sort: DocumentSort, descending: bool = True) -> Query:
        return lambda session: list_documents(session, account, wanted(), sort, descending)

    def tasks(within: Scope, wanted: TaskFilter, grouping: Grouping | None = None) -> Query:
        return lambda session: list_tasks(session, within, wanted, None, grouping)

    filters: dict[str, Callable[[], DocumentFilter]] = {
        "all": DocumentFilter,
        "verdict": lambda: DocumentFilter(verdict=dice.choice(("pass", "fail", "unknown"))),
        "rare state": lambda: DocumentFilter(state="quarantined"),
        "kind": lambda: DocumentFilter(kind=dice.choice(("credit_note", "quote"))),
        "kind and verdict": lambda: DocumentFilter(kind="quote", verdict="fail"),
        "supplier": lambda: DocumentFilter(supplier_id=dice.choice(made.suppliers)[0]),
        "product": lambda: DocumentFilter(product_id=dice.choice(made.products)[0]),
        "dates": lambda: DocumentFilter(issued_from=TODAY - timedelta(days=90), issued_to=TODAY),
        "dates and verdict": lambda: DocumentFilter(verdict="fail", issued_from=TODAY - timedelta(days=30)),
        "rare words": lambda: DocumentFilter(text=dice.choice(made.words[2000:])),
        "common word": lambda: DocumentFilter(text=dice.choice(made.words[:5])),
        "two words": lambda: DocumentFilter(text=" ".join(dice.choices(made.words[:100], k=2))),
        "word and verdict": lambda: DocumentFilter(text=dice.choice(made.words[:50]), verdict="fail"),
        "beginning of a word": lambda: DocumentFilter(text=dice.choice(made.words)[:3]),
        "no such word": lambda: DocumentFilter(text="qqqq"),
    }
    for name, wanted in filters.items():
        for sort in DocumentSort:
            yield f"documents, {name}, by {sort}", documents(wanted, sort)
    yield "documents, all, oldest first", documents(DocumentFilter, DocumentSort.UPLOADED, False)
    yield "documents, halfway down", lambda session: list_documents(session, account, DocumentFilter(), token=halfway)
    week = timedelta(days=7)
    yield "tasks, overdue", lambda session: list_tasks(session, scope, TaskFilter(due_before=TODAY))
    yield "tasks, critical", lambda session: list_tasks(session, scope, TaskFilter(severity="critical"))
    yield "tasks, one check", lambda session: list_tasks(session, scope, TaskFilter(check_id="invoice.arithmetic"))
    everywhere = Scope(made.account_ids, made.account_ids)
    for where, within in (("", scope), (", all accounts", everywhere)):
        yield f"tasks, open{where}", tasks(within, TaskFilter())
        yield f"tasks, nobody's{where}", tasks(within, TaskFilter(assignee_id=NOBODY))
        yield f"tasks, one's own{where}", tasks(within, TaskFilter(assignee_id="somebody"))
        for grouping in Grouping:
            yield f"tasks, by {grouping}{where}", tasks(within, TaskFilter(), grouping)
        yield f"board{where}", partial(board, scope=within, wanted=TaskFilter(), done_since=NOON - week)
        yield f"month{where}", partial(month, scope=within, wanted=TaskFilter(), first=TODAY, after=TODAY + week)
    yield "suppliers", lambda session: list_suppliers(session, account)
    yield "suppliers, searched", lambda session: list_suppliers(session, account, dice.choice(made.words))
    yield "products", lambda session: list_products(session, account)
    yield "products, searched", lambda session: list_products(session, account, dice.choice(made.words))
    yield "home page", lambda session: read_overview(session, account)


def measure(database: Database, query: Query) -> list[float]:
    """Milliseconds of each run."""
    took = []
    for _ in range(_RUNS):
        with database.reading() as session:
            start = time.perf_counter()
            query(session)
            took.append(1000 * (time.perf_counter() - start))
    return took


@contextmanager
def throwaway_sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


def run(url: str, made: ManyDocuments) -> bool:
    """Measures every list on the empty database at `url`. True when all of them kept to the budget."""
    database = Database(url)
    migrate(database.engine)
    start = time.perf_counter()
    made.fill(database.engine)
    dialect = database.engine.dialect.name
    print(f"{dialect}: {made.documents} documents in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    worst = 0.0
    for name, query in queries(made):
        took = sorted(measure(database, query))
        p95 = took[int(len(took) * 0.95) - 1]
        worst = max(worst, p95)
        mark = "" if p95 <= BUDGET_MS else "  over budget"
        print(f"{dialect:<11} {name:<42} p50 {statistics.median(took):7.1f} ms   p95 {p95:7.1f} ms{mark}", flush=True)
    database.close()
    return worst <= BUDGET_MS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--database", action="append", help="an empty database; default: throwaway ones")
    arguments = parser.parse_args()
    kept = []
    if arguments.database:
        kept += [run(url, ManyDocuments(arguments.documents)) for url in arguments.database]
    else:
        with throwaway_sqlite() as url:
            kept.append(run(url, ManyDocuments(arguments.documents)))
        with running_postgresql() as server:
            kept.append(run(server.create("bench"), ManyDocuments(arguments.documents)))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
