"""The evidence on an audit's page, part by part: of many documents those that are to be decided first, the rest on demand."""

from collections.abc import Iterable
from dataclasses import dataclass

from vault.services.audits.evidence import Candidate, Section

# So many documents of a part are shown at once.
FIRST = 20


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part of the evidence. `rows`: the documents that are shown, of all that its section has. `decided`: the id of
    the one that was decided on just now, here or in another part.
    """

    section: Section
    rows: tuple[Candidate, ...]
    decided: str = ""

    @property
    def anchor(self) -> str:
        return anchor_of(self.section.part.name, self.section.asin)

    @property
    def place_of_decided(self) -> str:
        """Where one comes back to whose document is no longer in the part; empty where its row is there."""
        if not self.decided or any(each.document.id == self.decided for each in self.rows):
            return ""
        return row_anchor_of(self.anchor, self.decided)

    @property
    def is_folded(self) -> bool:
        return len(self.rows) < len(self.section.candidates)

    @property
    def is_long(self) -> bool:
        return len(self.section.candidates) > FIRST


def anchor_of(part: str, asin: str) -> str:
    """Where a part stands on the page, ``invoices-B0…``; also how its addresses name it."""
    return f"{part}-{asin}".strip("-")


def row_anchor_of(part_anchor: str, document_id: str) -> str:
    """Where a document stands in its part: who decides on one among many comes back to it."""
    return f"{part_anchor}-{document_id}"


def parts_of(sections: Iterable[Section], unfolded: str = "", decided: str = "") -> tuple[ShownPart, ...]:
    """`unfolded`: the anchor of the part that is shown whole. `decided`: the id of the document that was decided on just
    now; it stays in sight, so that this can be taken back.
    """
    return tuple(ShownPart(each, _rows(each, unfolded, decided), decided) for each in sections)


def _rows(section: Section, unfolded: str, decided: str) -> tuple[Candidate, ...]:
    is_whole = anchor_of(section.part.name, section.asin) == unfolded
    return section.candidates if is_whole else _first(section, decided)


def _first(section: Section, decided: str) -> tuple[Candidate, ...]:
    """Of a short part all, in their order; else what is to be decided comes first."""
    if len(section.candidates) <= FIRST:
        return section.candidates
    rows = sorted(section.candidates, key=lambda each: not _is_to_decide(each))
    return tuple(each for place, each in enumerate(rows) if place < FIRST or each.document.id == decided)


def _is_to_decide(candidate: Candidate) -> bool:
    """Whether something speaks against it, and no person has said yet what becomes of it."""
    return candidate.decision is None and bool(candidate.proposal.gaps)
