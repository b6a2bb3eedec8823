"""Earlier versions of a PDF that are still inside it, and what was changed since.

A PDF is saved again by writing what is new behind the end of what was there: cut off there, the file is what it was.
Signatures, time stamps and attachments come that way, too, so only what the pages show is compared.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from vault.domain.errors import Unreadable
from vault.domain.readings import Sign, SignKind
from vault.reading.glyphs import GlyphWord, box_of
from vault.reading.pdf import PdfFile, PdfPage
from vault.sandbox.pictures import grey

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DRAWN = re.compile(rb"/Type\s*/(?:Page|ObjStm|Font)\b|/Contents\b")
_UNDRAWN = re.compile(rb"/Type\s*/(?:Metadata|EmbeddedFile|XRef)\b")
_LINEARIZED = b"/Linearized"
_HEAD = 2048
_MOST_PAGES = 20
_MOST_WORDS = 20_000
_WIDTH = 800
_MOST_PIXELS = 2_000_000
_SECONDS = 3.0
_CHANGED_PIXELS = 12  # at this size a few come from rounding; a figure has more
_CONTRAST = 64


def signs_of_revisions(data: bytes, limit: float = _SECONDS) -> Iterator[Sign]:
    """What the pages show now and did not when the file was first saved. `limit`: seconds that may be spent."""
    if data.count(b"startxref") < 2:
        return
    end = _first_end(data)
    if end is None or not _may_draw(data[end:]):
        return
    deadline = time.monotonic() + limit
    try:
        with PdfFile(data[:end]) as before, PdfFile(data) as now:
            for number in range(1, min(len(before), len(now), _MOST_PAGES) + 1):
                if time.monotonic() > deadline:
                    return
                yield from _on_page(number, before.page(number), now.page(number))
    except Unreadable:
        return  # what is no document by itself is no earlier version


def _first_end(data: bytes) -> int | None:
    """Where the first version ends; None where there is one version only.

    A file made for the web begins with a cross-reference of its own, which is no version.
    """
    ends = [found.end() for found in _END.finditer(data)]
    if _LINEARIZED in data[:_HEAD]:
        ends = ends[1:]
    return ends[0] if len(ends) > 1 else None


def _may_draw(added: bytes) -> bool:
    """False where what was added holds attachments, metadata and the like only: no page can have changed."""
    if _DRAWN.search(added):
        return True
    heads = (
        added[max(0, found.start() - _HEAD) : found.start()].rpartition(b"obj")[2] for found in _STREAM.finditer(added)
    )
    return not all(_UNDRAWN.search(head) for head in heads)


def _on_page(number: int, before: PdfPage, now: PdfPage) -> Iterator[Sign]:
    was, is_ = before.layer(_MOST_WORDS).words, now.layer(_MOST_WORDS).words
    if max(len(was), len(is_)) >= _MOST_WORDS:
        return
    gone, new = _difference(was, is_), _difference(is_, was)
    if [word.text for word in gone] != [word.text for word in new]:  # the same words elsewhere are a matter of looks
        yield _changed(number, gone, new)
    elif _looks_different(before, now):
        yield Sign(SignKind.CHANGED_LOOK, "", page=number)


def _difference(words: Sequence[GlyphWord], others: Sequence[GlyphWord]) -> list[GlyphWord]:
    """The words that stand, at their place, in the one and not in the other."""
    left = Counter(map(_place, others))
    found = []
    for word in words:
        if left[_place(word)]:
            left[_place(word)] -= 1
        else:
            found.append(word)
    return found


def _place(word: GlyphWord) -> tuple[str, int, int]:
    return word.text, round(word.box.x0 * 100), round(word.box.y0 * 100)


def _changed(number: int, gone: Sequence[GlyphWord], new: Sequence[GlyphWord]) -> Sign:
    raw, compared = (" ".join(word.text for word in words) for words in (new, gone))
    return Sign(SignKind.CHANGED_TEXT, raw, compared, number, box_of(new or gone))


def _looks_different(before: PdfPage, now: PdfPage) -> bool:
    """Without comments, stamps and signatures, which lie over the page and are looked at by themselves."""
    pictures = [
        grey(page.render(width=_WIDTH, most_pixels=_MOST_PIXELS, grey=True, notes=False)) for page in (before, now)
    ]
    was, is_ = (picture.astype(np.int16) for picture in pictures)
    if was.shape != is_.shape:
        return True
    return int(np.count_nonzero(np.abs(was - is_) > _CONTRAST)) > _CHANGED_PIXELS
