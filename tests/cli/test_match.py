"""`sellervault match`, exactly as the terminal contract says."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from vault.cli.main import cli
from vault.domain.errors import Unreadable

CATALOGUE = [
    {
        "id": "1",
        "title": "D-Vision DV-1100 Network Camera",
        "brand": "D-Vision",
        "modelno": "DV-1100",
        "price": "99.82",
    },
    {"id": "2", "title": "D-Vision DV-2100 Network Camera", "brand": "D-Vision", "modelno": "DV-2100"},
    {"id": "3", "title": "Garden hose 20 m green", "ean": "4006381333931"},
    {"id": "4", "title": "Garden hose 20 m blue"},
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["match", *map(str, arguments)])


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def json_lines(path: Path, *rows: object) -> Path:
    data = "\n".join(json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return json_lines(tmp_path / "catalogue.jsonl", *CATALOGUE)


def test_each_query_has_an_answer_in_the_order_given(tmp_path: Path, catalogue: Path) -> None:
    queries = json_lines(
        tmp_path / "queries.jsonl",
        {"id": 9, "text": "D-VISION NETWORK CAM DV1100", "price": "90"},
        {"id": "b", "text": "garden hose 20m"},
        {"id": "c", "text": "Versandkosten"},
        {"id": "d", "text": "something else", "ean": "4006381333931"},
    )
    found = answers(run("--catalogue", catalogue, queries))
    assert [answer["id"] for answer in found] == ["9", "b", "c", "d"]
    assert [answer["decision"] for answer in found] == ["match", "ambiguous", "none", "match"]
    assert [answer["product"] for answer in found] == ["1", None, None, "3"]
    best = found[0]["candidates"][0]
    assert best.keys() == {"id", "score", "reasons"}
    assert best["id"] == "1"
    assert 0.5 < best["score"] <= 1
    assert "model DV1100" in best["reasons"]


def test_packed_files_are_read_as_plain_ones(tmp_path: Path, catalogue: Path) -> None:
    query = {"id": "a", "text": "D-Vision DV-2100 Network Camera"}
    packed = json_lines(tmp_path / "c.jsonl.gz", *CATALOGUE)
    plain = run("--catalogue", catalogue, json_lines(tmp_path / "q.jsonl", query))
    assert answers(plain) == answers(run("--catalogue", packed, json_lines(tmp_path / "q.jsonl.gz", query)))


def test_the_catalogue_may_be_a_listings_report(tmp_path: Path) -> None:
    report = tmp_path / "All+Listings.txt"
    report.write_bytes("item-name\tseller-sku\tasin1\nThéière émaillée 1 l\tTEA-1\tB0TEAPOT01\n".encode("cp1252"))
    queries = json_lines(tmp_path / "q.jsonl", {"id": "a", "text": "THEIERE EMAILLEE 1L", "asin": "B0TEAPOT01"})
    assert answers(run("--catalogue", report, queries))[0]["product"] == "B0TEAPOT01"


def test_pairs_are_judged_row_by_row(tmp_path: Path) -> None:
    pairs = json_lines(
        tmp_path / "pairs.jsonl",
        {
            "left": "D-Vision DV-1100 camera",
            "right": "D-Vision DV-1100 Network Camera",
            "left_fields": {"title": "D-Vision DV-1100 camera", "brand": "D-Vision"},
            "right_fields": {"name": "D-Vision DV-1100 Network Camera", "price": "99.82"},
        },
        {"left": "D-Vision DV-1100 camera", "right": "D-Vision DV-2100 Network Camera"},
        {"left": "Garden hose", "right": "Card game", "left_fields": {"price": "3"}, "right_fields": {}},
    )
    found = answers(run("--pairs", pairs))
    assert [answer["row"] for answer in found] == [0, 1, 2]
    assert [answer["match"] for answer in found] == [True, False, False]
    assert all(answer.keys() == {"row", "score", "match"} and 0 <= answer["score"] <= 1 for answer in found)


def test_a_label_beside_a_query_changes_nothing(tmp_path: Path, catalogue: Path) -> None:
    query = {"id": "a", "text": "garden hose 20m"}
    plain = run("--catalogue", catalogue, json_lines(tmp_path / "q.jsonl", query))
    labelled = run("--catalogue", catalogue, json_lines(tmp_path / "l.jsonl", {**query, "match": "4", "label": 1}))
    assert plain.stdout == labelled.stdout


def test_forms_cannot_be_mixed(catalogue: Path) -> None:
    for arguments in ([], [catalogue], ["--pairs", catalogue, "--catalogue", catalogue]):
        command = [sys.executable, "-m", "vault.cli.main", "match", *map(str, arguments)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 1
        assert result.stdout == ""
        assert "--catalogue FILE and QUERIES" in result.stderr


def test_a_broken_query_is_named_by_its_line(tmp_path: Path, catalogue: Path) -> None:
    queries = tmp_path / "q.jsonl"
    queries.write_text('{"id": "a", "text": "hose"}\nnonsense\n')
    result = run("--catalogue", catalogue, queries)
    assert isinstance(result.exception, Unreadable)
    assert "Line 2" in str(result.exception)


def test_a_pair_without_a_side_is_named_by_its_line(tmp_path: Path) -> None:
    result = run("--pairs", json_lines(tmp_path / "p.jsonl", {"left": "hose"}))
    assert isinstance(result.exception, Unreadable)
    assert "“right”" in str(result.exception)
