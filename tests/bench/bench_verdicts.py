"""Are good invoices passed and bad ones caught? Every locale and layout of the generator, and every fault, by `check`.

Run by `make bench`. Prints a row a kind of paper: how many got the verdict they deserve, and for each fault whether the
check that should name it did. `--show` lists what went wrong.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.invoices.catalogue import all_listings, make_catalogue
from tests.invoices.compose import AS_OF, make_invoice
from tests.invoices.degrade import RECIPES, as_image, as_scan
from tests.invoices.faults import Fault, with_fault
from tests.invoices.locales import LOCALES
from tests.invoices.render import Layout, render
from vault.checks.facts import Buyer
from vault.cli.check import Judge
from vault.cli.documents import read_files
from vault.domain.findings import Finding
from vault.matching.index import build_index
from vault.reading.amazon.catalogue import read_catalogue
from vault.rules.loader import load_rules

LAYOUTS = (Layout.LETTERHEAD, Layout.SIDEBAR, Layout.DENSE, Layout.SIMPLE, Layout.CONTINUED)
NAMED_BY = {
    Fault.MISSING_DATE: "invoice.issue_date",
    Fault.FUTURE_DATE: "invoice.issue_date",
    Fault.PO_BOX_ONLY: "invoice.supplier_address",
    Fault.NO_SUPPLIER_ADDRESS: "invoice.supplier_address",
    Fault.WRONG_TOTAL: "invoice.arithmetic",
    Fault.WRONG_LINE_AMOUNT: "invoice.arithmetic",
    Fault.NO_PRICE: "invoice.price",
    Fault.UNKNOWN_PRODUCT: "invoice.description",
    Fault.WRONG_KIND: "invoice.kind",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One file to judge. `row` is where it counts; `expected` is the check that must complain, None for a good one."""

    path: Path
    row: str
    expected: str | None
    locale: str
    seed: int


def papers(folder: Path, seeds: range, recipes: tuple[str, ...]) -> Iterator[Paper]:
    """Good invoices in every locale and layout, degraded ones, and each fault once a locale."""
    for locale in LOCALES:
        for seed in seeds:
            for layout in LAYOUTS:
                pdf = render(_invoice(seed, locale), layout)
                yield _write(folder, pdf, f"good, {layout}", None, locale, seed)
            for recipe in recipes:
                scan = as_image if recipe == "photo" else as_scan
                yield _write(folder, scan(pdf, RECIPES[recipe], seed), f"good, {recipe}", None, locale, seed)
            for fault, check in NAMED_BY.items():
                bad = render(with_fault(_invoice(seed, locale), fault, AS_OF), LAYOUTS[seed % len(LAYOUTS)])
                yield _write(folder, bad, f"fault, {fault}", check, locale, seed)


def _invoice(seed: int, locale: str):
    return make_invoice(seed, locale, products=make_catalogue(60, seed), line_count=3 + seed % 4)


def _write(folder: Path, data: bytes, row: str, expected: str | None, locale: str, seed: int) -> Paper:
    path = folder / f"{row.replace(', ', '-')}-{locale}-{seed}.bin"
    path.write_bytes(data)
    return Paper(path, row, expected, locale, seed)


def judge_of(paper: Paper) -> Judge:
    products = read_catalogue(all_listings(make_catalogue(60, paper.seed), paper.locale))
    return Judge(
        profile=load_rules().profiles["guide"],
        as_of=AS_OF,
        catalogue=build_index(products),
        products={product.id: product for product in products},
        buyer=Buyer(_invoice(paper.seed, paper.locale).buyer.name),
    )


def is_right(paper: Paper, verdict: str, findings: tuple[Finding, ...]) -> bool:
    if paper.expected is None:
        return verdict == "pass"
    return any(finding.check == paper.expected and finding.is_gap for finding in findings)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=2)
    options.add_argument("--recipes", default="scan,photo")
    options.add_argument("--show", action="store_true")
    chosen = options.parse_args()
    right, all_ = Counter(), Counter()
    complaints: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        made = list(papers(Path(folder), range(1, chosen.seeds + 1), tuple(filter(None, chosen.recipes.split(",")))))
        answers = read_files([str(paper.path) for paper in made], jobs=2)
        for paper, done in zip(made, answers, strict=True):
            line, findings = judge_of(paper).line_of(done)
            all_[paper.row] += 1
            right[paper.row] += is_right(paper, line["verdict"], findings)
            if not is_right(paper, line["verdict"], findings):
                for finding in findings:
                    if finding.is_gap:
                        complaints[finding.check][paper.row] += 1
                        if chosen.show:
                            print(f"{paper.path.name}: {finding.check} {finding.outcome}: {finding.message}")
                if chosen.show and not any(finding.is_gap for finding in findings):
                    print(f"{paper.path.name}: nothing named; {line['error'] or line['verdict']}")
    for row, count in all_.items():
        print(f"{row:32} {right[row]:4} of {count:4}  {right[row] / count:.0%}")
    print("wrong complaints:", {check: sum(rows.values()) for check, rows in complaints.items()})


if __name__ == "__main__":
    main()
