"""Copies of one original: marked, or with parts of it gone. Only to be used in the sandbox."""

from collections.abc import Collection, Sequence

from vault.composing.copies import Boxes, Copy, Words
from vault.composing.press.document import Document
from vault.composing.press.leaves import DrawnLeaves
from vault.composing.press.likeness import painted
from vault.composing.press.original import open_original
from vault.composing.press.taking import DPI, take_over
from vault.domain.readings import Box
from vault.sandbox.limits import Limits

_LEAST_TELLING = 3  # letters: fewer stand within many words by chance
_MARGIN = 0.0015  # what a box is grown by, so that no edge of a letter is left


def marked(data: bytes, limits: Limits, boxes: Boxes, note: str, *, archival: bool) -> Copy:
    """Every page of the original with `boxes` highlighted and `note` below it. Raises Unreadable."""
    document = Document(note)
    pages = take_over(data, limits, document.writer, archival=archival)
    for number, leaf in pages.leaves.items():
        document.pages.append(document.desk.noted(leaf, boxes.get(number, ()), note))
    content = document.written(conforms=not pages.flaws)
    return Copy(content, len(document.pages), tuple(pages.flaws), pages.drawn)


def redacted(data: bytes, limits: Limits, boxes: Boxes, note: str, words: Words) -> Copy:
    """Every page as a picture in which `boxes` are painted over, with those of `words` unseen above it that are elsewhere.

    A picture, because nothing else is sure: what a page's content, fonts, forms, layers, attachments and earlier
    versions say cannot be left behind in what was never taken over. Raises Unreadable.
    """
    original = open_original(data, limits)
    document, gone = Document(note), _said_under(boxes, words)
    leaves = DrawnLeaves(document.writer)
    for number in range(1, len(original) + 1):
        covered = boxes.get(number, ())
        picture = painted(original.draw(number, DPI), covered, _MARGIN)
        kept = [
            word for word in words.get(number, ()) if not _says(word.text, gone) and not _touches(word.box, covered)
        ]
        leaf = leaves.leaf(picture, original.size(number), kept)
        document.pages.append(document.desk.noted(leaf, (), note))
    return Copy(document.written(conforms=True), len(document.pages), (), len(document.pages))


def _said_under(boxes: Boxes, words: Words) -> set[str]:
    """What stands under the boxes: it may stand elsewhere too, where nobody sees it."""
    return {word.text for number, found in words.items() for word in found if _touches(word.box, boxes.get(number, ()))}


def _says(text: str, gone: Collection[str]) -> bool:
    return text in gone or any(len(each) >= _LEAST_TELLING and each in text for each in gone)


def _touches(word: Box, boxes: Sequence[Box]) -> bool:
    return any(
        word.x0 < box.x1 + _MARGIN
        and word.x1 > box.x0 - _MARGIN
        and word.y0 < box.y1 + _MARGIN
        and word.y1 > box.y0 - _MARGIN
        for box in boxes
    )
