"""The combined PDF: what goes in, in which order, and where it ended up."""

from dataclasses import dataclass
from pathlib import Path

from vault.composing.papers import Cover, InvoiceFacts, SectionFacts, Sheet


@dataclass(frozen=True, slots=True)
class Piece:
    """A ready PDF: a marked copy, a sales record, a letter. `title` is its line in index and bookmarks.

    Give a path where there are many, so that they need not be in memory together. `framed`: its pages are set into a
    sheet with a line above that says what they belong to; pages that were printed for this sheet are not. `pages`, where
    that is known already (`Copy.pages`), saves counting. `copied`: it is what `Composer.marked` or `redacted` gave, for
    which was seen then that it shows what the original shows: it is taken over faster. Never to be said of any other.
    """

    title: str
    content: Path | bytes
    invoice: InvoiceFacts | None = None
    framed: bool = True
    pages: int = 0
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces under one heading. With `facts` it opens with a page of its own: one ASIN's papers."""

    title: str
    pieces: tuple[Piece, ...]
    facts: SectionFacts | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A combined PDF: the cover, the index, then the sections.

    `archival`: pages of others that do not conform to PDF/A are drawn as pictures (with their text behind, where a
    page has any), so that the whole conforms. Otherwise every page keeps its vectors, and the file says that it
    conforms only when every page that was taken over does. `language` is ISO 639-1.
    """

    cover: Cover
    sections: tuple[Section, ...]
    language: str = "en"
    sheet: Sheet = Sheet.A4
    archival: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the combined PDF; `first` counts from 1. Without a piece: the section as a whole."""

    section: int
    piece: int | None
    title: str
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class Combined:
    """`flaws`: what keeps the file from conforming to PDF/A-2b (see `Copy`); without any its metadata says that it does.

    `drawn`: pages of others that were made pictures.
    """

    pages: int
    size: int
    places: tuple[Place, ...]
    drawn: int = 0
    flaws: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        return not self.flaws
