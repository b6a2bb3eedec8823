"""File names tell amounts, too."""

import io
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from PIL import Image

from tests.invoices.einvoice import render_einvoice
from tests.invoices.render import Layout
from tests.services.audits.test_evidence import PRODUCT, audit_of
from tests.services.bundles.bundle_things import make, opened, payload, text_of
from tests.shop import Shop
from vault.domain.papers import PaperKind
from vault.services.audits.choosing import decide
from vault.services.bundles.naming import without_amounts
from vault.services.days import today
from vault.services.documents import intake


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Comptoir 1 299,00 EUR.pdf", "Comptoir x EUR.pdf"),
        ("2026-03-01_ACME_1299.00.pdf", "2026-03-01_ACME_x.pdf"),
        ("rechnung_499,00EUR.pdf", "rechnung_xEUR.pdf"),
        ("001-Comptoir_1_299_00_EUR.pdf", "001-Comptoir_x_x_EUR.pdf"),
        ("$1,299.00.jpg", "$x.jpg"),
        ("ACME 1299.00", "ACME x"),
        ("€1299 acme.pdf", "€x acme.pdf"),
    ],
)
def test_an_amount_in_a_name_is_left_out(given: str, name: str) -> None:
    assert without_amounts(given) == name


@pytest.mark.parametrize(
    "name",
    [
        "invoice.pdf",
        "RE-2024-0012.pdf",
        "FA 12345.pdf",
        "Scan_20260301_101112.pdf",
        "Rechnung 01.03.2026.pdf",
        "a (2).pdf",
    ],
)
def test_other_numbers_stay(name: str) -> None:
    assert without_amounts(name) == name


def test_without_prices_no_name_of_a_file_tells_one(shop: Shop) -> None:
    issued = today(shop.vault) - timedelta(days=20)
    invoice = replace(shop.invoice(1, line_count=1, products=[PRODUCT]), issue_date=issued, due_date=issued)
    shop.keep(render_einvoice(invoice, Layout.LETTERHEAD), "Comptoir 4321,99 EUR.pdf")
    photo = intake.keep(
        *(shop.vault, shop.actor, shop.account_id, io.BytesIO(_photo())), "shelf 4321,99 EUR.png", kind=PaperKind.PHOTO
    )
    shop.work()
    audit = audit_of(shop)
    decide(*(shop.vault, shop.actor, shop.account_id, audit.id, "photos", PRODUCT.asin, photo.document_id), is_in=True)
    archive = opened(shop, make(shop, audit, without_prices=True))
    files = payload(archive)
    texts = [text_of(content) for name, content in files.items() if name.endswith(".pdf")]
    told = [*archive.namelist(), files["journal.jsonl"].decode(), *texts, *map(_bookmarks, _pdfs(files))]
    assert all("4321" not in each for each in told)
    assert any(name.endswith("001-Comptoir_x_EUR.pdf") for name in files)
    assert any(name.endswith("002-shelf_x_EUR.pdf") for name in files), "a photo goes in as it is"


def _photo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "grey").save(stream, "PNG")
    return stream.getvalue()


def _pdfs(files: dict[str, bytes]) -> list[bytes]:
    return [content for name, content in files.items() if name.endswith(".pdf")]


def _bookmarks(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    metadata = " ".join(document.get_metadata_dict().values())
    return " ".join([metadata, *(each.get_title() for each in document.get_toc())])
