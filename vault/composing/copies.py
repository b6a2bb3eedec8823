"""What is made from one original: a copy for another reader, always a PDF. The original itself is never touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vault.domain.readings import Box, Word

Boxes = Mapping[int, Sequence[Box]]
"""Page, counted from 1, to boxes on it as fractions of the displayed page, origin top left."""

Words = Mapping[int, Sequence[Word]]
"""Page, counted from 1, to the words that stand on it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A PDF and how many pages it has. The same original, boxes and words give the same bytes.

    `flaws`: what keeps it from conforming to PDF/A-2b, as codes; without any it says that it conforms.
    ``missing_glyph``: for some character no font is installed, so it is shown as an empty box (but can be searched).
    `drawn`: how many of its pages are pictures of the original's.
    """

    content: bytes
    pages: int
    flaws: tuple[str, ...] = ()
    drawn: int = 0
