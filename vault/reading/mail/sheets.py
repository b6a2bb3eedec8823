"""A mail's text on sheets of paper: where each word stands, and how a sheet looks. Both say the same."""

from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from vault.domain.readings import Box, Page, PageSource, Word
from vault.reading.language import detect
from vault.reading.placement import Placement
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import unreadable

_WIDTH, _HEIGHT = 595.0, 842.0  # points: A4
_COLUMNS, _LINES = 84, 58
_MARGIN = 50.0
_CELL = (_WIDTH - 2 * _MARGIN) / _COLUMNS
_LINE = (_HEIGHT - 2 * _MARGIN) / _LINES
_SIZE = _CELL / 0.602  # of letters: an equally spaced face is so much higher than wide
_FACES = ("DejaVuSansMono.ttf", "LiberationMono-Regular.ttf", "DejaVuSans.ttf")


def sheets_of(text: str, limits: Limits) -> tuple[tuple[Page, ...], tuple[Placement, ...]]:
    """The pages with their words, and how they lie: straight. Raises Unreadable ``too_many_pages``."""
    lines = list(_wrapped(text))
    count = max(1, -(-len(lines) // _LINES))
    if count > limits.pages:
        raise unreadable("too_many_pages", limits)
    pages = tuple(_page(number, lines) for number in range(1, count + 1))
    return pages, (Placement(_WIDTH, _HEIGHT),) * count


def draw_sheet(page: Page, width: int) -> Image.Image:
    """The sheet, `width` pixels wide."""
    scale = width / _WIDTH
    sheet = Image.new("L", (width, round(_HEIGHT * scale)), 255)
    pen, face = ImageDraw.Draw(sheet), _face(max(4, round(_SIZE * scale)))
    for word in page.words:
        pen.text((word.box.x0 * sheet.width, word.box.y0 * sheet.height), word.text, font=face, fill=20)
    return sheet


@cache
def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FACES:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _page(number: int, lines: list[str]) -> Page:
    mine = lines[(number - 1) * _LINES : number * _LINES]
    words = tuple(word for row, line in enumerate(mine) for word in _words(line, row))
    spoken = detect(word.text for word in words)
    return Page(number, PageSource.TEXT, words, _WIDTH, _HEIGHT, spoken, 1.0)


def _words(line: str, row: int) -> Iterator[Word]:
    column = 0
    top = _MARGIN + row * _LINE
    for piece in line.split(" "):
        if piece:
            left = _MARGIN + column * _CELL
            right = min(_WIDTH, left + len(piece) * _CELL)
            yield Word(piece, Box(left / _WIDTH, top / _HEIGHT, right / _WIDTH, (top + _LINE * 0.9) / _HEIGHT))
        column += len(piece) + 1


def _wrapped(text: str) -> Iterator[str]:
    """Lines that fit on a sheet; a word that is longer than a line is cut."""
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            for start in range(0, len(word), _COLUMNS):
                piece = word[start : start + _COLUMNS]
                if line and len(line) + 1 + len(piece) > _COLUMNS:
                    yield line
                    line = piece
                else:
                    line = f"{line} {piece}" if line else piece
        yield line
