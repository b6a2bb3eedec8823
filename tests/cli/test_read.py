"""`sellervault read`, as another program would call it."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reading.documents import as_bytes, encrypted, letter, picture_of
from tests.reading.einvoice.invoices import attached, cii
from vault.domain.readings import Fields


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "vault.cli.main", "read", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def answers(*arguments: str, folder: Path) -> list[dict[str, Any]]:
    done = run(*arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("documents")
    pdf = letter()
    (made / "a.pdf").write_bytes(pdf)
    (made / "scan.jpg").write_bytes(as_bytes(picture_of(pdf), "JPEG"))
    (made / "locked.pdf").write_bytes(encrypted(pdf, "secret"))
    (made / "xml.pdf").write_bytes(attached(pdf, cii()))
    (made / "note.txt").write_text("not a document", encoding="utf-8")
    return made


def test_every_file_is_answered_in_the_order_given(folder: Path) -> None:
    files = ["scan.jpg", "a.pdf", "locked.pdf", "missing.pdf", "note.txt"]
    lines = answers("--jobs", "2", *files, folder=folder)
    assert [line["file"] for line in lines] == files
    codes = [line["error"] and line["error"]["code"] for line in lines]
    assert codes == [None, None, "encrypted", "not_found", "unsupported_type"]
    assert [line["ok"] for line in lines] == [True, True, False, False, False]


def test_a_line_has_the_form_that_other_programs_rely_on(folder: Path) -> None:
    (line,) = answers("a.pdf", folder=folder)
    assert list(line) == [
        "file", "sha256", "ok", "error", "kind", "took_ms", "pages", "fields", "lines",
    ]  # fmt: skip
    assert line["sha256"] == hashlib.sha256((folder / "a.pdf").read_bytes()).hexdigest()
    assert isinstance(line["took_ms"], int)
    assert line["kind"] == "invoice"
    (page,) = line["pages"]
    assert (page["number"], page["source"], page["language"]) == (1, "text", "en")
    assert page["words"] > 50
    assert list(line["fields"]) == list(Fields.names())
    total = line["fields"]["total"]
    assert total["value"] == "58.50"
    assert (total["page"], total["source"]) == (1, "text")
    assert len(total["box"]) == 4
    assert set(total) == {"value", "confidence", "page", "box", "source", "raw"}


def test_xml_counts_unless_told_otherwise(folder: Path) -> None:
    (line,) = answers("xml.pdf", folder=folder)
    assert line["fields"]["total"]["value"] == "69.62"
    assert line["fields"]["total"]["box"] is None
    assert line["lines"][0]["identifiers"] == {"asin": None, "gtin": "4006381333931", "sku": "LMP-3", "model": None}
    (line,) = answers("--no-xml", "xml.pdf", folder=folder)
    assert line["fields"]["total"]["value"] == "58.50"


def test_an_unreadable_file_still_has_its_checksum(folder: Path) -> None:
    (line,) = answers("locked.pdf", folder=folder)
    assert line["sha256"] == hashlib.sha256((folder / "locked.pdf").read_bytes()).hexdigest()
    assert "password" in line["error"]["message"]


@pytest.mark.parametrize("arguments", [[], ["--jobs", "0", "a.pdf"], ["--unknown", "a.pdf"]])
def test_bad_arguments_are_told_apart(folder: Path, arguments: list[str]) -> None:
    done = run(*arguments, folder=folder)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr
