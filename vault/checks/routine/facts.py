"""The facts that routine checks judge."""

from dataclasses import dataclass
from datetime import date

from vault.domain.routines import Occurrence

# How far back facts reach: no rule can look further.
LOOK_BACK_DAYS = 92


@dataclass(frozen=True, slots=True)
class RoutineFacts:
    """One routine that runs. `occurrences`: what became of each due date of the last `LOOK_BACK_DAYS`, in order.

    `open`: the one that is still to be done, however long ago it was due; `next_due`: when the next one is.
    `owner` is a name, empty where there is none; `owner_has_left`: the owner may not work for the account any more.
    """

    title: str
    as_of: date
    occurrences: tuple[Occurrence, ...]
    open: Occurrence | None
    next_due: date | None
    owner: str = ""
    owner_has_left: bool = False
