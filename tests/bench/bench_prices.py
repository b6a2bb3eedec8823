"""How many amounts are left in copies without prices, how much of what has to stay does, and what it costs.

    python -m tests.bench.bench_prices [--invoices 12] [--recipe scan] [--wrong]

Generated invoices of every country in every layout, digital or degraded. An amount is left when pdfium, Poppler or OCR
finds it in the copy as it was printed. What has to stay: names, addresses, numbers, dates, descriptions, quantities, as
far as they were read on the original; it stays when it is not black. With ``--wrong`` each miss is named.
"""

import argparse
import itertools
import sys
import time
from dataclasses import dataclass

from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.locales import LOCALES
from tests.invoices.model import Invoice
from tests.invoices.render import Layout, render
from tests.services.bundles.redacting import amounts_of, found_in, kept, said_in, seen_in, staying
from vault.composing.composer import Composer
from vault.domain.errors import Unreadable
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.bundles.priceless import Priceless


@dataclass(slots=True)
class Tally:
    """`found`: amounts that are left in a copy. `shown`: of the words that have to stay, those that do."""

    papers: int = 0
    refused: int = 0
    pages: int = 0
    seconds: float = 0.0
    amounts: int = 0
    found: int = 0
    staying: int = 0
    shown: int = 0

    def __str__(self) -> str:
        return (
            f"amounts left: {self.found} of {self.amounts}; refused: {self.refused} of {self.papers} papers\n"
            f"kept of what has to stay: {self.shown} of {self.staying} ({self.shown / max(1, self.staying):.1%})\n"
            f"{self.seconds / max(1, self.pages):.1f} s a page, {self.pages} pages"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--invoices", type=int, default=12)
    parser.add_argument("--recipe", choices=sorted(RECIPES), default="")
    parser.add_argument("--wrong", action="store_true")
    wanted = parser.parse_args()
    tally = Tally()
    kinds = itertools.cycle(itertools.product(Layout, LOCALES))
    with SandboxedReader() as reader, Composer() as composer:
        reader.start()
        composer.start()
        # 36 kinds in steps of 7: few invoices already show every layout and every country.
        for seed, (layout, locale) in enumerate(itertools.islice(kinds, 0, 7 * wanted.invoices, 7)):
            invoice = make_invoice(5000 + seed, locale)
            pdf = render(invoice, layout)
            original = as_scan(pdf, RECIPES[wanted.recipe], seed) if wanted.recipe else pdf
            miss = measure(tally, composer, reader, invoice, original)
            if miss and wanted.wrong:
                print(f"{locale} {layout} {seed}: {miss}")
    print(tally)
    return 0


def measure(tally: Tally, composer: Composer, reader: SandboxedReader, invoice: Invoice, original: bytes) -> str:
    """What went wrong with one invoice, in words; empty where nothing did."""
    reading = reader.read(original)
    tally.papers += 1
    began = time.perf_counter()
    try:
        copy = Priceless(composer, reader).redacted(original, reading, "Copy without prices")
    except Unreadable as error:
        tally.refused += 1
        return f"refused, {error.reason}"
    tally.seconds += time.perf_counter() - began
    tally.pages += len(reading.pages)
    amounts = amounts_of(invoice)
    found = found_in(amounts, said_in(copy) + seen_in(copy, invoice))
    shown, there = kept(copy, reading, staying(invoice))
    tally.amounts, tally.found = tally.amounts + len(amounts), tally.found + len(found)
    tally.shown, tally.staying = tally.shown + shown, tally.staying + there
    return f"left {found}, lost {there - shown} of {there}" if found or shown < there else ""


if __name__ == "__main__":
    sys.exit(main())
