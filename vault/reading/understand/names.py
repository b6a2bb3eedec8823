"""Lines taken apart into a party: its name, its address lines, and where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vault.domain.readings import Extracted
from vault.reading.understand.blocks import Line
from vault.reading.understand.columns import COLUMNS
from vault.reading.understand.contacts import EMAIL, PHONE, WEBSITE
from vault.reading.understand.kind import KINDS
from vault.reading.understand.labels import AMOUNT_LABELS, DATE_LABELS, NUMBER_LABELS, Label
from vault.reading.understand.marks import Span
from vault.reading.understand.pieces import Piece, join_pieces, join_rows
from vault.reading.understand.places import (
    country_named,
    has_street,
    is_country,
    is_legal_form,
    legal_form,
    postcode_country,
    region_country,
)

_PERSONAL = re.compile(
    r"^(?:herr|herrn|frau|mr|mrs|ms|mme|m|sig|sig\.ra|dr|z\. ?hd|attn|attention|c/o|t\.a\.v|all'attenzione)\b\.?",
    re.IGNORECASE,
)
_TRAILING_NUMBER = re.compile(r"\s*[\(\[{<][\dA-Z\-–—. ]*\d[\dA-Z\-–—. ]*[\)\]}>]?\s*$", re.IGNORECASE)
_SKIP = DATE_LABELS | NUMBER_LABELS | AMOUNT_LABELS
_CONTACT = frozenset(
    {
        Label.PHONE,
        Label.FAX,
        Label.EMAIL,
        Label.WEBSITE,
        Label.VAT,
        Label.TAX_NUMBER,
        Label.COMPANY_NUMBER,
        Label.BANK,
        Label.BUYER_VAT,
    }
)
ROLES = frozenset({Label.SUPPLIER, Label.BUYER, Label.DELIVERY, Label.PAYEE})
_MOST_ADDRESS_LINES = 7
_SAME_PRINT = 0.3
"""Ink of lines in one print differs in height by no more than this share."""


@dataclass
class Party:
    """A name with an address, still without saying whose. `aliases`: other lines that may be the name."""

    role: Label | None = None
    name: Piece | None = None
    address: list[Piece] = field(default_factory=list)
    lines: list[Span] = field(default_factory=list)
    aliases: list[Piece] = field(default_factory=list)
    is_sender_line: bool = False
    is_head: bool = False
    has_contact: bool = False

    @property
    def has_postcode(self) -> bool:
        return any(postcode_country(piece.text) is not None for piece in self.address)

    def covers(self, span: Span) -> bool:
        """Does the span stand in one of the lines that belong to this party?"""
        return any(line.row is span.row and line.start <= span.start and span.end <= line.end for line in self.lines)

    def name_field(self, confidence: float) -> Extracted[str] | None:
        if self.name is None:
            return None
        return self.name.span.extract(tidy_name(self.name.text), confidence)

    def address_field(self, confidence: float) -> Extracted[str] | None:
        return join_pieces(self.address, confidence)


def tidy_name(text: str) -> str:
    """Without a company number in brackets behind it."""
    shorter = _TRAILING_NUMBER.sub("", text)
    return shorter if len(shorter) > 3 else text


def read_parties(lines: Sequence[Line], role: Label | None) -> list[Party]:
    """The parties that a block of lines names: a new one begins at every label that names a role."""
    parties: list[Party] = []
    current: list[Line] = []
    for line in lines:
        if line.label in ROLES:
            parties.append(_read_party(current, role))
            role, current = line.label, []
            if not line.value.strip():
                continue
        current.append(line)
    parties.append(_read_party(current, role))
    return [party for party in parties if party.name is not None or party.address]


def _read_party(lines: Sequence[Line], role: Label | None) -> Party:
    party = Party(role)
    before: list[Piece] = []
    done = False
    for line in lines:
        text = line.value.strip()
        piece = Piece(line.row, line.value_start, line.value_start + len(line.value))
        party.lines.append(Span(line.row, line.start, line.value_start + len(line.value)))
        if line.label is Label.NAME and is_name(text):
            party.name = party.name or _with_line_above(piece, before)
        elif line.label is Label.ADDRESS and text:
            party.address.append(piece)
        elif line.label in _CONTACT or is_contact(text):
            party.has_contact = True
            done = done or bool(party.address)
        elif line.label in _SKIP or line.label in (Label.CONTACT, Label.NAME, Label.OTHER) or not text or done:
            continue
        elif party.address:
            done = not _extend(party, piece)
        elif has_street(text) or postcode_country(text) is not None:
            party.address.append(piece)
        else:
            before.append(piece)
    if party.name is None:
        party.name = _unwrapped(choose_name(before), before)
    party.address[:0] = _before_street(before, party)
    party.aliases = [piece for piece in before if piece is not party.name and is_name(piece.text)]
    return party


def _unwrapped(name: Piece | None, before: list[Piece]) -> Piece | None:
    """A name whose legal form stands on its second line, together with the line above in the same print."""
    if name is None or name not in before:
        return name
    joined = _with_form_below(name, before[before.index(name) + 1 :])
    if joined is not name:
        return joined
    if name not in before[1:] or legal_form(name.text) is None:
        return name
    above = before[before.index(name) - 1]
    alike = (
        abs(above.span.box.height - name.span.box.height) < _SAME_PRINT * name.span.box.height
        and above.text.isupper() == name.text.isupper()
    )
    only_form = len(name.text.split()) < 3
    apart = name.span.box.y0 - above.span.box.y1
    if (
        not is_name(above.text)
        or apart > 1.5 * name.span.box.height
        or not (alike or only_form)
        or legal_form(above.text)
    ):
        return name
    joined = join_rows(above.row.cut(above.start, above.end), name.row.cut(name.start, name.end), above.row.index)
    return _with_form_below(joined, before[before.index(name) + 1 :])


def _with_form_below(name: Piece, below: Sequence[Piece]) -> Piece:
    """The name together with a legal form, or the rest of one, that alone fills the next line."""
    if not below or not is_legal_form(below[0].text):
        return name
    rest = below[0]
    return join_rows(name.row.cut(name.start, name.end), rest.row.cut(rest.start, rest.end), name.row.index)


def _with_line_above(piece: Piece, before: list[Piece]) -> Piece:
    """A long name beside its label is set in two lines, the label standing between them or beside the second."""
    if not before:
        return piece
    above, row = before[-1], piece.row
    apart = piece.span.box.y0 - above.span.box.y1
    if apart > piece.span.box.height or abs(above.span.box.x0 - piece.span.box.x0) > 0.01:
        return piece
    before.pop()
    return join_rows(above.row.cut(above.start, above.end), row.cut(piece.start, piece.end), row.index)


def _extend(party: Party, piece: Piece) -> bool:
    """One more line of the address; False when the address is at its end. After the town only region and country come."""
    text = piece.text
    complete = party.has_postcode
    if len(party.address) >= _MOST_ADDRESS_LINES or (KINDS.find(text) and len(text) < 30):
        return False
    if complete and not (is_country(text) or (region_country(text) is not None and len(text) < 30)):
        return False
    if any(letter.isalpha() for letter in text):
        party.address.append(piece)
    return True


def _before_street(before: Sequence[Piece], party: Party) -> list[Piece]:
    """Lines between the name and the street that belong to the address: a building, a floor; not a person."""
    if party.name is None or party.name not in before or not party.address:
        return []
    between = before[before.index(party.name) + 1 :]
    return [
        piece
        for piece in between
        if "," in piece.printed and not legal_form(piece.text) and not _PERSONAL.match(piece.text)
    ]


def choose_name(pieces: Sequence[Piece]) -> Piece | None:
    """Of the lines before an address: the one with a legal form, else the first that can be a name."""
    fit = [piece for piece in pieces if is_name(piece.text)]
    return next((piece for piece in fit if legal_form(piece.text) is not None), fit[0] if fit else None)


def is_name(text: str) -> bool:
    """At least two letters in a row, few digits, not the title of a paper and not just a country."""
    letters = sum(letter.isalpha() for letter in text)
    digits = sum(letter.isdigit() for letter in text)
    if letters < 3 or digits > letters or len(text) > 90 or is_country(text) or WEBSITE.search(text):
        return False
    columns = COLUMNS.find(text)
    if columns and columns[0].start == 0 and columns[0].end >= len(text.rstrip(" #.:")):
        return False
    title = KINDS.find(text)
    return not (title and title[0].end - title[0].start >= len(text.strip(" -*#.:")) - 6)


def is_contact(text: str) -> bool:
    if EMAIL.search(text) or text.lower().startswith(("www.", "http")):
        return True
    match = PHONE.search(text)
    if match and len(match.group()) > 0.6 * len(text) and sum(letter.isdigit() for letter in match.group()) >= 7:
        return country_named(text) is None and postcode_country(text) is None
    match = WEBSITE.search(text)
    return bool(match) and len(match.group()) > 0.7 * len(text)  # type: ignore[union-attr]
