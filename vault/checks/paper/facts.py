"""The facts that checks of papers judge: documents of which a person says that they are no supplier invoices."""

from dataclasses import dataclass
from datetime import date

from vault.domain.readings import Page


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One paper. `expires` and `is_picture` are what the rule book says of its kind.

    `valid_until` is the last day on which it counts, as a person says; `never_expires`: that it has none.
    `is_watched`: its last day stands in another area (a security duty, the explanation of a link), which warns of it.
    """

    today: date
    pages: tuple[Page, ...]
    expires: bool
    is_picture: bool = False
    valid_until: date | None = None
    never_expires: bool = False
    is_watched: bool = False
