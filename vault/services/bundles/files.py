"""The files of a bundle: originals from the store, copies from a folder, and what has no copy."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vault.db.entities.documents import Document, StoredReading
from vault.domain.errors import Unreadable
from vault.domain.message import N_, Message
from vault.domain.readings import Reading
from vault.domain.values import Sha256
from vault.sandbox.refusals import ReaderDied
from vault.services.bundles.bags import BagFile
from vault.services.bundles.contents import Contents, Enclosed, Shown
from vault.services.bundles.copies import Copies
from vault.services.bundles.options import BundleOptions
from vault.services.documents.originals import stored_chunks
from vault.services.documents.readings import corrected, unpack
from vault.services.vault import Vault

_CHUNK = 1 << 20
UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A copy of a document under one heading: `section` is an ASIN, or OTHERS. `name` is its path below ``copies/``."""

    section: str
    enclosed: Enclosed
    shown: Shown
    name: str
    path: Path

    @property
    def key(self) -> tuple[str, str]:
        return self.section, self.enclosed.id


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of which no copy could be made. `reason` is a stable code, `message` tells people here what to do."""

    enclosed: Enclosed
    reason: str
    message: Message


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of the documents: copies in the order of the sections, and those that have none."""

    files: tuple[CopiedFile, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def size(self) -> int:
        """The bytes of all copies."""
        return sum(each.path.stat().st_size for each in self.files)

    def of(self, contents: Contents) -> "Copied":
        """That of a part."""
        keys = {(section, each.document_id) for section, all_shown in contents.sections for each in all_shown}
        left_out = tuple(each for each in self.left_out if each.enclosed.id in contents.by_id)
        return Copied(tuple(each for each in self.files if each.key in keys), left_out)


def copied_files(
    vault: Vault, copies: Copies, contents: Contents, options: BundleOptions, tell: Callable[[int, int], None]
) -> Copied:
    """A copy of each document under each heading. `tell` is called with how many are done, and of how many."""
    enclosed = contents.by_id
    wanted = [(section, each) for section, all_shown in contents.sections for each in all_shown]
    files: list[CopiedFile] = []
    left_out: dict[str, LeftOut] = {}
    for done, (section, shown) in enumerate(wanted):
        tell(done, len(wanted))
        document = enclosed[shown.document_id]
        if document.id in left_out:
            continue
        name = f"{section}/{_as_pdf(document.name)}"
        try:
            path = _copy(vault, copies, document, shown, name, without_prices=options.without_prices)
        except (Unreadable, ReaderDied) as error:
            reason = error.reason if isinstance(error, Unreadable) else error.code
            left_out[document.id] = LeftOut(document, reason, error.message)
        else:
            files.append(CopiedFile(section, document, shown, name, path))
    made = tuple(each for each in files if each.enclosed.id not in left_out)
    return Copied(made, tuple(left_out.values()))


def original_files(vault: Vault, contents: Contents) -> Iterator[BagFile]:
    """The originals, byte for byte, verified as they are read."""
    return (_original(vault, each) for each in contents.enclosed)


def file_at(name: str, path: Path) -> BagFile:
    """A file that was made, at `path`."""
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return BagFile(name, digest.hexdigest(), path.stat().st_size, partial(_chunks, path))


def _copy(vault: Vault, copies: Copies, each: Enclosed, shown: Shown, name: str, *, without_prices: bool) -> Path:
    """Raises Unreadable, ReaderDied."""
    with vault.database.reading() as session:
        document = session.get_one(Document, each.id)
        stored = session.get_one(StoredReading, each.reading_id).payload if each.reading_id else None
    reading: Reading | None = corrected(unpack(stored), each.corrections) if stored is not None else None
    if not without_prices or each.is_picture:
        return copies.marked(document, reading, shown.positions, name)
    if reading is None:  # what nobody could read may show any price
        raise Unreadable(
            UNREAD,
            N_("Nothing was read on it, so its prices cannot be removed. Upload a better scan, or leave it out."),
        )
    return copies.without_prices(document, reading, name)


def _original(vault: Vault, each: Enclosed) -> BagFile:
    return BagFile(f"originals/{each.name}", each.sha256, each.size, partial(stored_chunks, vault, Sha256(each.sha256)))


def _as_pdf(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{name if not dot or len(ending) > 5 else stem}.pdf"


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
