"""Where a page's own points lie on the page as it is displayed: crop box, rotation and unit taken into account."""

from dataclasses import dataclass

from vault.domain.readings import Box

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class Placing:
    """`bounds` is what is displayed of the page's own space, `turns` are quarter turns clockwise.

    `unit` is the points that one of the page's own points has (UserUnit).
    """

    bounds: Rectangle
    turns: int = 0
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as displayed."""
        left, bottom, right, top = self.bounds
        width, height = (right - left) * self.unit, (top - bottom) * self.unit
        return (height, width) if self.turns % 2 else (width, height)

    @property
    def matrix(self) -> Matrix:
        """From the page's own space to the displayed page, origin bottom left."""
        left, bottom, right, top = self.bounds
        turned: tuple[Matrix, ...] = (
            (1, 0, 0, 1, -left, -bottom),
            (0, -1, 1, 0, -bottom, right),
            (-1, 0, 0, -1, right, top),
            (0, 1, -1, 0, top, -left),
        )
        a, b, c, d, e, f = turned[self.turns % 4]
        return (a * self.unit, b * self.unit, c * self.unit, d * self.unit, e * self.unit, f * self.unit)

    def box(self, rectangle: Rectangle) -> Box:
        """Fractions of the displayed page, origin top left, cut at its edges."""
        a, b, c, d, e, f = self.matrix
        left, bottom, right, top = rectangle
        width, height = self.size
        xs = [(a * x + c * y + e) / width for x, y in ((left, bottom), (right, top))]
        ys = [1 - (b * x + d * y + f) / height for x, y in ((left, bottom), (right, top))]
        return Box(_within(min(xs)), _within(min(ys)), _within(max(xs)), _within(max(ys)))


def rectangle_of(box: Box, width: float, height: float) -> Rectangle:
    """A box on a page of this size, in points."""
    return box.x0 * width, (1 - box.y1) * height, box.x1 * width, (1 - box.y0) * height


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
