"""Leaves laid on pages: with highlighted lines and a note below, or set into a frame of header and footer."""

from collections.abc import Sequence
from dataclasses import dataclass

from vault.composing.pdf_objects import ObjectWriter, number, numbers
from vault.composing.press.leaves import Leaf
from vault.composing.press.lettering import Lettering
from vault.composing.press.placing import Rectangle, rectangle_of
from vault.domain.readings import Box

_NOTE_SIZE, _NOTE_LEADING, _NOTE_MARGIN = 6.5, 8.5, 6.0
_USUAL_WIDTH = 595.0  # of a page on which small print has this size; it grows with the page
_STAMP_SIZE = 8.0
_EDGE = 30.0  # what a frame keeps free above and below
_SIDE = 18.0
_MARGIN = 62.4  # of pages that were printed for the sheet (22 mm, templates/bundles/base.html)
_GREY, _INK = "0.35 g", "0.1 g"
_HIGHLIGHT, _OUTLINE = "1 0.93 0.35 rg", "0.72 0.53 0 RG"
_GROUP = "/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands around a page: a line above it at the left, and at the foot at the left and at the right."""

    above: str = ""
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where pages are put together. `font` is the number of the object of `lettering`, 0 where nothing is written on
    pages; `parent` that of their page tree.
    """

    writer: ObjectWriter
    lettering: Lettering
    font: int
    parent: int

    def bare(self, leaf: Leaf) -> int:
        """The leaf, and nothing else."""
        return self._page(leaf, leaf.width, leaf.height, ["/P Do"])

    def noted(self, leaf: Leaf, boxes: Sequence[Box], note: str) -> int:
        """A page a little longer than the leaf: `boxes` on it are highlighted, below it stands `note`."""
        grown = max(1.0, min(leaf.width, leaf.height) / _USUAL_WIDTH)
        size, leading, margin = _NOTE_SIZE * grown, _NOTE_LEADING * grown, _NOTE_MARGIN * grown
        lines = self.lettering.lines(note, size, max(20.0, leaf.width - 2 * margin)) if note else []
        strip = len(lines) * leading + margin if lines else 0.0
        parts = [f"q 1 0 0 1 0 {number(strip)} cm /P Do"]
        parts += [_highlight(rectangle_of(box, leaf.width, leaf.height), grown) for box in boxes]
        parts.append("Q")
        for row, line in enumerate(lines, start=1):
            parts.append(self._text(line, size, margin, strip - row * leading, _GREY))
        return self._page(leaf, leaf.width, leaf.height + strip, parts)

    def framed(self, leaf: Leaf, size: tuple[float, float], stamp: Stamp) -> int:
        """The leaf, made to fit, on a sheet of `size` (turned where the leaf is wider than high) with a frame."""
        width, height = sorted(size, reverse=leaf.width > leaf.height)
        scale = min((width - 2 * _SIDE) / leaf.width, (height - 2 * _EDGE) / leaf.height, 4.0)
        left = (width - leaf.width * scale) / 2
        bottom = _EDGE + (height - 2 * _EDGE - leaf.height * scale) / 2
        parts = [f"q {numbers(scale, 0, 0, scale, left, bottom)} cm /P Do Q"]
        parts.append(self._hairline(width, height - _EDGE + 6))
        parts.append(self._stamped(stamp, width, height, _EDGE))
        return self._page(leaf, width, height, parts)

    def plain(self, leaf: Leaf, stamp: Stamp, links: Sequence[int] = ()) -> int:
        """The leaf as the whole page, with the stamp at its foot. `links` are numbers of annotations."""
        parts = ["/P Do", self._stamped(Stamp("", stamp.left, stamp.right), leaf.width, leaf.height, _MARGIN)]
        return self._page(leaf, leaf.width, leaf.height, parts, links)

    def _stamped(self, stamp: Stamp, width: float, height: float, side: float) -> str:
        room = width - 2 * side
        right = self.lettering.width(stamp.right, _STAMP_SIZE)
        left = self.lettering.shortened(stamp.left, _STAMP_SIZE, room - right - 20)
        above = self.lettering.shortened(stamp.above, _STAMP_SIZE, room)
        foot = _EDGE - 14
        placed = (
            (above, side, height - _EDGE + 11, _GREY),
            (left, side, foot, _GREY),
            (stamp.right, width - side - right, foot, _INK),
        )
        return "\n".join(self._text(text, _STAMP_SIZE, x, y, colour) for text, x, y, colour in placed if text)

    def _text(self, text: str, size: float, x: float, y: float, colour: str) -> str:
        shown = self.lettering.show(text)
        return f"BT /L {number(size)} Tf {colour} {numbers(x, y)} Td {shown} Tj ET"

    @staticmethod
    def _hairline(width: float, y: float) -> str:
        return f"q 0.75 G 0.4 w {numbers(_EDGE, y)} m {numbers(width - _EDGE, y)} l S Q"

    def _page(self, leaf: Leaf, width: float, height: float, parts: Sequence[str], links: Sequence[int] = ()) -> int:
        content = self.writer.stream("", "\n".join(parts).encode("latin-1"))
        state = "/ExtGState<</M<</Type/ExtGState/BM/Multiply>>>>"
        letters = f"/Font<</L {self.font} 0 R>>" if self.font else ""
        resources = f"/Resources<</XObject<</P {leaf.number} 0 R>>{letters}{state}>>"
        annotations = f"/Annots[{' '.join(f'{link} 0 R' for link in links)}]" if links else ""
        box = f"/MediaBox[0 0 {numbers(width, height)}]"
        page = f"<</Type/Page/Parent {self.parent} 0 R{box}{resources}{_GROUP}{annotations}/Contents {content} 0 R>>"
        return self.writer.put(page)


def _highlight(mark: Rectangle, grown: float) -> str:
    """Yellow that lets what is under it show, and a line around it that is seen without colour too."""
    left, bottom, right, top = mark[0] - 2 * grown, mark[1] - 1.5 * grown, mark[2] + 2 * grown, mark[3] + 1.5 * grown
    path = f"{numbers(left, bottom, right - left, top - bottom)} re"
    return f"q /M gs {_HIGHLIGHT} {path} f Q q {_OUTLINE} {number(0.7 * grown)} w {path} S Q"
