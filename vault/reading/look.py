"""A second look at a page of a copy: what can still be seen and found there."""

from dataclasses import dataclass

from vault.domain.readings import Box, Page


@dataclass(frozen=True, slots=True)
class Look:
    """Boxes are fractions of the original's page, which a copy may continue with a note below.

    `seen`: what OCR reads beside what is covered. `said`: the page's text layer. `unread`: ink like that of words which
    nobody has read. `is_black`: nothing shows through what is covered.
    """

    seen: Page
    said: Page
    unread: tuple[Box, ...]
    is_black: bool
