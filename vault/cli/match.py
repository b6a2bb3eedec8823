"""`sellervault match`: which product does a line mean? JSON Lines in, JSON Lines out (docs: the terminal contract)."""

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from vault.domain.errors import Unreadable
from vault.domain.message import N_
from vault.domain.products import LineMatch
from vault.matching.index import build_index
from vault.matching.matcher import match as match_query
from vault.matching.pairs import Pair, match_pairs
from vault.matching.query import Query
from vault.reading.amazon.catalogue import described, json_rows, product_of, read_catalogue

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
# A pair names its sides by plain text or by fields; the text is the title when the fields have none.
_TITLES = ("title", "name", "text")


@click.command()
@click.option("--catalogue", type=_FILE, help="All-listings report as downloaded, or JSON Lines with id and title.")
@click.option("--pairs", type=_FILE, help="JSON Lines with left and right: is the left one the right one?")
@click.argument("queries", type=_FILE, required=False)
def match(catalogue: Path | None, pairs: Path | None, queries: Path | None) -> None:
    """Find the product that each line of QUERIES means, or judge PAIRS of a line and a product."""
    if pairs is not None and catalogue is None and queries is None:
        _print(_pair_answers(pairs))
    elif catalogue is not None and queries is not None and pairs is None:
        _print(_answers(catalogue, queries))
    else:
        raise click.UsageError("Give --catalogue FILE and QUERIES, or --pairs FILE alone.")


def _answers(catalogue: Path, queries: Path) -> Iterator[dict[str, object]]:
    began = time.perf_counter()
    index = build_index(read_catalogue(catalogue.read_bytes()))
    click.echo(f"{len(index)} products indexed in {time.perf_counter() - began:.1f} s", err=True)
    for number, row in json_rows(queries.read_bytes()):
        line = product_of(row, number)
        yield {"id": line.id, **_answer(match_query(index, Query.of_product(line)))}


def _answer(found: LineMatch) -> dict[str, object]:
    return {
        "decision": found.decision.value,
        "product": found.product_id,
        "candidates": [
            {"id": item.product_id, "score": round(item.score, 4), "reasons": list(item.reasons)}
            for item in found.candidates
        ],
    }


def _pair_answers(path: Path) -> Iterator[dict[str, object]]:
    pairs = [_pair(row, number) for number, row in json_rows(path.read_bytes())]
    for row, found in enumerate(match_pairs(pairs)):
        yield {"row": row, "score": found.score, "match": found.match}


def _pair(row: Mapping[str, object], line: int) -> Pair:
    left, right = (_side(row, name, line) for name in ("left", "right"))
    return Pair(Query.of_product(described("left", left)), described("right", right))


def _side(row: Mapping[str, object], name: str, line: int) -> Mapping[str, object]:
    fields = row.get(f"{name}_fields") or {}
    if not isinstance(fields, dict) or not (fields or isinstance(row.get(name), str)):
        raise Unreadable(
            "no_pair",
            N_("Line %(line)s has no “%(side)s”. A pair is an object with left and right."),
            line=str(line),
            side=name,
        )
    return fields if any(title in fields for title in _TITLES) else {**fields, "title": row.get(name)}


def _print(answers: Iterator[dict[str, object]]) -> None:
    for answer in answers:
        click.echo(json.dumps(answer, ensure_ascii=False))
