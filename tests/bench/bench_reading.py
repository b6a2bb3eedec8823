"""How much of real documents is read right: `read` over the labelled sets of ../shared/data (or VAULT_BENCH_DATA).

Embedded e-invoice XML is ignored, so that the pages themselves are read. Each set is split in two by turns (A, B):
whoever improves the reader looks at the mistakes of A only, and believes B.

What counts as right: dates and amounts are equal; names are equal but for case, punctuation and the legal form, or at
least 90 % alike; addresses share 80 % of their words, or are 88 % alike letter by letter.

``python tests/bench/bench_reading.py [SET …] [--mistakes]``; the sets can be named to read only some.
"""

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from vault.domain.errors import Unreadable
from vault.domain.readings import Extracted, Reading
from vault.reading.read import read_document
from vault.sandbox.limits import Limits

DATA = Path(os.environ.get("VAULT_BENCH_DATA", Path(__file__).parents[3] / "shared" / "data"))
LIMITS = Limits(seconds=300, threads=1)
COMMISSION = Decimal("0.85")
"""Television invoices print the gross amount and what is due less the agency's 15 %: either is a right total."""

Truth = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """Is what was read `right`? Documents without the label `key` are left out."""

    key: str
    right: Callable[[Reading, Truth], bool]


def plain(text: str | None) -> str:
    return re.sub(r"[\W_]", "", (text or "").casefold().replace("ß", "ss"))


def value(item: Extracted[Any] | None) -> Any:
    return item.value if item is not None else None


def same_name(read: str | None, truth: str) -> bool:
    bare = [
        plain(re.sub(r"\b(?:sarl|gmbh|sas|s\.?r\.?l|ltd)\b", "", (name or "").casefold())) for name in (read, truth)
    ]
    return bool(read) and (bare[0] == bare[1] or fuzz.ratio(plain(read), plain(truth)) >= 90)


def same_address(read: str | None, truth: str) -> bool:
    words = [Counter(re.findall(r"[^\W_]+", (address or "").casefold())) for address in (read, truth)]
    shared = 2 * (words[0] & words[1]).total() / max(words[0].total() + words[1].total(), 1)
    return bool(read) and (shared >= 0.8 or fuzz.ratio(plain(read), plain(truth)) >= 88)


def without_country(address: str | None) -> str | None:
    return re.sub(r"\n[^\W\d]+(?: [^\W\d]+)*$", "", address) if address else None


def printed_address(reading: Reading, truth: Truth) -> bool:
    return same_address(value(reading.fields.supplier_address), truth["address"])


def merchant(reading: Reading, truth: Truth) -> bool:
    """The label is the short name of the shop."""
    return plain(truth["merchant"]) in plain(value(reading.fields.supplier_name))


def e_invoice_address(reading: Reading, truth: Truth) -> bool:
    """The labels leave the country out."""
    wanted, read = " ".join(truth["seller_address"]), value(reading.fields.supplier_address)
    return same_address(read, wanted) or same_address(without_country(read), wanted)


def gross_or_due(reading: Reading, truth: Truth) -> bool:
    gross, read = Decimal(truth["gross_amount"]), value(reading.fields.total)
    return read is not None and (read == gross or abs(read - gross * COMMISSION) <= Decimal("0.02"))


def line_amounts(reading: Reading, truth: Truth) -> bool:
    wanted = Counter(abs(Decimal(line["line_total"])) for line in truth["lines"] if line.get("line_total"))
    return Counter(abs(line.amount.value) for line in reading.lines if line.amount is not None) == wanted


def descriptions(reading: Reading, truth: Truth) -> bool:
    read = [plain(value(line.description)) for line in reading.lines]
    return all(any(plain(line["name"])[:25] in text for text in read) for line in truth["lines"])


def field(name: str, key: str, convert: Callable[[str], Any] = str) -> Check:
    """Equal to the label; amounts of credit notes are labelled without their sign."""

    def right(reading: Reading, truth: Truth) -> bool:
        read = value(getattr(reading.fields, name))
        wanted = convert(truth[key])
        return bool(abs(read) == abs(wanted) if isinstance(read, Decimal) else str(read) == str(wanted))

    return Check(key, right)


def number(key: str) -> Check:
    return Check(key, lambda reading, truth: plain(value(reading.fields.number)) == plain(truth[key]))


def named(key: str) -> Check:
    return Check(key, lambda reading, truth: same_name(value(reading.fields.supplier_name), truth[key]))


@dataclass(frozen=True)
class LabelledSet:
    """`checks` by the name of what they check."""

    name: str
    folder: str
    checks: Mapping[str, Check]
    counts: Callable[[Truth], bool] = lambda _: True
    part_of: Callable[[Truth], str] = lambda _: ""


SETS = (
    LabelledSet(
        "sroie", "files",
        {
            "date": field("issue_date", "date_iso"),
            "total": field("total", "total_value", Decimal),
            "supplier name": named("company"),
            "address": Check("address", printed_address),
        },
    ),
    LabelledSet(
        "einvoice", "files_without_xml",
        {
            "date": field("issue_date", "invoice_date"),
            "total": field("total", "grand_total", Decimal),
            "supplier name": named("seller_name"),
            "address": Check("seller_address", e_invoice_address),
            "currency": field("currency", "currency"),
            "number": number("invoice_number"),
            "line amounts": Check("lines", line_amounts),
            "line descriptions": Check("lines", descriptions),
        },
        counts=lambda truth: truth["truth_status"] == "agrees_with_print",
        part_of=lambda truth: str(truth["layout"]),
    ),
    LabelledSet("fcc_invoices", "files", {"total": Check("gross_amount", gross_or_due), "number": number("document_number")}),
    LabelledSet(
        "de_receipts", "files",
        {
            "date": field("issue_date", "date"),
            "total": field("total", "total", Decimal),
            "supplier name": Check("merchant", merchant),
        },
    ),
    LabelledSet(
        "invoice2data", "files",
        {"date": field("issue_date", "invoice_date"), "total": field("total", "grand_total", Decimal), "supplier name": named("issuer")},
    ),
)  # fmt: skip


def labelled(each: LabelledSet) -> Iterator[Truth]:
    lines = (DATA / each.name / "truth.jsonl").read_text("utf-8").splitlines()
    return (truth for truth in map(json.loads, lines) if each.counts(truth))


def read(path: Path) -> Reading | None:
    try:
        return read_document(path.read_bytes(), use_xml=False, limits=LIMITS)
    except Unreadable:
        return None


def measure(each: LabelledSet, mistakes: bool) -> None:
    truths = list(labelled(each))
    right: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    paths = [DATA / each.name / each.folder / str(truth["file"]) for truth in truths]
    with ProcessPoolExecutor(max_workers=2) as pool:
        for turn, (truth, reading) in enumerate(zip(truths, pool.map(read, paths), strict=True)):
            half = "AB"[turn % 2]
            for name, check in each.checks.items():
                if truth.get(check.key) in (None, "", []):
                    continue
                good = reading is not None and check.right(reading, truth)
                right[each.part_of(truth), name, half].append(good)
                if mistakes and half == "A" and not good:
                    print(f"   wrong {name}: {truth['file']}")
    report(each.name, right)


def report(name: str, right: Mapping[tuple[str, str, str], list[bool]]) -> None:
    for part, check in dict.fromkeys((part, check) for part, check, _ in right):
        halves = [right.get((part, check, half), []) for half in "AB"]
        both = halves[0] + halves[1]
        shares = "  ".join(f"{half} {sum(good):3}/{len(good):<3}" for half, good in zip("AB", halves, strict=True))
        print(f"{name:13} {part:18} {check:18} {sum(both) / len(both):6.1%}  {shares}")


def main() -> None:
    if not DATA.is_dir():
        print(f"No labelled documents in {DATA}: name their folder with VAULT_BENCH_DATA.")
        return
    wanted = [word for word in sys.argv[1:] if not word.startswith("-")]
    for each in SETS:
        if (not wanted or each.name in wanted) and (DATA / each.name).is_dir():
            measure(each, "--mistakes" in sys.argv)


if __name__ == "__main__":
    main()
