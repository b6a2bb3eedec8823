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
    ("happened", "invoices", "verdicts", "warn"),
    ("happened", "invoices", "verdicts", "unknown"),
    ("happened", "invoices", "verdicts", "fail"),
    ("happened", "invoices", "dated"),
    ("happened", "sales", "units"),
    ("happened", "sales", "known"),
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

    link: str
    with_: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`numbers`: all that are compared. `links`: those that differ, the worst now first.

    `sections`: names of sections of the figures that differ, whether or not one of the numbers does.
    """

    numbers: tuple[NumberChange, ...]
    links: tuple[LinkChange, ...]
    sections: tuple[str, ...]

    @property
    def changed(self) -> tuple[NumberChange, ...]:
        """The numbers that differ."""
        return tuple(each for each in self.numbers if each.before != each.now)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The sections that differ although none of their numbers does."""
        told = {each.name.split(".")[1] for each in self.changed}
        return tuple(name for name in self.sections if name not in told)


def compare(before: Figures, now: Figures) -> Comparison:
    """What differs between the figures of two reports of one seller account, as one reader may see them."""
    numbers = tuple(NumberChange(".".join(way), _number(before, way), _number(now, way)) for way in NUMBERS)
    return Comparison(numbers, _links(before, now), _sections(before, now))


def _sections(before: Figures, now: Figures) -> tuple[str, ...]:
    names = ((part, name) for part in ("happened", "standing") for name in now[part])
    return tuple(name for part, name in names if before[part].get(name) != now[part][name])


def _number(figures: Figures, way: tuple[str, ...]) -> int | None:
    found: Any = figures
    for step in way:
        found = found.get(step) if found is not None else None  # an earlier version of the service told less
    return None if found is None else int(found)


def _links(before: Figures, now: Figures) -> tuple[LinkChange, ...]:
    earlier, present = _scores(before), _scores(now)
    changes = [
        LinkChange(
            link, (present.get(link) or earlier[link])[0], earlier.get(link, ("", 0))[1], present.get(link, ("", 0))[1]
        )
        for link in earlier.keys() | present.keys()
    ]
    differing = (each for each in changes if each.before != each.now)
    return tuple(sorted(differing, key=lambda each: (-each.now, -each.before, each.with_)))


def _scores(figures: Figures) -> Mapping[str, tuple[str, int]]:
    rows = (*figures["standing"]["links"], *figures["made"]["across"])
    return {row["link"]: (row["with"], row["score"]) for row in rows}
