"""How often edited invoices are recognised, and how often finished ones are taken for edited.

    python -m tests.bench.bench_signs [--seeds 3] [SET …]

First invoices of every country and layout, as they are and edited in each way that `tests.reading.signs.altering` knows;
then the real documents of ../shared/data (or VAULT_BENCH_DATA), whose signs are listed: look at each by eye. Nobody knows
of all of them where they have been, and some sets were made unrecognisable with an editor before they were published.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench.bench_reading import DATA, LIMITS
from tests.invoices.compose import make_invoice
from tests.invoices.locales import LOCALES
from tests.invoices.render import Layout, render
from tests.reading.documents import picture_of, scan_of
from tests.reading.signs.altering import commented, described, drawn_on, patch, place_of, typed
from vault.domain.errors import Unreadable
from vault.domain.readings import Sign, SignKind
from vault.reading.pdf import PdfFile
from vault.reading.read import read_document

SETS = ("einvoice", "fcc_invoices", "invoice2data", "misc_invoices", "de_receipts", "sroie")
Edit = Callable[[bytes, str], bytes]


def _on_a_scan(pdf: bytes, price: str) -> bytes:
    place = place_of(pdf, price)
    return drawn_on(scan_of(picture_of(pdf)), patch(place, "1,00"))


EDITS: Mapping[str, Edit] = {
    "as it is": lambda pdf, price: pdf,
    "as a scan": lambda pdf, price: scan_of(picture_of(pdf)),
    "price covered and written over": lambda pdf, price: drawn_on(pdf, patch(place_of(pdf, price), "1,00")),
    "price blacked out": lambda pdf, price: drawn_on(pdf, patch(place_of(pdf, price), "", "0 0 0")),
    "line added, version before kept": lambda pdf, price: drawn_on(pdf, typed(60, 60, "50 x 1,00"), keep_before=True),
    "comment over a price": lambda pdf, price: commented(pdf, place_of(pdf, price), "1,00"),
    "number pasted on a scan": _on_a_scan,
    "saved by an online editor": lambda pdf, price: described(pdf, Producer="SAMBox (www.sejda.com)"),
    "edited, then scanned": lambda pdf, price: scan_of(picture_of(drawn_on(pdf, patch(place_of(pdf, price), "1,00")))),
}


def made(seeds: int) -> Iterator[tuple[bytes, str]]:
    """Invoices with a price that is printed on their first page."""
    for locale in sorted(LOCALES):
        for layout in Layout:
            for seed in range(seeds):
                pdf = render(make_invoice(seed, locale), layout)
                with PdfFile(pdf) as opened:
                    words = [word.text for word in opened.page(1).layer(10_000).words]
                prices = [word for word in words if re.fullmatch(r"\d+[.,]\d\d", word)]
                if prices:
                    yield pdf, prices[-1]


def signs_of(data: bytes) -> tuple[Sign, ...] | None:
    """None for what cannot be read. That a file was saved later says nothing alone."""
    try:
        signs = read_document(data, limits=LIMITS).signs or ()
    except Unreadable:
        return None
    return tuple(sign for sign in signs if sign.kind is not SignKind.SAVED_LATER)


def _signs_in_file(path: Path) -> tuple[Sign, ...] | None:
    return signs_of(path.read_bytes())


def measure_edits(seeds: int) -> None:
    invoices = list(made(seeds))
    for name, edit in EDITS.items():
        found = [signs_of(edit(pdf, price)) for pdf, price in invoices]
        kinds = Counter(sign.kind.value for signs in found for sign in signs or ())
        print(f"{name:32} {sum(bool(signs) for signs in found):4}/{len(found):<4} {dict(kinds) or ''}")


def measure_set(name: str) -> None:
    paths = sorted(path for path in (DATA / name / "files").glob("*") if path.is_file())
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = list(zip(paths, pool.map(_signs_in_file, paths), strict=True))
    print(f"{name:32} {sum(bool(signs) for _, signs in found):4}/{len(found):<4}")
    for path, signs in found:
        for sign in signs or ():
            print(f"    {path.name[:48]:48} {sign.kind.value:13} {sign.raw[:40]!r} {sign.compared[:40]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("sets", nargs="*", default=SETS)
    wanted = parser.parse_args()
    measure_edits(wanted.seeds)
    for name in wanted.sets:
        if (DATA / name).is_dir():
            measure_set(name)


if __name__ == "__main__":
    main()
