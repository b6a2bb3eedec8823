"""Blocks: lines of one column that stand right below each other, as names and addresses do."""

import re
from dataclasses import dataclass

from vault.domain.readings import Box
from vault.reading.understand.labels import Label
from vault.reading.understand.layout import Row, Run, Sheet
from vault.reading.understand.marks import Mark, Marked

_GAP = 1.75
"""Lines of one block are at most this many line heights apart."""
_COLON = re.compile(r"^\s*[:.\-–(]*\s*")


@dataclass(frozen=True, eq=False)
class Line:
    """A segment of a row. `label` speaks for it: at its beginning (then `value` is what follows) or on its left."""

    run: Run
    row: Row
    label: Label | None
    value: str
    value_start: int

    @property
    def box(self) -> Box:
        return self.run.box


@dataclass(frozen=True, eq=False)
class Block:
    lines: tuple[Line, ...]
    heading: Label | None = None

    @property
    def box(self) -> Box:
        box = self.lines[0].box
        for line in self.lines[1:]:
            box = box.union(line.box)
        return box


def find_blocks(marked: Marked) -> tuple[Block, ...]:
    """The blocks of a page, from top to bottom."""
    sheet = marked.sheet
    open_blocks: list[list[Line]] = []
    for row in sheet.rows:
        for line in _lines(row, marked.marks[row.index]):
            best = min(
                (block for block in open_blocks if _continues(sheet, block, line)),
                key=lambda block: _misaligned(block[-1].box, line.box) + abs(block[0].box.x0 - line.box.x0),
                default=None,
            )
            if best is None:
                open_blocks.append([line])
            else:
                best.append(line)
    return tuple(Block(tuple(lines), _heading(marked, lines[0])) for lines in open_blocks)


def _lines(row: Row, marks: tuple[Mark, ...]) -> list[Line]:
    """The segments of a row with their labels; a segment that is nothing but a label speaks for the next one."""
    lines: list[Line] = []
    offset = 0
    from_left: Label | None = None
    for segment in row.segments:
        end = offset + len(segment.text)
        own = next((mark for mark in marks if offset <= mark.start <= offset + 1 and mark.end <= end), None)
        label, start = from_left, offset
        from_left = None
        if own is not None and _announces(own, row.text, end):
            label, start = own.label, own.end + len(_COLON.match(row.text[own.end : end]).group())  # type: ignore[union-attr]
            if start >= end:
                from_left, start = own.label, end
        lines.append(Line(segment, row, label, row.text[start:end], start))
        offset = end + 1
    return lines


def _announces(mark: Mark, text: str, end: int) -> bool:
    """A label and not just the same word inside a name: alone, with a colon, or of several words."""
    rest = text[mark.end : end].strip()
    if not rest.strip(" .:-–()*"):
        return True
    if rest[0] in ":" or rest[:2] in (".:", ").", "):"):
        return True
    return " " in mark.text.strip() or mark.label in _PLAIN_LABELS and rest[:1] in ".+0123456789(#-" or "@" in rest


_PLAIN_LABELS = frozenset({Label.PHONE, Label.FAX, Label.VAT, Label.COMPANY_NUMBER, Label.TAX_NUMBER, Label.BANK, Label.NUMBER, Label.OTHER_NUMBER, Label.DATE})


def _continues(sheet: Sheet, block: list[Line], line: Line) -> bool:
    last = block[-1].box
    height = max(sheet.line, min(last.height, line.box.height))
    if not -0.5 * height < line.box.y0 - last.y1 < _GAP * height:
        return False
    tallest, lowest = max(last.height, line.box.height), max(min(last.height, line.box.height), 1e-6)
    return tallest / lowest < 2.6 and _misaligned(last, line.box) < 0.9 * height * sheet.aspect


def _misaligned(above: Box, below: Box) -> float:
    """How far two lines are from sharing their left edge, middle or right edge."""
    left, right = abs(above.x0 - below.x0), abs(above.x1 - below.x1)
    return min(left, abs(above.middle[0] - below.middle[0]) * 1.2, right * 1.5)


def _heading(marked: Marked, first: Line) -> Label | None:
    """A label that stands alone above a block, a little apart."""
    for index in range(first.row.index - 1, max(-1, first.row.index - 4), -1):
        row = marked.sheet.rows[index]
        if (first.box.y0 - row.box.y1) / marked.sheet.line > 3.0:
            break
        for line in _lines(row, marked.marks[index]):
            if line.label is not None and not line.value and abs(line.box.x0 - first.box.x0) < 4 * marked.sheet.line * marked.sheet.aspect:
                return line.label
    return None
