"""How often is a line matched to the right product, and how long does that take?

    python tests/bench/bench_matching.py [--growth]

Figures are taken on the labelled lines that the scorer was not trained on (part 0). Times are processor time of one
thread, so that a busy machine changes them little. `--growth` adds the time against a million titles, grown from the
largest set by recombining its words.
"""

import random
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from invoice_lines import bare, invoice_line
from matching_data import SETS, LabelledQuery, catalogue, data_folder, pairs, part_of, queries

from vault.domain.products import Decision, Product
from vault.matching.index import Index, build_index
from vault.matching.matcher import match
from vault.matching.pairs import Pair, match_pairs
from vault.matching.query import Query

MILLION = 1_000_000
TIMED = 300
MADE = 300


def main() -> None:
    if not data_folder().is_dir():
        print(f"no labelled matches at {data_folder()}: nothing to measure")
        return
    for name in SETS:
        bench_retrieval(name)
    for name in SETS:
        bench_pairs(name)
    for name in SETS:
        bench_invoice_lines(name)
    if "--growth" in sys.argv:
        bench_million()


def bench_retrieval(name: str) -> None:
    began = time.process_time()
    index = build_index(catalogue(name))
    built = time.process_time() - began
    held_back = [item for item in queries(name) if part_of(item.query.text) == 0]
    began = time.process_time()
    found = [match(index, item.query) for item in held_back]
    took = (time.process_time() - began) / len(held_back) * 1000
    right = sum(
        item.product_id is not None and item.product_id == query.match
        for item, query in zip(found, held_back, strict=True)
    )
    said = sum(item.decision is Decision.MATCH for item in found)
    labelled = sum(query.match is not None for query in held_back)
    ambiguous = sum(item.decision is Decision.AMBIGUOUS for item in found) / len(found)
    ranks = [[candidate.product_id for candidate in item.candidates] for item in found]
    print(
        f"retrieval {name:15} {len(held_back)} lines, {len(index)} products (built in {built:.1f} s): "
        f"{f1_text(right, said, labelled)}, recall@1 {recall(ranks, held_back, 1):.3f}, @10 {recall(ranks, held_back, 10):.3f}, "
        f"ambiguous {ambiguous:.3f}, {took:.2f} ms a line"
    )


def recall(ranks: Sequence[Sequence[str]], lines: Sequence[LabelledQuery], depth: int) -> float:
    labelled = [(ranked, line.match) for ranked, line in zip(ranks, lines, strict=True) if line.match is not None]
    return sum(match in ranked[:depth] for ranked, match in labelled) / len(labelled)


def bench_pairs(name: str) -> None:
    rows = [row for row in pairs(name) if part_of(row.line.title) == 0]
    asked = [Pair(Query.of_product(row.line), row.product) for row in rows]
    together = [found.match for found in match_pairs(asked)]
    labels = [row.label == 1 for row in rows]
    print(f"pairs     {name:15} {len(rows)} pairs: {pair_text(together, labels)}")


def bench_invoice_lines(name: str) -> None:
    """Made lines of products that no training line was made of; one in three of a product taken out beforehand."""
    chance = random.Random("held back")
    products = catalogue(name)
    asked = [product for product in products if part_of(product.title) == 0][:MADE]
    absent = {product.id for product in asked[::3]}
    index = build_index(bare(product) for product in products if product.id not in absent)
    found = [match(index, invoice_line(product, chance)) for product in asked]
    right = sum(item.product_id == product.id for item, product in zip(found, asked, strict=True))
    said = sum(item.decision is Decision.MATCH for item in found)
    ambiguous = sum(item.decision is Decision.AMBIGUOUS for item in found) / len(found)
    print(
        f"made      {name:15} {len(asked)} invoice lines: {f1_text(right, said, len(asked) - len(absent))}, ambiguous {ambiguous:.3f}"
    )


def pair_text(said: Sequence[bool], labels: Sequence[bool]) -> str:
    return f1_text(sum(a and b for a, b in zip(said, labels, strict=True)), sum(said), sum(labels))


def f1_text(right: int, said: int, labelled: int) -> str:
    precision, found = right / max(1, said), right / max(1, labelled)
    return f"precision {precision:.3f} recall {found:.3f} F1 {2 * right / max(1, said + labelled):.3f}"


def bench_million() -> None:
    base = catalogue(SETS[-1])
    began = time.process_time()
    index = build_index(grown(base, MILLION))
    built = time.process_time() - began
    lines = [item.query for item in queries(SETS[-1])][:TIMED]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{MILLION} titles: built in {built:.0f} s, {memory:.1f} GB at most, {milliseconds(index, lines)}")


def milliseconds(index: Index, lines: Iterable[Query]) -> str:
    times = []
    for line in lines:
        began = time.process_time()
        match(index, line)
        times.append((time.process_time() - began) * 1000)
    times.sort()
    return f"{sum(times) / len(times):.2f} ms a line, p95 {times[int(len(times) * 0.95)]:.2f} ms"


def grown(base: Sequence[Product], size: int) -> Iterable[Product]:
    """The products of `base`, then more made of halves of two titles and new model numbers."""
    chance = random.Random(7)
    yield from base
    for number in range(size - len(base)):
        one, other = chance.choice(base), chance.choice(base)
        words = one.title.split()[: chance.randint(3, 6)] + other.title.split()[-chance.randint(1, 4) :]
        code = (
            f"{chance.choice('ABCDEFGHKLMNPRSTVWX')}{chance.choice('ABCDEFGHKLMNPRSTVWX')}{chance.randint(100, 99999)}"
        )
        yield replace(one, id=f"g{number}", title=" ".join([*words, code]), model=code)


if __name__ == "__main__":
    main()
