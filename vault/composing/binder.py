"""The combined PDF, written piece by piece: however many there are, one at a time is in memory."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from vault.composing import catalogue
from vault.composing.book import Book, Combined
from vault.composing.catalogue import Bookmark
from vault.composing.composer import Composer
from vault.composing.pages import Pages, Row
from vault.composing.pdf_objects import Fragment, PdfFile
from vault.composing.planning import Leaflet, Plan, plan
from vault.composing.requests import StampsRequest, TakeRequest
from vault.sandbox.refusals import reader_died


def combine(composer: Composer, book: Book, into: Path) -> Combined:
    """Write `book` to the file `into`, which is made anew. The same book gives the same bytes.

    Beside it stands meanwhile what is printed for it: there is room where the file is to go.
    Raises as `Composer` does, for the first piece that cannot be taken over; what is in `into` then is no PDF.
    """
    with tempfile.TemporaryDirectory(prefix="own-pages-", dir=into.parent) as folder, into.open("wb") as stream:
        planned = plan(composer, book, Path(folder))
        binding = _Binding(composer, book, PdfFile(stream), planned)
        for leaflet in planned.leaflets:
            binding.add(leaflet)
        size = binding.close(planned.rows)
    return Combined(planned.total, size, planned.places, binding.drawn, tuple(sorted(binding.flaws)))


class _Binding:
    """`flaws`: what keeps the file from conforming to PDF/A-2b. `drawn`: pages of others that became pictures."""

    def __init__(self, composer: Composer, book: Book, file: PdfFile, planned: Plan) -> None:
        self._composer, self._book, self._file = composer, book, file
        self._total = planned.total
        self._numbering = Pages(book.language, book.sheet).numbering()
        self._tree = file.reserve()
        self._branches: list[int] = []
        self._pages: list[int] = []
        titles = (leaflet.above for leaflet in planned.leaflets)
        self._characters = "".join(sorted(set().union(self._foot(), *titles)))
        stamps = composer.stamps(StampsRequest(file.next, self._characters))
        self._font = stamps.pages[0]
        file.append(stamps)
        self.flaws: set[str] = set()
        self.drawn = 0

    def add(self, leaflet: Leaflet) -> None:
        """Raises ReaderDied when there are not as many pages as was planned."""
        branch = self._file.reserve()
        fragment = self._fragment(leaflet, branch)
        if len(fragment.pages) != leaflet.pages:
            raise reader_died()
        self._file.append(fragment)
        kids = " ".join(f"{page} 0 R" for page in fragment.pages)
        self._file.put(branch, f"<</Type/Pages/Parent {self._tree} 0 R/Kids[{kids}]/Count {leaflet.pages}>>")
        self._branches.append(branch)
        self._pages += fragment.pages
        self.flaws.update(fragment.flaws, leaflet.flaws)
        self.drawn += fragment.drawn if leaflet.framed else 0

    def close(self, rows: Sequence[Row]) -> int:
        """Write what leads to the pages; the size of the file in bytes."""
        kids = " ".join(f"{branch} 0 R" for branch in self._branches)
        self._file.put(self._tree, f"<</Type/Pages/Kids[{kids}]/Count {self._total}>>")
        cover = self._book.cover
        return catalogue.close(
            self._file, self._tree, cover.subject, self._book.language, self._bookmarks(rows), conforms=not self.flaws
        )

    def _fragment(self, leaflet: Leaflet, branch: int) -> Fragment:
        request = TakeRequest(
            first=self._file.next,
            parent=branch,
            font=self._font,
            characters=self._characters,
            size=self._book.sheet.size if leaflet.framed else None,
            above=leaflet.above,
            left=self._foot(),
            numbering=self._numbering,
            page=leaflet.first,
            total=self._total,
            archival=self._book.archival,
            copied=leaflet.copied,
        )
        return self._composer.taken(request, leaflet.content)

    def _foot(self) -> str:
        return " · ".join(filter(None, (self._book.cover.legal_entity, self._book.cover.reference)))

    def _bookmarks(self, rows: Sequence[Row]) -> list[Bookmark]:
        marks = []
        for top in (row for row in rows if row.piece is None):
            pieces = [row for row in rows if row.section == top.section and row.piece is not None]
            marks.append(self._bookmark(top, tuple(self._bookmark(row) for row in pieces)))
        return marks

    def _bookmark(self, row: Row, below: tuple[Bookmark, ...] = ()) -> Bookmark:
        return Bookmark(row.name, row.title, self._pages[row.page - 1], below)
