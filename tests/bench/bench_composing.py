"""How long a bundle's pages take: marked and redacted copies, and the combined PDF of many invoices.

    python -m tests.bench.bench_composing [--invoices 1000] [--scans 0.2]

Every invoice is marked for itself; then all marked copies are bound, in sections of ten, once with their vectors and
once with foreign pages drawn so that the whole is PDF/A-2b. Peak memory is the most that this process held, and the
most that all processes of the sandbox held at one moment.
"""

import argparse
import itertools
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psutil

from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.locales import LOCALES
from tests.invoices.render import Layout, render
from vault.composing.binder import combine
from vault.composing.book import Book, Piece, Section
from vault.composing.composer import Composer
from vault.composing.papers import Cover, InvoiceFacts, SectionFacts
from vault.domain.readings import Box

_DISTINCT = 24
_A_SECTION = 10
_NOTE = "Copy, marked on 22 November 2026 by Seller Vault. SHA-256 of the original: " + "a9" * 32


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--invoices", type=int, default=1000)
    parser.add_argument("--scans", type=float, default=0.2, help="the share of them that are scans")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Composer() as composer:
        composer.start()
        measure(composer, Path(folder), given.invoices, given.scans)
    return 0


def measure(composer: Composer, folder: Path, count: int, scans: float) -> None:
    originals = list(_originals(folder, scans))
    pieces: list[Piece] = []
    with _measured(f"{count:,} marked copies"):
        for number, original in zip(range(count), itertools.cycle(originals), strict=False):
            copy = composer.marked(original, {1: [Box(0.1, 0.45, 0.9, 0.47)]}, _NOTE)
            target = folder / f"copy-{number:05d}.pdf"
            target.write_bytes(copy.content)
            facts = InvoiceFacts(str(number), "Harbour Lamps Ltd", date(2026, 1, 31), 12)
            pieces.append(Piece(f"Invoice {number}", target, facts, pages=copy.pages, copied=True))
    print(f"  {sum(piece.pages for piece in pieces):,} pages, {_megabytes(folder, 'copy-*.pdf'):,.1f} MB")
    some = min(100, count)
    with _measured(f"{some} redacted copies"):
        for original in itertools.islice(itertools.cycle(originals), some):
            composer.redacted(original, {1: [Box(0.6, 0.4, 0.9, 0.9)]}, _NOTE)
    for archival in (False, True):
        with _measured(f"combined PDF, {'PDF/A, foreign pages drawn' if archival else 'vectors kept'}"):
            made = combine(composer, _book(pieces, archival=archival), folder / "combined.pdf")
        print(f"  {made.pages:,} pages, {made.size / 1e6:,.1f} MB, {made.drawn:,} drawn, conforms: {made.conforms}")


def _book(pieces: list[Piece], *, archival: bool) -> Book:
    cover = Cover("Bench", "Nordlicht GmbH", "Nordlicht", "amazon.de", "1", date(2026, 11, 22), documents=len(pieces))
    sections = []
    for number, start in enumerate(range(0, len(pieces), _A_SECTION)):
        facts = SectionFacts(f"B{number:09d}", f"Product {number}", units_invoiced=120, units_sold=100)
        sections.append(Section(facts.asin, tuple(pieces[start : start + _A_SECTION]), facts))
    return Book(cover, tuple(sections), archival=archival)


def _originals(folder: Path, scans: float) -> Iterator[Path]:
    layouts, locales = list(Layout), list(LOCALES)
    for number in range(_DISTINCT):
        locale = locales[number % len(locales)]
        pdf = render(make_invoice(number, locale), layouts[number % len(layouts)])
        if number < scans * _DISTINCT:
            pdf = as_scan(pdf, RECIPES["scan"], number)
        path = folder / f"original-{number:03d}.pdf"
        path.write_bytes(pdf)
        yield path


@contextmanager
def _measured(what: str) -> Iterator[None]:
    done, most = threading.Event(), [0]
    watch = threading.Thread(target=_watch_children, args=(done, most), daemon=True)
    watch.start()
    before, began = _cpu_seconds(), time.perf_counter()
    yield
    seconds, busy = time.perf_counter() - began, _cpu_seconds() - before
    done.set()
    watch.join()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = f"peak memory {own:,.0f} MB here, {most[0] / 2**20:,.0f} MB in the sandbox"
    print(f"{what}: {seconds:.1f} s ({busy:.1f} s of processor time), {memory}", flush=True)


def _cpu_seconds() -> float:
    """Of this process and of the sandbox, with what has ended in it."""
    myself = psutil.Process(os.getpid())
    return sum(sum(process.cpu_times()[:4]) for process in (myself, *myself.children(recursive=True)))


def _watch_children(done: threading.Event, most: list[int]) -> None:
    """The memory that the processes of the sandbox hold for themselves, pages that they share counted once."""
    myself = psutil.Process(os.getpid())
    while not done.wait(0.2):
        held = 0
        for child in myself.children(recursive=True):
            try:
                held += child.memory_full_info().pss
            except psutil.Error:
                continue
        most[0] = max(most[0], held)


def _megabytes(folder: Path, pattern: str) -> float:
    return sum(path.stat().st_size for path in folder.glob(pattern)) / 1e6


if __name__ == "__main__":
    sys.exit(main())
