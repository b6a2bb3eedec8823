"""`sellervault upload`: papers from the terminal of the machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.shop import Shop
from vault.cli.upload import upload
from vault.db.entities.documents import Document
from vault.domain.errors import NotFound


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Two papers, the second of them twice."""
    contents = {"one.pdf": b"%PDF-1.7 one", "two.pdf": b"%PDF-1.7 two", "again.pdf": b"%PDF-1.7 two"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def run(account: str, *more: object) -> Result:
    return CliRunner().invoke(upload, ["--account", account, *map(str, more)])


def test_files_are_kept_once_as_what_they_are_said_to_be(shop: Shop, papers: list[Path]) -> None:
    done = run(shop.account_id, "--kind", "certificate_of_conformity", *papers)
    assert done.exit_code == 0, done.output
    assert [line.rsplit(": ", 1)[1] for line in done.output.splitlines()] == [
        "kept",
        "kept",
        "here already, as two.pdf",
    ]
    for line in done.output.splitlines():
        assert shop.document(line.split()[0]).paper_kind == "certificate_of_conformity"
    assert [action for action, _ in shop.journal()].count("document.kept") == 2


def test_what_is_here_already_stays_what_it_is_and_that_is_said(shop: Shop, papers: list[Path]) -> None:
    first = run(shop.account_id, "--kind", "test_report", papers[0]).output.split()[0]
    again = run(shop.account_id, "--kind", "licence_contract", papers[0])
    assert again.output.strip().endswith("here already, as one.pdf, and stays test report: say otherwise on its page")
    assert shop.document(first).paper_kind == "test_report"
    assert "stays" not in run(shop.account_id, "--kind", "test_report", papers[0]).output
    assert "stays" not in run(shop.account_id, papers[0]).output  # nobody says that it is something else


def test_without_a_kind_nobody_has_said_what_they_are(shop: Shop, papers: list[Path]) -> None:
    assert shop.document(run(shop.account_id, papers[0]).output.split()[0]).paper_kind is None


def test_what_cannot_be_kept_is_named_and_the_rest_is_kept(shop: Shop, papers: list[Path]) -> None:
    papers[0].write_bytes(b"no paper at all")
    done = run(shop.account_id, *papers)
    assert done.exit_code == 1
    assert "one.pdf: This is neither a PDF nor a picture." in done.output
    assert shop.count(Document) == 1


def test_a_kind_or_an_account_that_there_is_not_is_named(shop: Shop, papers: list[Path]) -> None:
    assert "certificate_of_conformity" in run(shop.account_id, "--kind", "passport", *papers).output
    assert isinstance(run("Nobody", *papers).exception, NotFound)
