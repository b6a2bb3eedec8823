"""A trend as a drawing: points in the coordinates of an SVG, with an axis that people can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 640, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 12, 28
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what stands there: `at` in the drawing's units."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class DayTick:
    at: float
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """`path`: the drawn line, broken where a day is missing. `points`: each day that was counted."""

    path: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`lines` in the order of the series given. `left` … `bottom` bound the plot."""

    lines: tuple[Line, ...]
    values: tuple[Tick, ...]
    days: tuple[DayTick, ...]
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def draw(
    first: date,
    last: date,
    series: Sequence[Sequence[tuple[date, float | None]]],
    most: int = 0,
    width: int = WIDTH,
) -> Chart:
    """Draws each series of (day, value) between the two days, from 0 up to `most` or to a round number above all values."""
    top = most or round_up(max((value for line in series for _, value in line if value is not None), default=0))
    span = max(1, (last - first).days)

    def across(day: date) -> float:
        return round(_LEFT + (day - first).days / span * (width - _LEFT - _RIGHT), 1)

    def up(value: float) -> float:
        return round(HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM), 1)

    lines = tuple(_line([(day, across(day), up(value)) for day, value in each if value is not None]) for each in series)
    values = tuple(Tick(up(top * step / _STEPS), top * step // _STEPS) for step in range(_STEPS + 1))
    marks = [first + timedelta(days=round(span * step / 3)) for step in range(4)]
    ticks = tuple(DayTick(across(day), day) for day in marks)
    return Chart(lines, values, ticks, right=width - _RIGHT, width=width)


def _line(points: Sequence[tuple[date, float, float]]) -> Line:
    path, before = [], None
    for day, x, y in points:
        is_next = before is not None and day - before == timedelta(days=1)
        path.append(f"{'L' if is_next else 'M'}{x} {y}")
        before = day
    return Line(" ".join(path), tuple((x, y) for _, x, y in points))


def round_up(value: float) -> int:
    """The next number above that four equal steps lead to in whole, round numbers."""
    step = 1
    while step * _STEPS < value:
        step = step * 2 if str(step)[0] in "15" else step * 5 // 2
    return step * _STEPS
