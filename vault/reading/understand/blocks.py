"""Blocks: lines of one column that stand right below each other, as names and addresses do."""

import re
from dataclasses import dataclass

from vault.domain.readings import Box
from vault.reading.understand.labels import PARTY_LABELS, Label
from vault.reading.understand.layout import Row, Run, Sheet
from vault.reading.understand.marks import Mark, Marked
from vault.reading.understand.places import has_street, postcode_country

_GAP = 1.75
"""Lines of one block are at most this many line heights apart."""
_FORM_GAP = 2.6
"""Forms with labels and values in two columns are set wider."""
_TOWN_GAP = 2.9
"""Some leave a line free between street and town."""
_FORGET = 6.0
"""A block that ended this many line heights above is complete, whatever its letters' height."""
_REACH = 45.0
_PLAIN_REACH = 16.0
_ROLE_REACH = 8.0
"""A value in a column of its own stands at most this many line heights behind its label, a colon reaching further."""
_COLON = re.compile(r"^\s*[:.\-–(]*\s*")


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a block. `label` speaks for it; `value` is what follows the label, in its own column perhaps.

    `start` and `box` are where the line begins (the label, if any), `value_start` and `value_box` where its value does.
    """

    row: Row
    label: Label | None
    value: str
    start: int
    value_start: int
    box: Box
    value_box: Box


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
    blocks: list[list[Line]] = []
    growing: list[list[Line]] = []
    for row in sheet.rows:
        growing = [block for block in growing if row.box.y0 - block[-1].box.y1 < _FORGET * sheet.line]
        for line in _lines(sheet, row, marked.marks[row.index]):
            near = [block for block in growing if _continues(sheet, block, line)]
            if near:
                min(near, key=lambda block: _distance(block, line)).append(line)
            else:
                blocks.append([line])
                growing.append(blocks[-1])
    return tuple(Block(tuple(lines), _heading(marked, lines[0])) for lines in blocks)


def _lines(sheet: Sheet, row: Row, marks: tuple[Mark, ...]) -> list[Line]:
    """The segments of a row with their labels; a segment that is nothing but a label takes the next one as its value."""
    lines: list[Line] = []
    offset = 0
    waiting: tuple[Label, Run] | None = None
    for segment in row.segments:
        end = offset + len(segment.text)
        own = next((mark for mark in marks if offset <= mark.start <= offset + 1 and mark.end <= end), None)
        label, start = None, offset
        if own is not None and _announces(own, row.text, end):
            label, start = own.label, own.end + _colon(row.text[own.end : end])
        elif segment.text.endswith(":"):
            label, start = Label.OTHER, end
        if waiting is not None and label is None and _reaches(sheet, *waiting, segment):
            lines[-1] = Line(row, waiting[0], row.text[start:end], lines[-1].start, start, waiting[1].box, segment.box)
        else:
            lines.append(Line(row, label, row.text[start:end], offset, start, segment.box, segment.box))
        waiting = (label, segment) if label is not None and start >= end else None
        offset = end + 1
    return lines


def _colon(text: str) -> int:
    """The length of what separates a label from its value."""
    match = _COLON.match(text)
    return match.end() if match else 0


def _reaches(sheet: Sheet, label: Label, key: Run, value: Run) -> bool:
    """Is the value near enough to be the label's own? A role stands as often above its block as beside it."""
    if label is Label.NUMBER and not key.text.endswith(":"):
        return False
    reach = _ROLE_REACH if label in PARTY_LABELS else _REACH if key.text.endswith(":") else _PLAIN_REACH
    return value.box.x0 - key.box.x1 < reach * sheet.line * sheet.aspect


def _announces(mark: Mark, text: str, end: int) -> bool:
    """A label and not just the same word inside a name: alone, with a colon, or of several words."""
    rest = text[mark.end : end].strip()
    if not rest.strip(" .:-–()*"):
        return True
    if rest[0].islower() and len(mark.text) + len(rest) > 24:
        return False
    if rest[0] in ":" or rest[:2] in (".:", ").", "):"):
        return True
    return " " in mark.text.strip() or (mark.label in _PLAIN_LABELS and rest[:1] in ".+0123456789(#-") or "@" in rest


_PLAIN_LABELS = frozenset(
    {
        Label.PHONE,
        Label.FAX,
        Label.VAT,
        Label.COMPANY_NUMBER,
        Label.TAX_NUMBER,
        Label.BANK,
        Label.NUMBER,
        Label.OTHER_NUMBER,
        Label.DATE,
    }
)


def _continues(sheet: Sheet, block: list[Line], line: Line) -> bool:
    last = block[-1].box
    height = max(sheet.line, 1.35 * min(last.height, line.box.height))
    gap = _FORM_GAP if any(each.box is not each.value_box for each in block[-3:]) else _GAP
    apart = (line.box.y0 - last.y1) / height
    if apart > gap and apart < _TOWN_GAP and has_street(block[-1].value) and postcode_country(line.value) is not None:
        apart = 0.0
    if not -0.5 < apart < gap:
        return False
    tallest, lowest = max(last.height, line.box.height), max(min(last.height, line.box.height), 1e-6)
    return tallest / lowest < 2.6 and _distance(block, line) < 0.9 * height * sheet.aspect


def _distance(block: list[Line], line: Line) -> float:
    """How far the line is from standing in the block's column, or in the column of its values."""
    recent = block[-3:]
    return min(
        min(_misaligned(each.box, line.box) for each in recent[-1:]),
        min(min(abs(each.box.x0 - line.box.x0), abs(each.value_box.x0 - line.box.x0)) for each in recent),
    )


def _misaligned(above: Box, below: Box) -> float:
    """How far two lines are from sharing their left edge, middle or right edge."""
    left, right = abs(above.x0 - below.x0), abs(above.x1 - below.x1)
    return min(left, abs(above.middle[0] - below.middle[0]) * 1.2, right * 1.5)


def _heading(marked: Marked, first: Line) -> Label | None:
    """A label that stands alone above a block, a little apart."""
    sheet = marked.sheet
    for index in range(first.row.index - 1, max(-1, first.row.index - 4), -1):
        row = sheet.rows[index]
        if (first.box.y0 - row.box.y1) / sheet.line > 3.0:
            break
        for line in _lines(sheet, row, marked.marks[index]):
            if (
                line.label is not None
                and not line.value
                and abs(line.box.x0 - first.box.x0) < 4 * sheet.line * sheet.aspect
            ):
                return line.label
    return None
