"""The drawings of a report: shapes in the coordinates of an SVG, the same on a page and in a PDF.

What a shape looks like is the template's business; a `Label` carries a value and is written in the reader's language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vault.services.trend import round_up

# Narrow enough for two beside each other on paper, with letters that can be read.
WIDTH = 480
_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 44, 12, 20, 28, 200
_STEPS = 4
_WIDEST_COLUMN = 40.0

_MOST_DAYS = 90  # where the drawing of coverage ends
_MOST_PRODUCTS, _ROW, _NAMES = 15, 22, 110


@dataclass(frozen=True, slots=True)
class Bar:
    """`kind`: the series, by which it is coloured."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line; `is_limit`: one that says where something becomes bad."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_limit: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """`value`: a count, a month (its first day) or a text. `anchor`: of SVG. `is_small`: a figure at its bar."""

    x: float
    y: float
    value: int | date | str
    anchor: str = "middle"
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """All shapes of one drawing, in its own units."""

    height: float
    bars: tuple[Bar, ...]
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]
    width: float = WIDTH


def columns(
    months: Sequence[date], series: Mapping[str, Sequence[int | None]], top: int = 0, *, stacked: bool = False
) -> Drawing:
    """Columns for each month, one a series, beside or `stacked` on each other; from 0 to `top` or a round number above.

    A column whose value is not known is not there.
    """
    sums = [[row[place] or 0 for row in series.values()] for place in range(len(months))]
    top = top or round_up(max((sum(row) if stacked else max(row, default=0) for row in sums), default=0))
    slot = (WIDTH - _LEFT - _RIGHT) / max(1, len(months))
    width = min(slot * 0.7, _WIDEST_COLUMN)
    bars, labels = [], _scale(top)
    for place, month in enumerate(months):
        middle = _LEFT + slot * (place + 0.5)
        labels.append(Label(round(middle, 1), _HEIGHT - _BOTTOM + 20, month))
        column = _column(middle - width / 2, width, {name: row[place] for name, row in series.items()}, top, stacked)
        bars += [bar for bar, _ in column]
        labels += _told(column, sums[place], stacked)
    return Drawing(_HEIGHT, tuple(bars), _lines(top), tuple(labels))


def _column(
    left: float, width: float, values: Mapping[str, int | None], top: int, stacked: bool
) -> list[tuple[Bar, int]]:
    """The bars of a month with their values; without those that have no height."""
    bars: list[tuple[Bar, int]] = []
    base, each = float(_HEIGHT - _BOTTOM), width if stacked else width / len(values)
    for place, (name, value) in enumerate(values.items()):
        height = (value or 0) / top * (_HEIGHT - _TOP - _BOTTOM)
        x = left if stacked else left + place * each
        if height:
            bar = Bar(round(x, 1), round(base - height, 1), round(each, 1), round(height, 1), name)
            bars.append((bar, value or 0))
        base -= height if stacked else 0
    return bars


def _told(column: Sequence[tuple[Bar, int]], values: Sequence[int], stacked: bool) -> list[Label]:
    """The number above each bar, or their sum above a stack."""
    told = [(column[-1][0], sum(values))] if stacked and column else column
    return [Label(round(bar.x + bar.width / 2, 1), bar.y - 4, value, is_small=True) for bar, value in told]


def _scale(top: int) -> list[Label]:
    return [Label(_LEFT - 8, _up(top * step / _STEPS, top) + 4, top * step // _STEPS, "end") for step in _steps()]


def _lines(top: int) -> tuple[Rule, ...]:
    heights = [_up(top * step / _STEPS, top) for step in _steps()]
    return tuple(Rule(_LEFT, height, WIDTH - _RIGHT, height) for height in heights)


def _steps() -> range:
    return range(_STEPS + 1)


def _up(value: float, top: int) -> float:
    return round(_HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM), 1)


def days_left(rows: Sequence[Mapping[str, Any]], as_of: date, warn_days: Sequence[int]) -> Drawing:
    """A bar for each product whose coverage lapses, as long as the days that are left; with the days of warning as limits.

    `warn_days`: the last warning first.
    """
    shown = rows[:_MOST_PRODUCTS]
    bottom = _TOP + _ROW * len(shown)
    bars, labels = [], []
    for place, row in enumerate(shown):
        days = max(0, (date.fromisoformat(row["lapses_on"]) - as_of).days)
        y, end = _TOP + _ROW * place, _across(min(days, _MOST_DAYS))
        bars.append(Bar(_NAMES, y + 4, round(end - _NAMES, 1), _ROW - 8, _urgency(days, warn_days)))
        labels += [Label(_NAMES - 8, y + 15, row["asin"], "end"), Label(end + 5, y + 15, days, "start")]
    labels += [Label(_across(days), bottom + 18, days) for days in sorted({0, *warn_days, _MOST_DAYS})]
    rules = [Rule(_across(days), _TOP, _across(days), bottom, is_limit=days > 0) for days in (0, *warn_days)]
    return Drawing(bottom + 28, tuple(bars), tuple(rules), tuple(labels))


def _urgency(days: int, warn_days: Sequence[int]) -> str:
    if days <= min(warn_days, default=0):
        return "fail"
    return "warn" if days <= max(warn_days, default=0) else "pass"


def _across(days: int) -> float:
    return round(_NAMES + days / _MOST_DAYS * (WIDTH - _RIGHT - 30 - _NAMES), 1)
