"""Is a bundle what it was when it was made? BagIt (RFC 8493), in a folder or a zip archive, offline."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from vault.domain.message import N_, Message
from vault.journal.verifier import Difference
from vault.services.verification.bundle_files import BundleFiles, bundle_files, is_safe

_DECLARATION = "bagit.txt"
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?BagIt-Version: \d+\.\d+\r?\nTag-File-Character-Encoding: UTF-8\r?\n?")
_MANIFEST = re.compile(r"(tag)?manifest-(sha256|sha512)\.txt")
_LINE = re.compile(r"([0-9a-fA-F]+)[ \t]+\*?(\S.*)")
_OXUM = re.compile(r"^Payload-Oxum: (\d+)\.(\d+)\s*$", re.M)
_PAYLOAD = "data/"
_LARGEST_TAG_FILE = 64 << 20
_CHUNK = 1 << 20


def is_bundle(path: Path) -> bool:
    """Whether `path` looks like a bundle: a folder with a BagIt declaration, or a zip archive."""
    return (path / _DECLARATION).is_file() if path.is_dir() else zipfile.is_zipfile(path)


def verify_bundle(path: Path) -> Iterator[Difference]:
    """Everything in the bundle that is missing, added or altered. A bundle with hostile names is not read at all."""
    with bundle_files(path) as files:
        if files.hostile:
            message = Message(N_("Refused: no honest bundle has such a name, link or device in it."))
            yield from (Difference(f"file {name!r}", message) for name in files.hostile)
            return
        try:
            yield from _verify(files)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            message = Message(N_("Damaged: it cannot be read to its end (%(reason)s)."), {"reason": str(error)})
            yield Difference(f"archive {path.name}", message)


def _verify(files: BundleFiles) -> Iterator[Difference]:
    if _DECLARATION not in files.names or not _DECLARED.fullmatch(_read(files, _DECLARATION)):
        yield Difference(f"file {_DECLARATION}", Message(N_("Missing or altered: it does not declare a BagIt bundle.")))
    manifests = sorted(name for name in files.names if _MANIFEST.fullmatch(name))
    payload = {name for name in files.names if name.startswith(_PAYLOAD)}
    if not any(name.startswith("manifest-") for name in manifests):
        yield Difference("bundle", Message(N_("Missing: there is no manifest with SHA-256 or SHA-512 checksums.")))
    for name in manifests:
        yield from _verify_manifest(files, name, payload)
    yield from _verify_count(files, payload)


def _verify_manifest(files: BundleFiles, manifest: str, payload: set[str]) -> Iterator[Difference]:
    found = _MANIFEST.fullmatch(manifest)
    assert found is not None
    listed: dict[str, str] = {}
    text = _read(files, manifest).decode("utf-8", "replace").removesuffix("\n")
    for number, line in enumerate(text.split("\n") if text else [], 1):
        entry = _LINE.fullmatch(line.removesuffix("\r"))
        name = unquote(entry[2]) if entry else ""
        if not entry or not is_safe(name) or (not found[1]) != name.startswith(_PAYLOAD):
            message = Message(N_("Altered: this is not a checksum and a file of the bundle."))
            yield Difference(f"line {number} of {manifest}", message)
            continue
        listed[name] = entry[1].lower()
    yield from _verify_listed(files, listed, found[2])
    if not found[1]:
        for name in sorted(payload - listed.keys()):
            params = {"manifest": manifest}
            yield Difference(f"file {name}", Message(N_("Added: it is not in %(manifest)s."), params))


def _verify_listed(files: BundleFiles, listed: Mapping[str, str], algorithm: str) -> Iterator[Difference]:
    for name, checksum in sorted(listed.items()):
        if name not in files.names:
            yield Difference(
                f"file {name}", Message(N_("Missing: the manifest lists it, the bundle does not hold it."))
            )
        elif _checksum(files, name, algorithm) != checksum:
            yield Difference(
                f"file {name}", Message(N_("Altered: its bytes do not have the checksum of the manifest."))
            )


def _verify_count(files: BundleFiles, payload: set[str]) -> Iterator[Difference]:
    """Against ``Payload-Oxum`` in bag-info.txt, which a bundle that was cut off no longer matches."""
    if "bag-info.txt" not in files.names:
        return
    stated = _OXUM.search(_read(files, "bag-info.txt").decode("utf-8", "replace"))
    if stated and int(stated[2]) != len(payload):
        params = {"stated": stated[2], "found": str(len(payload))}
        yield Difference("bundle", Message(N_("It should hold %(stated)s files and holds %(found)s."), params))


def _checksum(files: BundleFiles, name: str, algorithm: str) -> str:
    digest = hashlib.new(algorithm)
    with files.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _read(files: BundleFiles, name: str) -> bytes:
    with files.open(name) as stream:
        return stream.read(_LARGEST_TAG_FILE)
