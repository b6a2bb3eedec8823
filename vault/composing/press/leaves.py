"""Pages taken over as leaves: upright, origin bottom left, ready to be laid on any sheet. Only for the sandbox.

A leaf is a form XObject: whatever state its content leaves behind ends with it.
"""

import io
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject

from vault.composing.pdf_objects import ObjectWriter, number, numbers
from vault.composing.press.lettering import put_unseen_letters, unseen
from vault.composing.press.pictures_out import put_picture
from vault.composing.press.placing import Placing, rectangle_of
from vault.composing.press.transplant import Transplant
from vault.domain.readings import Word
from vault.sandbox.refusals import unreadable

BROKEN = (
    *(PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, RecursionError),
    *(NotImplementedError, ImportError, ArithmeticError),
)
"""What pypdf raises from broken structures."""

_FEWEST_UPRIGHT = 3  # letters: two are often higher than wide together
_LONGEST = 14_000.0  # points: a page may have 14,400 (ISO 32000-1, annex C.2)
# Names are bytes: a name read as Chinese and written as UTF-8 would not be the name that a page's content uses.
NameObject.CHARSETS = ("latin-1",) * 3


@dataclass(frozen=True, slots=True)
class Leaf:
    """`number` is the form's object, the size is points."""

    number: int
    width: float
    height: float


class VectorLeaves:
    """The pages of a PDF that pdfium has written, with their vectors and fonts. Raises Unreadable(``damaged``)."""

    def __init__(self, clean: bytes, writer: ObjectWriter) -> None:
        self._writer = writer
        self._transplant = Transplant(writer)
        try:
            self.reader = PdfReader(io.BytesIO(clean), strict=False)
            self._pages = list(self.reader.pages)
        except BROKEN as error:
            raise unreadable("damaged") from error

    def leaf(self, page: int, placing: Placing) -> Leaf:
        """Page `page` (from 1) as it is placed when displayed."""
        try:
            source = self._pages[page - 1]
            content = source.get_contents()
            data = content.get_data() if content is not None else b""
            unit = float(source.get("/UserUnit", 1.0))
            group = self._transplant.value(source["/Group"]) if "/Group" in source else b""
            resources = self._transplant.resources(source.get("/Resources", DictionaryObject()))
        except BROKEN as error:
            raise unreadable("damaged") from error
        placed = _of_possible_size(placing, unit)
        matrix, box = numbers(*placed.matrix), numbers(*placed.bounds)
        entries = f"/Type/XObject/Subtype/Form/BBox[{box}]/Matrix[{matrix}]/Resources"
        more = resources + (b"/Group " + group if group else b"")
        form = self._writer.stream(entries + more.decode("latin-1"), data)
        return Leaf(form, *placed.size)

    def finish(self) -> None:
        """To be called once, after the last leaf."""
        try:
            self._transplant.finish()
        except BROKEN as error:
            raise unreadable("damaged") from error


class DrawnLeaves:
    """Pictures of pages, with their words unseen above them."""

    def __init__(self, writer: ObjectWriter) -> None:
        self._writer = writer
        self._letters: int | None = None

    def leaf(self, image: Image.Image, size: tuple[float, float], words: list[Word]) -> Leaf:
        """`image` as a page of `size` points."""
        scale = min(1.0, _LONGEST / max(size))
        width, height = size[0] * scale, size[1] * scale
        picture = put_picture(self._writer, image)
        content = f"q {numbers(width, 0, 0, height, 0, 0)} cm /P Do Q"
        resources = f"/XObject<</P {picture} 0 R>>"
        if words:
            content += f"\nBT 3 Tr {' '.join(_unseen_word(word, width, height) for word in words)} ET"
            resources += f"/Font<</U {self._unseen_letters()} 0 R>>"
        entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {numbers(width, height)}]/Resources<<{resources}>>"
        return Leaf(self._writer.stream(entries, content.encode("latin-1")), width, height)

    def _unseen_letters(self) -> int:
        if self._letters is None:
            self._letters = put_unseen_letters(self._writer)
        return self._letters


def _unseen_word(word: Word, width: float, height: float) -> str:
    """The word as long as its box, down the page where that is upright. Letters are half as wide as the font's size."""
    left, bottom, right, top = rectangle_of(word.box, width, height)
    letters = len(word.text.encode("utf-16-be", "replace")) // 2
    length, size, place = right - left, top - bottom, numbers(1, 0, 0, 1, left, bottom)
    if letters >= _FEWEST_UPRIGHT and size > 2 * length:
        length, size, place = size, length, numbers(0, -1, 1, 0, left, top)
    size = max(1.0, size)
    stretch = 100 * length / (letters * size * 0.5) if letters else 100.0
    return f"/U {number(size)} Tf {number(stretch)} Tz {place} Tm {unseen(word.text + ' ')} Tj"


def _of_possible_size(placing: Placing, unit: float) -> Placing:
    unit = unit if 0.001 < unit < 1000 else 1.0
    longest = max(Placing(placing.bounds, placing.turns, unit).size)
    return Placing(placing.bounds, placing.turns, unit * min(1.0, _LONGEST / longest))
