"""Taking the prices out of a document, and making sure that none is left.

The copy is looked at again the way a stranger would: its pages by OCR, its text layer, what shows through the bars. What
still tells money goes, too; when that does not end, there is no copy.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from vault.composing.composer import Composer
from vault.domain.errors import Unreadable
from vault.domain.message import N_
from vault.domain.readings import Box, DocumentKind, Page, PageSource, Reading
from vault.reading.look import Look
from vault.reading.prices.find import EVERYTHING, Prices, find_prices, prices_left
from vault.reading.sandbox.reader import SandboxedReader
from vault.reading.sandbox.requests import LookRequest

_ROUNDS = 4
"""So often a copy is made; what the first look finds is mostly all there is."""
_SURE = 0.4
"""Below this mean confidence of OCR a page is guesswork."""
_TELLING = frozenset(DocumentKind) - {DocumentKind.DELIVERY_NOTE, DocumentKind.PACKING_LIST, DocumentKind.OTHER}
"""What always tells prices."""
_ABOVE, _BELOW = 0.02, 0.06
"""How far above the first and below the last price of a scanned page, as shares of its height, unread ink may be one."""


class Priceless:
    """Copies without prices. `redacted` raises as `Composer` and `SandboxedReader` do, and Unreadable with these reasons:

    ``prices_unread``: too little of the document was read to know where its prices are. ``prices_unseen``: it is an
    invoice, and which numbers are prices could not be told. ``prices_left``: a price could still be read after everything was covered.
    """

    def __init__(self, composer: Composer, reader: SandboxedReader) -> None:
        self._composer, self._reader = composer, reader

    def redacted(self, original: bytes | Path, reading: Reading, note: str, *, is_invoice: bool = False) -> bytes:
        """The copy as a PDF of pictures, with `note` below each page. `is_invoice`: it is kept as one, whatever was read."""
        found = find_prices(reading)
        kind = reading.kind.value
        _require_understood(reading, found, is_telling=kind in _TELLING or (is_invoice and kind is DocumentKind.OTHER))
        boxes = {page.number: tuple(found.boxes.get(page.number, ())) for page in reading.pages}
        words = {page.number: page.words for page in reading.pages}
        unsure = [page for page in reading.pages if EVERYTHING not in boxes[page.number]]
        seen: dict[int, Page] = {}
        for done in range(_ROUNDS):
            copy = self._composer.redacted(original, boxes, note, words)
            if copy.pages != len(reading.pages):
                raise _unread()
            looks = {page.number: self._look(copy.content, page, boxes[page.number]) for page in unsure}
            seen |= {number: look.seen for number, look in looks.items()}
            left = _left(reading, looks, seen, boxes, with_ink=not done)
            if not left:
                return copy.content
            boxes |= {number: (*boxes[number], *more) for number, more in left.items()}
            unsure = [page for page in unsure if page.number in left]
        raise _left_over()

    def _look(self, copy: bytes, page: Page, covered: Sequence[Box]) -> Look:
        read = tuple(word.box for word in page.words)
        look = self._reader.look(
            copy, LookRequest(page.number, page.height / page.width, tuple(covered), read, page.language)
        )
        if not look.is_black:
            raise _left_over()
        return look


def _require_understood(reading: Reading, prices: Prices, *, is_telling: bool) -> None:
    """Raises Unreadable where prices may be anywhere."""
    read = [page for page in reading.pages if page.words]
    if not read or any(page.source is PageSource.OCR and page.confidence < _SURE for page in read):
        raise _unread()
    if is_telling and (not prices.found or not prices.is_sure):
        raise Unreadable(
            "prices_unseen",
            N_(
                "Which numbers of this invoice are prices could not be told: no table with titles was found, and no "
                "amounts with decimals. Take the prices out by hand, and upload that copy."
            ),
        )


def _left(
    reading: Reading,
    looks: Mapping[int, Look],
    seen: Mapping[int, Page],
    boxes: Mapping[int, Sequence[Box]],
    *,
    with_ink: bool,
) -> dict[int, list[Box]]:
    """By page, what still tells money and lies beside what is covered."""
    by_sight = prices_left(reading, [seen[number] for number in sorted(seen)])
    by_text = prices_left(reading, [look.said for look in looks.values()])
    scanned = {page.number for page in reading.pages if page.source is PageSource.OCR}
    left: dict[int, list[Box]] = {}
    for number, look in looks.items():
        found = [*by_sight.get(number, ()), *by_text.get(number, ())]
        if with_ink and number in scanned:
            found += _suspicious(look.unread, boxes[number])
        left[number] = [box for box in found if not any(_holds(covered, box) for covered in boxes[number])]
    return {number: found for number, found in left.items() if found}


def _suspicious(unread: Sequence[Box], covered: Sequence[Box]) -> Iterator[Box]:
    """Unread ink at the height of prices; anywhere on a page on which none was found."""
    top = min((box.y0 for box in covered), default=0.0) - _ABOVE
    bottom = max((box.y1 for box in covered), default=1.0) + _BELOW
    return (box for box in unread if top < box.middle[1] < bottom)


def _holds(covered: Box, box: Box) -> bool:
    x, y = box.middle
    return covered.x0 <= x <= covered.x1 and covered.y0 <= y <= covered.y1


def _unread() -> Unreadable:
    return Unreadable(
        "prices_unread",
        N_(
            "Too little of this document could be read to be sure where its prices are. Scan it again, or take the prices "
            "out by hand, and upload that copy."
        ),
    )


def _left_over() -> Unreadable:
    return Unreadable(
        "prices_left",
        N_(
            "In the copy a price could still be read after everything that was found had been covered. Take the prices "
            "out by hand, and upload that copy."
        ),
    )
