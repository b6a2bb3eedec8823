"""`sellervault verify` on bundles: whole, altered, and made by somebody who wishes no good."""

import hashlib
import json
import stat
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vault.cli.main import cli
from vault.domain.errors import Invalid

FILES = {
    "data/letter.txt": b"Dear Amazon",
    "data/B000000001/invoice 1.pdf": b"%PDF-1.7 one",
    "data/B000000001/100%.pdf": b"%PDF-1.7 two",
    "data/empty": b"",
}


def manifest(files: dict[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name.replace('%', '%25')}\n" for name, content in files.items())
    return "".join(lines).encode()


def contents() -> dict[str, bytes]:
    """Every file of a small bundle."""
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Payload-Oxum: {sum(map(len, FILES.values()))}.{len(FILES)}\n".encode(),
        "manifest-sha256.txt": manifest(FILES),
    }
    return {**FILES, **tags, "tagmanifest-sha256.txt": manifest(tags)}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def archive(path: Path, files: dict[str, bytes], prefix: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(prefix + name, content)
    return path


def verify(path: Path) -> Result:
    return CliRunner().invoke(cli, ["verify", str(path)], standalone_mode=False)


def named(path: Path) -> list[str]:
    result = verify(path)
    assert result.exception is None, result.exception
    answer = json.loads(result.stdout)
    assert answer["kind"] == "bundle"
    assert result.return_value == (3 if answer["differences"] else 0)
    return [difference["name"] for difference in answer["differences"]]


@pytest.mark.parametrize("prefix", ["", "audit-2026-07/"])
def test_a_whole_bundle_is_clean_in_a_folder_and_in_an_archive(tmp_path: Path, prefix: str) -> None:
    assert named(write(tmp_path / "bundle", contents())) == []
    assert named(archive(tmp_path / "bundle.zip", contents(), prefix)) == []


@pytest.mark.parametrize("name", sorted(contents()))
def test_one_flipped_bit_in_any_file_is_found(tmp_path: Path, name: str) -> None:
    whole = contents()
    for position in range(len(whole[name])):
        altered = bytearray(whole[name])
        altered[position] ^= 1
        files = {**whole, name: bytes(altered)}
        found = named(archive(tmp_path / "bundle.zip", files))
        # The tag manifest itself is listed nowhere: what it says about the others gives it away.
        assert found, position
        if name != "tagmanifest-sha256.txt":
            assert any(name in difference for difference in found), (position, found)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    files = contents()
    del files[name]

    assert f"file {name}" in named(write(tmp_path / "bundle", files))


def test_an_added_file_is_named(tmp_path: Path) -> None:
    files = {**contents(), "data/smuggled.pdf": b"%PDF-1.7 three"}

    assert "file data/smuggled.pdf" in named(write(tmp_path / "bundle", files))


def test_a_bundle_without_a_manifest_proves_nothing(tmp_path: Path) -> None:
    files = {name: content for name, content in contents().items() if "manifest" not in name}

    assert "bundle" in named(write(tmp_path / "bundle", files))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "data\\..\\x", "C:/x", "data/a\nb", "data/\x00b"])
def test_an_archive_with_a_hostile_name_is_not_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as made:
        member = zipfile.ZipInfo("placeholder")
        member.filename = name
        made.writestr(member, b"x")
        for other, content in contents().items():
            made.writestr(other, content)

    (found,) = named(path)
    assert found.startswith("file ")


def test_a_link_in_an_archive_or_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("data/link")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert named(path) == ["file 'data/link'"]

    folder = write(tmp_path / "bundle", contents())
    (folder / "data" / "link").symlink_to("/etc/passwd")
    assert named(folder) == ["file 'data/link'"]


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "bundle.zip", contents())
    with zipfile.ZipFile(path, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("data/letter.txt", b"another letter")

    assert named(path) == ["file 'data/letter.txt'"]


def test_a_manifest_that_points_out_of_the_bundle_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"secret")
    files = contents()
    files["manifest-sha256.txt"] += f"{hashlib.sha256(b'secret').hexdigest()}  data/../../outside\n".encode()

    assert "line 5 of manifest-sha256.txt" in named(write(tmp_path / "bundle", files))


def test_an_archive_that_claims_to_hold_far_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("data/bomb", "w", force_zip64=True) as bomb,
    ):
        for _ in range(1100):
            bomb.write(bytes(1 << 20))

    result = verify(path)

    assert isinstance(result.exception, Invalid)


@pytest.mark.parametrize("size", [0.3, 0.7, 0.95])
def test_an_archive_that_was_cut_off_is_never_clean(tmp_path: Path, size: float) -> None:
    path = archive(tmp_path / "bundle.zip", contents())
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * size)])

    assert verify(path).exception is not None
