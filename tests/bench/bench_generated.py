"""What share of the fields of generated invoices is read right, in every country and layout, digital or degraded.

    python -m tests.bench.bench_generated [--seeds 2] [--recipe scan] [--wrong supplier_name]

Prints right and all a field; with ``--wrong FIELD`` each miss with the truth and what was read. Names and addresses
are compared by their letters and digits, amounts by value, everything else as it stands.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.locales import LOCALES
from tests.invoices.render import Layout, render
from tests.invoices.truth import Truth, truth_of
from vault.domain.readings import Extracted, LineItem, Reading
from vault.reading.sandbox.reader import SandboxedReader

_BY_LETTERS = frozenset(
    {"supplier_name", "supplier_address", "supplier_phone", "buyer_name", "buyer_address", "line.description"}
)
_LINE_VALUES = ("description", "quantity", "unit_price", "amount")

Answer = tuple[str, str | None, str | None]  # field, truth, what was read


def answers(truth: Truth, reading: Reading) -> Iterator[Answer]:
    yield "kind", truth.kind, str(reading.kind.value)
    for name, value in truth.fields.items():
        yield name, value, _read(getattr(reading.fields, name))
    yield "lines", str(len(truth.lines)), str(len(reading.lines))
    for line, item in zip(truth.lines, reading.lines, strict=False):
        yield from _line_answers(line, item)


def _line_answers(line: dict[str, object], item: LineItem) -> Iterator[Answer]:
    for name in _LINE_VALUES:
        value = line[name]
        yield f"line.{name}", None if value is None else str(value), _read(getattr(item, name))
    identifiers = line["identifiers"]
    assert isinstance(identifiers, dict)
    for name in ("gtin", "sku"):
        yield f"line.{name}", identifiers[name], getattr(item.identifiers, name)


def _read(extracted: Extracted[object] | None) -> str | None:
    return None if extracted is None else str(extracted.value)


def is_right(field: str, truth: str | None, read: str | None) -> bool:
    if truth is None or read is None:
        return truth == read
    if field in _BY_LETTERS:
        return _letters(truth) == _letters(read)
    try:
        return Decimal(truth) == Decimal(read)
    except InvalidOperation:
        return truth == read


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def papers(seeds: int, recipe: str) -> Iterator[tuple[str, bytes, Truth]]:
    """Name, bytes and truth of each document."""
    for seed in range(seeds):
        for locale in LOCALES:
            for layout in Layout:
                # Long tables are where subtotals are carried over to the next page.
                line_count = 24 + seed if layout is Layout.CONTINUED else None
                invoice = make_invoice(1000 + seed, locale, line_count=line_count)
                pdf = render(invoice, layout)
                content = as_scan(pdf, RECIPES[recipe], seed) if recipe else pdf
                yield f"{locale} {layout} {seed}", content, truth_of(invoice)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--recipe", choices=sorted(RECIPES), default="")
    parser.add_argument("--wrong", default="")
    wanted = parser.parse_args()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    with SandboxedReader() as reader:
        for name, content, truth in papers(wanted.seeds, wanted.recipe):
            for field, true, read in answers(truth, reader.read(content)):
                asked[field] += 1
                right[field] += is_right(field, true, read)
                if field == wanted.wrong and not is_right(field, true, read):
                    sys.stdout.write(f"{name}: {true!r}, read {read!r}\n")
    for field, count in asked.items():
        sys.stdout.write(f"{field:20} {right[field]:4} of {count:4}  {right[field] / count:6.1%}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
