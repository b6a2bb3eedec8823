"""What changed between two reports, from their figures alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]

# The figures that are compared one by one, in the order of the page, by the way to them.
NUMBERS: tuple[tuple[str, ...], ...] = (
    ("standing", "readiness", "percent"),
    ("standing", "products", "proven"),
    ("standing", "products", "all"),
    ("standing", "lapsing", "within_30"),
    ("standing", "lapsing", "within_90"),
    ("happened", "invoices", "came_in"),
    ("happened", "invoices", "verdicts", "pass"),
    ("happened", "invoices", "verdicts", "fail"),
    ("happened", "gaps", "opened"),
    ("happened", "gaps", "closed"),
    ("standing", "overdue", "all"),
    ("standing", "security", "kept"),
    ("happened", "routines", "done"),
    ("happened", "routines", "skipped"),
)


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One figure of two reports; None where it was not known. `name`: the way to it, with dots."""

    name: str
    before: int | None
    now: int | None

    @property
    def difference(self) -> int | None:
        return None if self.before is None or self.now is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link whose score is another one; 0 where nothing was or is shared."""

    with_: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`numbers`: all that are compared. `links`: those that differ, the worst now first."""

    numbers: tuple[NumberChange, ...]
    links: tuple[LinkChange, ...]


def compare(before: Figures, now: Figures) -> Comparison:
    """What differs between the figures of two reports of one seller account, as one reader may see them."""
    numbers = tuple(NumberChange(".".join(way), _number(before, way), _number(now, way)) for way in NUMBERS)
    return Comparison(numbers, _links(before, now))


def _number(figures: Figures, way: tuple[str, ...]) -> int | None:
    found: Any = figures
    for step in way:
        found = found[step]
    return None if found is None else int(found)


def _links(before: Figures, now: Figures) -> tuple[LinkChange, ...]:
    earlier, present = _scores(before), _scores(now)
    changes = [
        LinkChange(
            (present.get(link) or earlier[link])[0], earlier.get(link, ("", 0))[1], present.get(link, ("", 0))[1]
        )
        for link in earlier.keys() | present.keys()
    ]
    differing = (each for each in changes if each.before != each.now)
    return tuple(sorted(differing, key=lambda each: (-each.now, -each.before, each.with_)))


def _scores(figures: Figures) -> Mapping[str, tuple[str, int]]:
    rows = (*figures["standing"]["links"], *figures["made"]["across"])
    return {row["link"]: (row["with"], row["score"]) for row in rows}
