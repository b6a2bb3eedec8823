"""The labelled product matches of ../shared/data (or VAULT_BENCH_DATA), as the matcher sees them."""

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.domain.products import Product
from vault.matching.query import Query
from vault.matching.text import compact
from vault.reading.amazon.catalogue import described, json_rows, read_catalogue

SETS = ("abt_buy", "amazon_google", "walmart_amazon")
# One line in four is never trained on; the figures of bench_matching.py are taken on these.
PARTS = 4


@dataclass(frozen=True)
class LabelledQuery:
    query: Query
    match: str | None


@dataclass(frozen=True)
class LabelledPair:
    line: Product
    product: Product
    label: int


def data_folder() -> Path:
    root = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("VAULT_BENCH_DATA", root.parent / "shared" / "data")) / "matching"


def part_of(text: str) -> int:
    """The part a line belongs to, by its letters, so that both files of a set agree. Part 0 is held back."""
    return zlib.crc32(compact(text).encode()) % PARTS


def catalogue(name: str) -> tuple[Product, ...]:
    return read_catalogue((data_folder() / "retrieval" / name / "catalogue.jsonl.gz").read_bytes())


def queries(name: str) -> Iterator[LabelledQuery]:
    for _, row in json_rows((data_folder() / "retrieval" / name / "dev.jsonl.gz").read_bytes()):
        fields = {key: value for key, value in row.items() if key != "match"}
        label = row["match"]
        yield LabelledQuery(Query.of_product(described(str(row["id"]), fields)), None if label is None else str(label))


def pairs(name: str) -> Iterator[LabelledPair]:
    for _, row in json_rows((data_folder() / "pairs" / f"{name}.dev.jsonl.gz").read_bytes()):
        yield LabelledPair(described("", row["left_fields"]), described("", row["right_fields"]), int(row["label"]))
