"""`sellervault further`: the files of further accounts, from the terminal."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.shop import Shop
from vault.cli.main import cli
from vault.db.entities.further import FurtherAccount, PaperPurpose
from vault.domain.errors import NotFound
from vault.services.further import contents, further
from vault.services.further.further import Plan


@pytest.fixture
def file(shop: Shop) -> FurtherAccount:
    return further.open_file(shop.vault, shop.actor, shop.account_id, Plan("Garden [red]tools", marketplace="DE"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["further", *arguments])


def test_files_are_listed_as_they_are_named(shop: Shop, file: FurtherAccount) -> None:
    listed = run("list", shop.account_id)
    assert listed.exit_code == 0, listed.output
    assert ("Garden [red]tools" in listed.output, file.id in listed.output) == (True, True)


def test_a_file_is_shown_with_what_is_missing(shop: Shop, file: FurtherAccount) -> None:
    shown = run("show", file.id)
    assert (shown.exit_code, "further.reason" in shown.output, "fail" in shown.output) == (3, True, True)


def test_its_folder_is_exported_with_every_original(shop: Shop, file: FurtherAccount, tmp_path: Path) -> None:
    content = b"%PDF-1.4 our brand"
    kept = shop.keep(content, "brand.pdf").document_id
    contents.add_paper(shop.vault, shop.actor, shop.account_id, file.id, PaperPurpose.BRANDS, kept)
    out = tmp_path / "folder.zip"
    done = run("export", file.id, str(out))
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(out) as folder:
        names = {name.partition("/")[2]: name for name in folder.namelist()}
        [original] = [name for short, name in names.items() if short.endswith("brand.pdf")]
        assert folder.read(original) == content
        [summary] = [name for short, name in names.items() if short.endswith("summary.html")]
        assert b"Garden [red]tools" in folder.read(summary)


def test_a_file_that_is_not_there_is_named(shop: Shop) -> None:
    assert isinstance(run("show", "0" * 26).exception, NotFound)
