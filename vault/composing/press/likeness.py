"""Whether two pictures show the same page, so that a copy is never handed out that shows something else."""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from vault.domain.readings import Box

_CELL = 6  # pixels: letters drawn half a pixel further do not count, a missing word does
_MOST_DIFFERENT = 70
_MOST_ON_AVERAGE = 4.0


def is_like(one: Image.Image, other: Image.Image) -> bool:
    """`other` is brought to the size of `one` first."""
    grey = one.convert("L")
    resized = other.convert("L").resize(grey.size, Image.Resampling.BOX)
    cells = ImageChops.difference(grey, resized).reduce(_CELL)
    worst = max(level for level, count in enumerate(cells.histogram()) if count)
    levels = cells.histogram()
    average = sum(level * count for level, count in enumerate(levels)) / max(1, sum(levels))
    return worst <= _MOST_DIFFERENT and average <= _MOST_ON_AVERAGE


def painted(image: Image.Image, boxes: Sequence[Box], margin: float = 0.0, colour: str = "black") -> Image.Image:
    """A copy of `image` with `boxes` (fractions of it), grown by `margin` of its longer side, filled."""
    filled = image.copy()
    grown = margin * max(image.size)
    pen = ImageDraw.Draw(filled)
    for box in boxes:
        left, top = box.x0 * image.width - grown, box.y0 * image.height - grown
        right, bottom = box.x1 * image.width + grown, box.y1 * image.height + grown
        pen.rectangle((int(left), int(top), int(right + 1), int(bottom + 1)), fill=colour)
    return filled
