"""Who sells and who buys: every name with an address is weighed as supplier and as buyer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vault.domain.readings import DocumentKind, Extracted
from vault.reading.understand.blocks import Block, find_blocks
from vault.reading.understand.contacts import Contact
from vault.reading.understand.labels import Label
from vault.reading.understand.letterhead import head, sender_line, sender_lines
from vault.reading.understand.names import ROLES, Party, is_name, read_parties, tidy_name
from vault.reading.understand.paper import Paper
from vault.reading.understand.pieces import Piece
from vault.reading.understand.places import has_street, legal_form
from vault.reading.understand.vocabulary import fold

_ROLE_WORTH = {Label.SUPPLIER: 3.0, Label.BUYER: -3.0, Label.DELIVERY: -3.0, Label.PAYEE: 0.6}


_PAGES_WITH_PARTIES = 2
_LIKE_BUYER = 1.2
"""What it costs a name to begin like the one of a labelled buyer: the customer's other offices are printed too."""


@dataclass(frozen=True, slots=True)
class Parties:
    supplier: Party | None
    buyer: Party | None
    supplier_name: Extracted[str] | None = None
    supplier_address: Extracted[str] | None = None
    buyer_name: Extracted[str] | None = None
    buyer_address: Extracted[str] | None = None


def find_parties(paper: Paper, kind: DocumentKind, contacts: Sequence[Contact]) -> Parties:
    """The supplier and the buyer with their addresses; None where the paper does not name one."""
    parties = _candidates(paper, kind)
    sellers = [party for party in parties if party.role not in (Label.BUYER, Label.DELIVERY)] or _by_logo(paper)
    if not sellers:
        buyer = _buyer(parties, Party())
        return Parties(None, buyer, None, None, *_fields(buyer))
    for party in sellers:
        _prefer_online_name(party, contacts)
    buyers = frozenset(_first_word(party) for party in parties if party.role is Label.BUYER)
    scores = [
        (_as_supplier(party, paper, kind, contacts) - (_LIKE_BUYER if _first_word(party) in buyers else 0.0), party)
        for party in sellers
    ]
    score, supplier = max(scores, key=lambda item: item[0])
    rivals = [other for other, party in scores if party is not supplier and not _same(party, supplier)]
    lead = score - max(rivals, default=0.0)
    sure = min(0.95, 0.35 + 0.12 * min(score, 3.0) + 0.12 * min(max(lead, 0.0), 2.0))
    buyer = _buyer(parties, supplier)
    address = (
        supplier
        if supplier.address
        else next((each for each in parties if each.address and _same(each, supplier)), supplier)
    )
    return Parties(
        supplier,
        buyer,
        supplier.name_field(sure),
        address.address_field(sure if address.has_postcode else sure * 0.75),
        *_fields(buyer),
    )


def _fields(buyer: Party | None) -> tuple[Extracted[str] | None, Extracted[str] | None]:
    """Name and address of the buyer."""
    if buyer is None:
        return None, None
    sure = 0.9 if buyer.role is Label.BUYER else 0.6
    return buyer.name_field(sure), buyer.address_field(sure)


def _by_logo(paper: Paper) -> list[Party]:
    """Without any address: what stands first on the paper may be the supplier's name."""
    for page in paper.pages[:1]:
        for row in page.sheet.rows[:4]:
            offset = 0
            for segment in row.segments:
                piece = Piece(row, offset, offset + len(segment.text))
                offset += len(segment.text) + 1
                if is_name(piece.text) and not page.marks[row.index] and not has_street(piece.text):
                    return [Party(None, piece, [], [piece.span])]
    return []


def _candidates(paper: Paper, kind: DocumentKind) -> list[Party]:
    found: list[Party] = []
    for index, page in enumerate(paper.pages[:_PAGES_WITH_PARTIES]):
        blocks = find_blocks(page)
        for block in blocks:
            found.extend(_in_block(block))
        found.extend(sender_lines(page))
        if index == 0 and (kind is DocumentKind.RECEIPT or paper.is_narrow):
            top = head(page)
            to_someone = any(party.role is Label.BUYER and party.has_postcode for party in found)
            if top is not None and (paper.is_narrow or not to_someone):
                return [top, *(party for party in found if party.role in ROLES)]
        if index >= 1 and any(party.role is Label.SUPPLIER for party in found):
            break
    return [
        party
        for party in found
        if party.name is not None and (party.address or party.role or legal_form(party.name.text) is not None)
    ]


def _in_block(block: Block) -> list[Party]:
    """The parties of a block; below the sender's line of a letter stands the one that it goes to."""
    for index, line in enumerate(block.lines[:3]):
        if sender_line(line.row, line.value_start, line.value_start + len(line.value)) is not None:
            return read_parties(block.lines[:index], _role(block)) + read_parties(block.lines[index + 1 :], Label.BUYER)
    return read_parties(block.lines, _role(block))


def _role(block: Block) -> Label | None:
    return block.heading if block.heading in ROLES else None


def _as_supplier(party: Party, paper: Paper, kind: DocumentKind, contacts: Sequence[Contact]) -> float:
    """How much speaks for this party being the supplier."""
    assert party.name is not None
    box = party.name.row.box
    page = party.name.row.page.number
    name = tidy_name(party.name.text)
    score = _ROLE_WORTH.get(party.role, 0.0) if party.role else 0.0
    score += (1.0 - box.y0) * 0.8 if box.y0 < 0.8 else 0.3
    score -= 0.5 * (page - 1)
    score += 1.6 if party.is_sender_line else 3.5 if party.is_head else 0.0
    score += 0.6 if legal_form(name) is not None else 0.0
    score += 0.7 if party.has_postcode else 0.3 if party.address else 0.0
    score += 0.5 if party.has_contact else 0.0
    score += 0.4 if _has_vat_number(party, contacts) else 0.0
    score += 0.8 if _named_online(name, contacts) else 0.0
    score += 0.25 * min(_times(name, paper) - 1, 3)
    return score


def _has_vat_number(party: Party, contacts: Sequence[Contact]) -> bool:
    return any(
        contact.kind is Label.VAT and contact.label is not Label.BUYER_VAT and party.covers(contact)
        for contact in contacts
    )


def _prefer_online_name(party: Party, contacts: Sequence[Contact]) -> None:
    """Where a brand stands above the company, the one that the web or mail domain names is meant."""
    if party.name is None or _named_online(party.name.text, contacts) or legal_form(party.name.text) is not None:
        return
    party.name = next((alias for alias in party.aliases if _named_online(alias.text, contacts)), party.name)


def _first_word(party: Party) -> str:
    """The first longer word of the name; something that no name is where there is none."""
    words = re.findall(r"\w{4,}", fold(party.name.text)) if party.name else []
    return words[0] if words else f"#{id(party)}"


def _named_online(name: str, contacts: Sequence[Contact]) -> bool:
    """Is a longer word of the name part of a web or mail domain on the paper?"""
    domains = [
        fold(contact.value).split("@")[-1].removeprefix("www.")
        for contact in contacts
        if contact.kind in (Label.EMAIL, Label.WEBSITE)
    ]
    compact = re.sub(r"\W", "", fold(name))
    words = [*re.findall(r"\w{4,}", fold(name)), compact[:8]]
    return any(word in re.sub(r"\W", "", domain) for domain in domains for word in words if len(word) >= 4)


def _times(name: str, paper: Paper) -> int:
    return fold(paper.text).count(fold(name)) if len(name) > 4 else 1


def _buyer(parties: Sequence[Party], supplier: Party) -> Party | None:
    """The one labelled so, else the other party with a full address."""
    others = [
        party for party in parties if party is not supplier and not _same(party, supplier) and party.name is not None
    ]
    for role in (Label.BUYER, None, Label.DELIVERY):
        fit = [
            party
            for party in others
            if party.role is role and (role is not None or (party.has_postcode and not party.is_sender_line))
        ]
        if fit:
            return max(
                fit,
                key=lambda party: (
                    party.has_postcode,
                    bool(party.address),
                    -party.name.row.page.number if party.name else 0,
                ),
            )
    return None


def _same(one: Party, other: Party) -> bool:
    """The same name, whether or not its legal form or more is printed with it."""
    if one.name is None or other.name is None:
        return False
    first, second = (re.sub(r"\W", "", fold(tidy_name(party.name.text))) for party in (one, other) if party.name)
    return bool(first and second) and (first.startswith(second) or second.startswith(first))
