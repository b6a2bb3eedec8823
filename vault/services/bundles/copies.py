"""The copies of a bundle: pages with the product's lines highlighted, or without prices. Originals stay as they are."""

from collections.abc import Collection
from pathlib import Path

from vault.composing.composer import Composer
from vault.db.entities.documents import Document
from vault.domain.message import N_
from vault.domain.readings import Reading
from vault.domain.values import Sha256
from vault.services.bundles.boxes import line_boxes
from vault.services.bundles.naming import without_amounts
from vault.services.bundles.priceless import Priceless
from vault.services.vault import Vault
from vault.wording.environment import line, translations

_CHUNK = 1 << 20


class Copies:
    """Makes copies below `folder`, one original at a time. Methods raise as `Composer` does; Damaged, Unavailable."""

    def __init__(self, vault: Vault, composer: Composer, folder: Path, language: str) -> None:
        self._vault, self._composer, self._folder = vault, composer, folder
        self._say = translations(language).gettext
        self._priceless: dict[str, Path] = {}

    def marked(self, document: Document, reading: Reading | None, positions: Collection[int], name: str) -> Path:
        """With the lines at `positions` highlighted; pages as they are, or drawn where they would not conform to PDF/A."""
        boxes = line_boxes(reading, positions) if reading else {}
        note = self._note(N_("Copy of %(name)s, SHA-256 of the original %(sum)s"), document)
        original = self._fetched(document)
        try:
            return self._kept(self._composer.marked(original, boxes, note, archival=True).content, name)
        finally:
            original.unlink()

    def without_prices(self, document: Document, reading: Reading, name: str) -> Path:
        """As pictures, with everything that tells money gone; raises as `Priceless.redacted` does.

        A document that several sections show is looked at once: that takes seconds a page.
        """
        if document.id not in self._priceless:
            self._priceless[document.id] = self._without_prices(document, reading, name)
        return self._kept(self._priceless[document.id].read_bytes(), name)

    def _without_prices(self, document: Document, reading: Reading, name: str) -> Path:
        note = self._note(N_("Copy of %(name)s without prices, SHA-256 of the original %(sum)s"), document)
        original = self._fetched(document)
        try:
            priceless = Priceless(self._composer, self._vault.reader)
            return self._kept(priceless.redacted(original, reading, note, is_invoice=document.is_invoice), name)
        finally:
            original.unlink()

    def _note(self, text: str, document: Document) -> str:
        return str(self._say(text)) % {"name": line(without_amounts(document.filename)), "sum": document.sha256}

    def _fetched(self, document: Document) -> Path:
        """The original, verified, in a file of its own."""
        path = self._folder / "original"
        with self._vault.store.open(Sha256(document.sha256)) as stream, path.open("wb") as target:
            while chunk := stream.read(_CHUNK):
                target.write(chunk)
        return path

    def _kept(self, content: bytes, name: str) -> Path:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path
