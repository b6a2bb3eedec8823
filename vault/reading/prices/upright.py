"""A page as it would lie straight before a reader: scans are displayed askew, on their side or upside down."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, radians, sin
from statistics import median

from vault.domain.readings import Box, Page, PageSource, Word

_NEAR = 12.0
"""Words that follow each other on a line are at most this many letter heights apart."""
_LONG_LINE = 0.2
_LEAST_TILT = 0.3
_MOST_TILT = 10.0


@dataclass(frozen=True, slots=True)
class Upright:
    """`page`: its words in the same order as those of the displayed page. `turn`: radians, clockwise as displayed."""

    page: Page
    displayed: Page
    turn: float = 0.0

    def back(self, box: Box) -> Box:
        """The smallest box on the displayed page that holds `box` of the upright one."""
        if not self.turn:
            return box
        corners = [self._turned(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = zip(*corners, strict=True)
        return Box(_within(min(xs)), _within(min(ys)), _within(max(xs)), _within(max(ys)))

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        across, down = (x - 0.5) * self.page.width, (y - 0.5) * self.page.height
        c, s = cos(self.turn), sin(self.turn)
        width, height = self.displayed.width, self.displayed.height
        return 0.5 + (across * c - down * s) / width, 0.5 + (across * s + down * c) / height


def upright(page: Page) -> Upright:
    """`page` as displayed, made straight; pages that were not scanned are as they are."""
    turn = _turn_of(page) if page.source is PageSource.OCR else 0.0
    if not turn:
        return Upright(page, page)
    lies = abs(sin(turn)) > abs(cos(turn))
    width, height = (page.height, page.width) if lies else (page.width, page.height)
    words = tuple(replace(word, box=_straight(word.box, page, (width, height), turn)) for word in page.words)
    return Upright(replace(page, words=words, width=width, height=height), page, turn)


def _straight(box: Box, page: Page, size: tuple[float, float], turn: float) -> Box:
    """The word's own box: the displayed one is the hull of it, and so larger than it where the page is askew."""
    c, s = cos(turn), sin(turn)
    x, y = (box.middle[0] - 0.5) * page.width, (box.middle[1] - 0.5) * page.height
    across, down = x * c + y * s, y * c - x * s
    wide, high = _without_hull(box.width * page.width, box.height * page.height, abs(c), abs(s))
    left, top = 0.5 + (across - wide / 2) / size[0], 0.5 + (down - high / 2) / size[1]
    return Box(left, top, left + wide / size[0], top + high / size[1])


def _without_hull(width: float, height: float, c: float, s: float) -> tuple[float, float]:
    square = c * c - s * s
    wide, high = (width * c - height * s) / square, (height * c - width * s) / square
    return max(wide, 0.3 * min(width, height)), max(high, 0.3 * min(width, height))


def _turn_of(page: Page) -> float:
    """By how much the lines of text are turned: by quarters, and by what is left."""
    steps = list(_steps(page))
    if len(steps) < 3:
        return 0.0
    quarters = [round(atan2(y, x) / (pi / 2)) % 4 for x, y in steps]
    quarter = max(range(4), key=quarters.count)
    if quarters.count(quarter) < 0.6 * len(quarters):
        quarter = 0
    tilts = [degrees(_rest(angle - quarter * pi / 2)) for angle in _lines(page, quarter)]
    tilt = median(tilts) if len(tilts) > 2 else 0.0
    return quarter * pi / 2 + (radians(tilt) if _LEAST_TILT < abs(tilt) < _MOST_TILT else 0.0)


def _steps(page: Page) -> list[tuple[float, float]]:
    """From the middle of each word to that of the next one on its line, in points."""
    return [step for one, other in pairwise(page.words) if (step := _step(page, one, other)) is not None]


def _step(page: Page, one: Word, other: Word) -> tuple[float, float] | None:
    x = (other.box.middle[0] - one.box.middle[0]) * page.width
    y = (other.box.middle[1] - one.box.middle[1]) * page.height
    high = min(one.box.height * page.height, one.box.width * page.width)
    return (x, y) if 0 < hypot(x, y) < _NEAR * high else None


def _lines(page: Page, quarter: int) -> list[float]:
    """The angles of the long lines of text that run in this direction."""
    found, begin = [], 0
    for place, (one, other) in enumerate(pairwise(page.words)):
        step = _step(page, one, other)
        if step is None or round(atan2(step[1], step[0]) / (pi / 2)) % 4 != quarter:
            found.append((begin, place))
            begin = place + 1
    found.append((begin, len(page.words) - 1))
    return [angle for first, last in found if (angle := _angle(page, page.words[first], page.words[last])) is not None]


def _angle(page: Page, first: Word, last: Word) -> float | None:
    x = (last.box.middle[0] - first.box.middle[0]) * page.width
    y = (last.box.middle[1] - first.box.middle[1]) * page.height
    return atan2(y, x) if hypot(x, y) > _LONG_LINE * page.width else None


def _rest(angle: float) -> float:
    return (angle + pi) % (2 * pi) - pi


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
