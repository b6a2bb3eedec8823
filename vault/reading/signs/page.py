"""The signs of editing on one page of a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vault.domain.readings import Sign, SignKind
from vault.reading.glyphs import Glyph, GlyphWord, Placing, box_of
from vault.reading.signs.covers import Unseen, patches, unseen
from vault.reading.signs.drawing import drawing_of
from vault.reading.signs.found import Found, in_part
from vault.reading.signs.notes import laid_over
from vault.reading.signs.styles import Styles, mixed_fonts


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page while its text layer is open. `is_scan`: a picture is the page, and its text layer somebody's OCR, if any.

    `is_whole`: `glyphs` and `words` are all that the page has.
    """

    page: pdfium.PdfPage
    textpage: raw.FPDF_TEXTPAGE
    glyphs: list[Glyph]
    words: Sequence[GlyphWord]
    place: Placing
    is_scan: bool
    is_whole: bool = True


def signs_on_page(look: OpenPage) -> Iterator[Found]:
    """Signs, as yet without the page's number, and a problem where the page holds too much to be looked at wholly.

    Each word that is not shown has a sign: whether it matters is known later.
    """
    drawing = drawing_of(look.page.raw, look.place)
    if not (look.is_whole and drawing.is_whole):
        yield in_part()
    if look.is_scan:
        for words in patches(look.page, look.textpage, look.words, drawing):
            yield Sign(SignKind.COVERED, _line(words), box=box_of(words))
    else:
        for word, fonts in mixed_fonts(Styles(look.textpage), look.words, look.glyphs):
            yield Sign(SignKind.MIXED_FONTS, word.text, fonts, box=word.box)
        for each in unseen(look.page, look.textpage, look.words, drawing):
            yield from _covered(each) if each.under else _invisible(each)
    yield from laid_over(look.page.raw, look.words, look.place, is_scan=look.is_scan)


def _covered(each: Unseen) -> Iterator[Sign]:
    yield Sign(SignKind.COVERED, _line(each.over), _line(each.words), box=box_of(each.words))


def _invisible(each: Unseen) -> Iterator[Sign]:
    return (Sign(SignKind.INVISIBLE, word.text, box=word.box) for word in each.words)


def _line(words: Sequence[GlyphWord]) -> str:
    return " ".join(word.text for word in words)
