"""The files of a bundle: originals from the store, copies from a folder."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vault.domain.errors import Unreadable
from vault.domain.readings import Reading
from vault.domain.values import Sha256
from vault.sandbox.refusals import ReaderDied
from vault.services.bundles.bags import BagFile
from vault.services.bundles.contents import Contents, Included, Shown
from vault.services.bundles.copies import Copies
from vault.services.bundles.options import BundleOptions
from vault.services.documents.originals import stored_chunks
from vault.services.documents.readings import current_reading
from vault.services.vault import Vault

_CHUNK = 1 << 20
OTHERS = "further"


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A copy of a document for one section: `section` is an ASIN, or OTHERS. `name` is its path below ``copies/``."""

    section: str
    shown: Shown
    name: str
    path: Path


def copied_files(vault: Vault, copies: Copies, contents: Contents, options: BundleOptions) -> list[CopiedFile]:
    """A copy of each document in each section that shows it. What cannot be copied is there as its original alone."""
    sections = [(each.asin, each.shown) for each in contents.products] + [(OTHERS, contents.others)]
    found = []
    for section, all_shown in sections:
        for shown in all_shown:
            name = f"{section}/{_as_pdf(shown.included.name)}"
            path = _copy(vault, copies, shown, name, without_prices=options.without_prices)
            if path is not None:
                found.append(CopiedFile(section, shown, name, path))
    return found


def original_files(vault: Vault, contents: Contents) -> Iterator[BagFile]:
    """The originals, byte for byte, verified as they are read."""
    return (_original(vault, each) for each in contents.included)


def file_at(name: str, path: Path) -> BagFile:
    """A file that was made, at `path`."""
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return BagFile(name, digest.hexdigest(), path.stat().st_size, partial(_chunks, path))


def _copy(vault: Vault, copies: Copies, shown: Shown, name: str, *, without_prices: bool) -> Path | None:
    document = shown.included.document
    with vault.database.reading() as session:
        reading: Reading | None = current_reading(session, document.id)
    try:
        if without_prices and not vault.rules.papers[document.paper].is_picture:
            # Proofs of payment and contracts tell prices, too. What nobody could read may show any: it stays out.
            return copies.without_prices(document, reading, name) if reading is not None else None
        return copies.marked(document, reading, shown.positions, name)
    except (Unreadable, ReaderDied):
        return None


def _original(vault: Vault, each: Included) -> BagFile:
    sha256 = each.document.sha256
    return BagFile(f"originals/{each.name}", sha256, each.document.size, partial(stored_chunks, vault, Sha256(sha256)))


def _as_pdf(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{name if not dot or len(ending) > 5 else stem}.pdf"


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
