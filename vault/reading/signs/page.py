"""The signs of editing on one page of a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vault.domain.readings import Sign, SignKind
from vault.reading.glyphs import Glyph, GlyphWord, Placing, box_of
from vault.reading.signs.covers import Unseen, patches, unseen
from vault.reading.signs.notes import laid_over
from vault.reading.signs.styles import Styles, mixed_fonts


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page while its text layer is open. `is_scan`: a picture is the page, and its text layer somebody's OCR, if any."""

    page: pdfium.PdfPage
    textpage: raw.FPDF_TEXTPAGE
    glyphs: list[Glyph]
    words: Sequence[GlyphWord]
    place: Placing
    is_scan: bool


def signs_on_page(look: OpenPage) -> Iterator[Sign]:
    """Signs, as yet without the page's number. Each word that is not shown has one: whether it matters is known later."""
    if look.is_scan:
        for words in patches(look.page, look.textpage, look.words, look.place):
            yield Sign(SignKind.COVERED, _line(words), box=box_of(words))
    else:
        for word, fonts in mixed_fonts(Styles(look.textpage), look.words, look.glyphs):
            yield Sign(SignKind.MIXED_FONTS, word.text, fonts, box=word.box)
        for each in unseen(look.page, look.textpage, look.words, look.place):
            yield from _covered(each) if each.under else _invisible(each)
    yield from laid_over(look.page.raw, look.words, look.place, is_scan=look.is_scan)


def _covered(each: Unseen) -> Iterator[Sign]:
    yield Sign(SignKind.COVERED, _line(each.over), _line(each.words), box=box_of(each.words))


def _invisible(each: Unseen) -> Iterator[Sign]:
    return (Sign(SignKind.INVISIBLE, word.text, box=word.box) for word in each.words)


def _line(words: Sequence[GlyphWord]) -> str:
    return " ".join(word.text for word in words)
