"""How long a bundle's pages take: marked and redacted copies, and the combined PDF of many invoices.

    python -m tests.bench.bench_composing [--invoices 1000] [--scans 0.2]

Every invoice is marked for itself; then all marked copies are bound, in sections of ten: once with their vectors, and once
with those pages drawn that do not conform, so that the whole is PDF/A-2b. Peak memory is the most that this process held,
and the most that all processes of the sandbox held at one moment.
"""

import argparse
import itertools
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from tests.bench.measured import measured
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
    for archival in (False, True):
        how = "PDF/A, others drawn" if archival else "vectors kept"
        with measured() as found:
            pieces = list(_marked(composer, folder, itertools.islice(itertools.cycle(originals), count), archival))
        pages, size = sum(piece.pages for piece in pieces), _megabytes(folder, "copy-*.pdf")
        print(f"{count:,} marked copies, {how}: {found}", flush=True)
        print(f"  {pages:,} pages, {size:,.1f} MB")
        with measured() as found:
            made = combine(composer, _book(pieces, archival=archival), folder / "combined.pdf")
        print(f"combined PDF of them: {found}", flush=True)
        print(f"  {made.pages:,} pages, {made.size / 1e6:,.1f} MB, conforms: {made.conforms}")
    some = min(100, count)
    with measured() as found:
        for original in itertools.islice(itertools.cycle(originals), some):
            composer.redacted(original, {1: [Box(0.6, 0.4, 0.9, 0.9)]}, _NOTE)
    print(f"{some} redacted copies: {found}", flush=True)


def _marked(composer: Composer, folder: Path, originals: Iterable[Path], archival: bool) -> Iterator[Piece]:
    for number, original in enumerate(originals):
        copy = composer.marked(original, {1: [Box(0.1, 0.45, 0.9, 0.47)]}, _NOTE, archival=archival)
        target = folder / f"copy-{number:05d}.pdf"
        target.write_bytes(copy.content)
        facts = InvoiceFacts(str(number), "Harbour Lamps Ltd", date(2026, 1, 31), 12)
        yield Piece(f"Invoice {number}", target, facts, pages=copy.pages, copied=True)


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


def _megabytes(folder: Path, pattern: str) -> float:
    return sum(path.stat().st_size for path in folder.glob(pattern)) / 1e6


if __name__ == "__main__":
    sys.exit(main())
