"""`sellervault check`, as another program and as a person would call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.reading.documents import letter
from vault.cli.buyer import read_buyer
from vault.cli.main import cli
from vault.domain.errors import Invalid


@pytest.fixture(scope="module")
def invoice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("documents") / "a.pdf"
    path.write_bytes(letter())
    return path


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


def test_each_file_has_a_line_with_its_verdict_and_findings(invoice: Path) -> None:
    done = check("--json", invoice, invoice.with_name("missing.pdf"))
    assert done.exit_code == 0
    read, missing = map(json.loads, done.stdout.splitlines())
    assert {finding["check"] for finding in read["findings"]} >= {"invoice.issue_date", "invoice.arithmetic"}
    assert {finding["rule"] for finding in read["findings"]} == {"guide/2"}
    assert (missing["verdict"], missing["findings"], missing["error"]["code"]) == ("unknown", [], "not_found")


def test_a_person_is_told_what_was_not_compared(invoice: Path) -> None:
    done = check(invoice)
    assert "--catalogue" in done.stderr
    assert "invoice.supplier_name" in done.stdout


def test_a_buyer_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "buyer.json"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text('{"name": "Lumière SARL"}', encoding=encoding)
        assert read_buyer(path).legal_name == "Lumière SARL"


@pytest.mark.parametrize("text", [b"", b"[1]", b"{}", b'{"name": 5}', b"\xff", b"[" * 100_000])
def test_a_file_that_names_no_buyer_is_refused(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "buyer.json"
    path.write_bytes(text)
    with pytest.raises(Invalid, match="names no buyer"):
        read_buyer(path)
