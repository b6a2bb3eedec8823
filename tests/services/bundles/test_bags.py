"""Folders of evidence: anyone can verify them, and equal contents are equal bytes."""

import io
import subprocess
import tracemalloc
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from vault.services.bundles.bags import BagFile, bag_file, plain_name, zip_bag
from vault.services.verification.bundle import verify_bundle

FILES = (bag_file("summary.html", b"<p>All of it</p>"), bag_file("documents/001-a.pdf", b"%PDF-1.4 \x00\xff"))


def packed(*files: BagFile) -> bytes:
    return b"".join(zip_bag("evidence", files or FILES, {"External-Identifier": "x"}))


def test_a_stranger_verifies_it_with_standard_tools(tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(packed())).extractall(tmp_path)
    folder = tmp_path / "evidence"
    for sums in ("SHA256SUMS", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        told = subprocess.run(["sha256sum", "--strict", "-c", sums], cwd=folder, capture_output=True, text=True)
        assert told.returncode == 0, told.stdout + told.stderr
    listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS", "tagmanifest-sha256.txt"}


def test_our_own_verifier_finds_nothing_and_names_what_was_altered(tmp_path: Path) -> None:
    archive = tmp_path / "evidence.zip"
    archive.write_bytes(packed())
    assert list(verify_bundle(archive)) == []
    archive.write_bytes(packed().replace(b"All of it", b"All of me"))
    assert [each.name for each in verify_bundle(archive)] != []


def test_the_same_contents_are_the_same_bytes() -> None:
    assert packed() == packed()


def test_a_large_file_is_packed_in_little_memory() -> None:
    chunk, count = bytes(1 << 20), 64
    digest = sha256(chunk * count).hexdigest()

    def chunks() -> Iterator[bytes]:
        return (chunk for _ in range(count))

    tracemalloc.start()
    length = sum(len(part) for part in zip_bag("e", [BagFile("big", digest, count << 20, chunks)], {}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert length > count << 20
    assert peak < 8 << 20


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Lizenz für “Verdant”.pdf", "Lizenz_fur_Verdant.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("a\nb.pdf", "a_b.pdf"),
        ("合同", "document"),
        ("合同.pdf", "document.pdf"),
        ("a" * 79 + ".verylongending", "a" * 79),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
        ("-rf.pdf", "rf.pdf"),
    ],
)
def test_names_of_strangers_become_plain(given: str, name: str) -> None:
    assert plain_name(given) == name
