"""From the page as it was straightened for reading, back to the page as it is displayed."""

from dataclasses import dataclass, replace

from vault.domain.readings import Box, Page

Matrix = tuple[float, float, float, float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Placement:
    """How a straightened page lies on the displayed one.

    `matrix` is a row-major 3 × 3 homography between fractions of the two pages; `width` and `height` are the
    points of the displayed page.
    """

    width: float
    height: float
    matrix: Matrix = IDENTITY

    def box(self, box: Box) -> Box:
        """The upright box on the displayed page that holds `box`, cut at the page's edges."""
        if self.matrix == IDENTITY:
            return box
        corners = [self._point(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = zip(*corners, strict=True)
        return Box(_within(min(xs)), _within(min(ys)), _within(max(xs)), _within(max(ys)))

    def page(self, page: Page) -> Page:
        """`page` with its words where they stand on the displayed page."""
        if self.matrix == IDENTITY:
            return page
        words = tuple(replace(word, box=self.box(word.box)) for word in page.words)
        return replace(page, words=words, width=self.width, height=self.height)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f, g, h, i = self.matrix
        depth = g * x + h * y + i or 1e-9
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


def _within(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 5)
