"""Documents as somebody outside may see them."""

from dataclasses import dataclass
from datetime import date

from vault.db.entities.documents import Document


@dataclass(frozen=True, slots=True)
class GuestDocument:
    """A document that goes in, or the notice. `units`: what it shows of its section's product; None where none count."""

    id: str
    filename: str
    size: int
    supplier: str = ""
    number: str = ""
    issued_on: date | None = None
    units: int | None = None


def plain(document: Document, units: int | None = None) -> GuestDocument:
    return GuestDocument(
        id=document.id,
        filename=document.filename,
        size=document.size,
        supplier=document.supplier_name,
        number=document.number,
        issued_on=document.issue_date,
        units=units,
    )
