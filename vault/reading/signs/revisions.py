"""Earlier versions of a PDF that are still inside it, and what was changed since.

A PDF is saved again by writing what is new behind the end of what was there: cut off there, the file is what it was.
Signatures, time stamps and attachments come that way, too, so only what the pages show is compared.
"""

import math
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from vault.domain.errors import Unreadable
from vault.domain.readings import Sign, SignKind
from vault.reading.glyphs import GlyphWord, box_of
from vault.reading.pdf import PdfFile, PdfPage
from vault.reading.signs.found import Found, in_part
from vault.sandbox.pictures import grey

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DRAWN = re.compile(rb"/Type\s*/(?:Page|ObjStm|Font)\b|/Contents\b")
_UNDRAWN = re.compile(rb"/Type\s*/(?:Metadata|EmbeddedFile|XRef)\b")
_COMMENT = re.compile(rb"%[^\r\n]*")
_FIRST_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj\s*<<([^<>]*)>>")
_LENGTH = re.compile(rb"/L\s+(\d+)")
_HEAD = 2048
_MOST_VERSIONS = 10  # that are no documents by themselves
_MOST_WORDS = 20_000
_WIDTH = 800
_MOST_PIXELS = 2_000_000
_SECONDS = 10.0
_CHANGED_PIXELS = 12  # at this size a few come from rounding; a figure has more
_CONTRAST = 64


def signs_of_revisions(data: bytes, limit: float = _SECONDS, until: float = math.inf) -> Iterator[Found]:
    """What the pages show now and did not when the file was first saved; a problem for each page that was not compared.

    `limit`: seconds of work on this file, whatever else the machine does; `until`: when by `time.monotonic` to stop.
    """
    earlier = _ends(data)[:-1]
    for end in earlier[:_MOST_VERSIONS]:
        if not _may_draw(data[end:]):
            return
        try:
            before = PdfFile(data[:end])
        except Unreadable:
            continue  # what is no document by itself is no earlier version
        with before, PdfFile(data) as now:
            yield from _on_pages(before, now, time.thread_time() + limit, until)
        return
    if len(earlier) > _MOST_VERSIONS:
        yield in_part()


def _ends(data: bytes) -> list[int]:
    """Where the versions end. A file made for the web begins with a cross-reference of its own, which is no version."""
    ends = [found.end() for found in _END.finditer(data)]
    if len(ends) > 1 and _is_for_the_web(data, ends[1]):
        return ends[1:]
    return ends


def _is_for_the_web(data: bytes, end: int) -> bool:
    """Whether the file's first object says so, and that the file was so long when it was made (ISO 32000-1, Annex F)."""
    first = _FIRST_OBJECT.match(_COMMENT.sub(b"", data[:_HEAD]))
    said = _LENGTH.search(first[1]) if first and b"/Linearized" in first[1] else None
    length = int(said[1]) if said else 0
    return end <= length and not data[end:length].strip()


def _may_draw(added: bytes) -> bool:
    """False where what was added holds attachments, metadata and the like only: no page can have changed."""
    if _DRAWN.search(added):
        return True
    heads = (
        added[max(0, found.start() - _HEAD) : found.start()].rpartition(b"obj")[2] for found in _STREAM.finditer(added)
    )
    return not all(_UNDRAWN.search(head) for head in heads)


def _on_pages(before: PdfFile, now: PdfFile, work: float, until: float) -> Iterator[Found]:
    for number in range(1, min(len(before), len(now)) + 1):
        if time.thread_time() > work or time.monotonic() > until:
            yield in_part(number)
            continue
        try:
            yield from _on_page(number, before.page(number), now.page(number))
        except Unreadable:
            yield in_part(number)


def _on_page(number: int, before: PdfPage, now: PdfPage) -> Iterator[Found]:
    layers = before.layer(_MOST_WORDS), now.layer(_MOST_WORDS)
    if not all(layer.is_whole for layer in layers):
        yield in_part(number)
        return
    was, is_ = (layer.words for layer in layers)
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
