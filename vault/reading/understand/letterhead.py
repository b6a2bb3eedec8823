"""The head of a till receipt or a single-column letter, and the sender's line above an address window."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vault.reading.understand.kind import KINDS
from vault.reading.understand.labels import AMOUNT_LABELS, DATE_LABELS, Label
from vault.reading.understand.layout import Row
from vault.reading.understand.marks import Marked
from vault.reading.understand.names import Party, is_contact, is_name
from vault.reading.understand.pieces import Piece, join_rows, whole
from vault.reading.understand.places import has_street, is_country, legal_form, postcode_country, region_country

_SEPARATOR = re.compile(r"\s+[·•●|∙◦*~–—\-]\s+|\s*[·•●|∙◦]\s*|,\s+")
_HEAD_SHARE = 0.5
_MOST_HEAD_ROWS = 16
_PARTED, _PARTED_SHARE = 5.0, 0.3
"""Where more than this share of the rows has a gap of so many font sizes, the page has two columns."""
_GOOD_ENOUGH = 0.72
"""The first row that is worth this share of the best one is the name."""
_ENDS_HEAD = DATE_LABELS - {Label.OTHER_DATE} | {Label.INVOICE_NUMBER}
_NOT_ADDRESS = frozenset(
    {
        Label.PHONE,
        Label.FAX,
        Label.EMAIL,
        Label.WEBSITE,
        Label.VAT,
        Label.TAX_NUMBER,
        Label.COMPANY_NUMBER,
        Label.OTHER_NUMBER,
        Label.BANK,
    }
)
_MONEY = re.compile(r"\d[.,]\d\d\D{0,4}$")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b\s*(?:[ap]m)?$", re.IGNORECASE)
_REGISTRATION = re.compile(
    r"^[\W_]*(?:co\.?|reg\.?|no\.?|roc|gst|sst|id|br|company|\W)*[\W_]*[\dA-Z]*\d{4,}[\-– ]*[A-Z]?[\W_]*$",
    re.IGNORECASE,
)


def sender_lines(marked: Marked) -> Iterator[Party]:
    """``Name · Street · Postcode Town`` on one line, as printed small above the address window."""
    for row in marked.sheet.rows:
        if any(letter.isdigit() for letter in row.text):
            for start, end in _stretches(row):
                party = sender_line(row, start, end)
                if party is not None:
                    yield party


def sender_line(row: Row, start: int, end: int) -> Party | None:
    """The party that the characters `start` … `end` of a row name with its whole address, if they do."""
    if not _SEPARATOR.search(row.text, start, end):
        return None
    pieces = _split(row, start, end)
    if len(pieces) < 3 or not is_name(pieces[0].text) or has_street(pieces[0].text):
        return None
    return _from_pieces(pieces)


def _stretches(row: Row) -> list[tuple[int, int]]:
    """Each segment by itself, and the whole row when it is cut into pieces."""
    spans, offset = [], 0
    for segment in row.segments:
        spans.append((offset, offset + len(segment.text)))
        offset += len(segment.text) + 1
    return spans


def _split(row: Row, start: int, end: int) -> list[Piece]:
    pieces, begin = [], start
    for match in _SEPARATOR.finditer(row.text, start, end):
        pieces.append(Piece(row, begin, match.start()))
        begin = match.end()
    pieces.append(Piece(row, begin, end))
    return [piece for piece in pieces if piece.text.strip()]


def _from_pieces(pieces: Sequence[Piece]) -> Party | None:
    """Name, street, town and perhaps the country, in this order."""
    town = next(
        (index for index, piece in enumerate(pieces) if index and postcode_country(piece.text) is not None), None
    )
    if town is None or town > 4 or not any(has_street(piece.text) for piece in pieces[1:town]):
        return None
    address = list(pieces[1 : town + 1])
    if town + 1 < len(pieces) and is_country(pieces[town + 1].text):
        address.append(pieces[town + 1])
    return Party(None, pieces[0], address, [whole(pieces[0].row)], is_sender_line=True)


def head(marked: Marked) -> Party | None:
    """Name and address in the first rows of a page that is one column, read row by row."""
    rows = list(_head_rows(marked))
    if sum(_is_parted(marked, row) for row in rows) > _PARTED_SHARE * len(rows):
        return None
    named = _name(marked, rows)
    if named is None:
        return None
    first, last, name = named
    party = Party(None, name, lines=[whole(row) for row in rows], is_head=True)
    address = _address(marked, rows[last + 1 :]) or _address(marked, rows[:first])
    party.address.extend(address)
    return party


def _is_parted(marked: Marked, row: Row) -> bool:
    """Does a wide gap tell two columns apart?"""
    wide = _PARTED * marked.sheet.line * marked.sheet.aspect
    return any(after.box.x0 - before.box.x1 > wide for before, after in pairwise(row.segments))


def _head_rows(marked: Marked) -> Iterator[Row]:
    """The rows above the first date, number or amount; scraps that scanning leaves are passed over."""
    count = 0
    for row in marked.sheet.rows:
        labels = {mark.label for mark in marked.marks[row.index]}
        if row.box.y0 > _HEAD_SHARE or count >= _MOST_HEAD_ROWS:
            return
        if count >= 2 and (labels & _ENDS_HEAD or _MONEY.search(row.text) or len(labels & AMOUNT_LABELS) >= 2):
            return
        if not _is_scrap(row):
            count += 1
            yield row


def _is_scrap(row: Row) -> bool:
    text = row.text
    letters = sum(letter.isalnum() for letter in text)
    longest = max((len(word) for word in re.findall(r"\w+", text)), default=0)
    return letters < 3 or letters < 0.55 * len(text.replace(" ", "")) or longest < 3 or row.confidence < 0.28


def _name(marked: Marked, rows: Sequence[Row]) -> tuple[int, int, Piece] | None:
    """First and last row of the name, and the name."""
    fit: list[int] = []
    for index, row in enumerate(rows):
        if fit and (
            postcode_country(row.text) is not None
            or (_is_address_line(row.text) and _is_address_line(rows[index - 1].text))
        ):
            break
        if (
            is_name(row.text)
            and not (fit and _is_address_line(row.text))
            and not _is_other(marked, row)
            and not _REGISTRATION.match(row.text)
        ):
            fit.append(index)
    if not fit:
        return None
    worth = {index: _worth(rows[index]) for index in fit}
    good = [index for index in fit if worth[index] >= _GOOD_ENOUGH * max(worth.values())]
    chosen = next((index for index in good if legal_form(rows[index].text) is not None), good[0])
    row = rows[chosen]
    form = legal_form(row.text)
    if form is not None and len(row.text) < 10 and chosen > 0 and chosen - 1 in fit:
        above = rows[chosen - 1]
        return chosen - 1, chosen, join_rows(above, row, above.index)
    return chosen, chosen, Piece(row, 0, len(row.text))


def _worth(row: Row) -> float:
    """How much a row looks like the name of a business: read surely, real words, written with capitals."""
    words = re.findall(r"[^\W\d_]+", row.text)
    letters = sum(map(len, words)) or 1
    real = sum(len(word) for word in words if len(word) > 2) / letters
    small = (words[:1] and words[0][0].islower()) or sum(word[0].islower() for word in words) * 2 > len(words)
    mixed = any(word[1:] != word[1:].lower() and not word.isupper() for word in words)
    digits = sum(letter.isdigit() for letter in row.text) / len(row.text)
    return row.confidence * (0.4 + 0.6 * real) * (0.6 if small else 1.0) * (0.7 if mixed else 1.0) * (1 - digits)


def _address(marked: Marked, rows: Sequence[Row]) -> list[Piece]:
    """From the first line that looks like an address to the last one, before the phone numbers."""
    pieces: list[Piece] = []
    last = 0
    for row in rows:
        if _is_other(marked, row) or is_contact(row.text) or _REGISTRATION.match(row.text):
            if pieces:
                break
            continue
        likely = _is_address_line(row.text)
        if not pieces and not likely:
            continue
        pieces.append(Piece(row, 0, len(row.text)))
        if likely or is_country(row.text):
            last = len(pieces)
    return pieces[:last]


def _is_address_line(text: str) -> bool:
    if _CLOCK.search(text):
        return False
    if legal_form(text) is not None and not text[:1].isdigit():
        return postcode_country(text) is not None
    return (
        has_street(text)
        or postcode_country(text) is not None
        or (region_country(text) is not None and legal_form(text) is None)
    )


def _is_other(marked: Marked, row: Row) -> bool:
    """A title, a registration number or a contact line."""
    marks = marked.marks[row.index]
    if any(mark.label in _NOT_ADDRESS and mark.start < 6 for mark in marks):
        return True
    if marks and marks[0].label in AMOUNT_LABELS and marks[0].end - marks[0].start > 0.6 * len(row.text):
        return True
    titles = KINDS.find(row.text)
    return bool(titles) and titles[0].end - titles[0].start > 0.6 * len(row.text)
