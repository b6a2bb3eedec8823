"""Papers that are no supplier invoices, and the ways in which tests upload them."""

import io

from tests.reading.documents import pdf_of
from tests.shop import Shop
from vault.domain.papers import PaperKind
from vault.services.documents import intake

LICENCE = pdf_of(
    "<h1>Licence contract</h1><p>Nordwind Marken AG, Bahnhofstrasse 1, 8001 Zürich, Switzerland, licenses the word mark"
    " ALPENGLUEHEN to Lavandine SARL for the sale of lamps in the European Union.</p><p>Zürich, 3 March 2026</p>"
)


def upload(shop: Shop, content: bytes = LICENCE, kind: PaperKind | None = None, filename: str = "licence.pdf") -> str:
    """Uploads a document, said to be of this kind, and has it read and judged. Returns its id."""
    kept = intake.keep(shop.vault, shop.actor, shop.account_id, io.BytesIO(content), filename, kind=kind)
    shop.work()
    return kept.document_id
