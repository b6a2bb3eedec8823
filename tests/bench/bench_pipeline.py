"""Text PDFs from kept bytes to verdict in a warm worker.

    python -m tests.bench.bench_pipeline [DOCUMENTS]

Prints medians in milliseconds, and as multiples of the yardstick of the same run: what pdfium alone needs to give the
words of the same pages. Everything beyond that (sandbox, fields, lines, matching, checks, tasks, search, journal and
two transactions on the disk) is ours.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from tests.clock import Clock
from tests.invoices.compose import make_buyer, make_invoice, make_supplier
from tests.invoices.render import Layout, render
from tests.shop import CATALOGUE, Shop, open_shop
from vault.config import Settings
from vault.db.migrate import migrate
from vault.db.session import make_engine
from vault.services.jobs.work import perform
from vault.services.vault import open_vault

BUDGET_MS = 50
_LAYOUTS = (Layout.LETTERHEAD, Layout.SIDEBAR, Layout.DENSE, Layout.SIMPLE)
_WARM_UP = 3


@dataclass(slots=True)
class Times:
    """Seconds, one entry a document."""

    bare: list[float] = field(default_factory=list)
    upload: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)


def main(count: int) -> None:
    documents = [_document(seed) for seed in range(count + _WARM_UP)]
    with tempfile.TemporaryDirectory(prefix="sellervault-bench-") as folder:
        settings = Settings(home=Path(folder), queue_url="unix:///nowhere/valkey.sock")
        migrate(make_engine(settings.database))
        vault = open_vault(settings, Clock())
        vault.store.probe()
        shop = open_shop(vault)
        for content in documents[:_WARM_UP]:
            _measure(shop, content, Times())
        times = Times()
        for content in documents[_WARM_UP:]:
            _measure(shop, content, times)
        vault.close()
    _report(times)


def _document(seed: int) -> bytes:
    supplier = make_supplier(seed % 5, "fr")
    invoice = make_invoice(seed, "fr", line_count=6, products=CATALOGUE, buyer=make_buyer(1, "fr"), supplier=supplier)
    return render(invoice, _LAYOUTS[seed % len(_LAYOUTS)])


def _measure(shop: Shop, content: bytes, times: Times) -> None:
    times.bare.append(_timed(lambda: _bare_words(content)))
    times.reading.append(_timed(lambda: shop.vault.reader.read(content)))
    times.upload.append(_timed(lambda: shop.keep(content)))
    (job_id,) = shop.due_jobs()
    times.work.append(_timed(lambda: perform(shop.vault, job_id)))


def _bare_words(content: bytes) -> int:
    pdf = pdfium.PdfDocument(content)
    return sum(len(page.get_textpage().get_text_bounded().split()) for page in pdf)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _report(times: Times) -> None:
    bare = statistics.median(times.bare)
    rows = {
        "words by pdfium alone (the yardstick)": times.bare,
        "upload, until it is acknowledged": times.upload,
        "reading in the warm sandbox, alone": times.reading,
        f"from bytes to verdict in the worker (budget {BUDGET_MS} ms)": times.work,
    }
    for name, seconds in rows.items():
        median = statistics.median(seconds)
        sys.stdout.write(f"{name:60} {median * 1000:8.1f} ms  {median / bare:6.1f} ×\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
