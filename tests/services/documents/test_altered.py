"""An invoice that was edited, from the upload to the task."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.invoices.render import Layout, render
from tests.reading.signs.altering import drawn_on, patch, place_of
from tests.shop import Shop, open_shop
from vault.db.entities.documents import Document, StoredReading
from vault.domain.findings import Outcome
from vault.reading.pdf import PdfFile
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.documents import processing
from vault.services.documents.judging import judge_document
from vault.services.documents.readings import pack, unpack
from vault.services.journal.notes import record
from vault.services.vault import Vault

CHECK = "invoice.unaltered"


@pytest.fixture(scope="module")
def warm_reader() -> Iterator[SandboxedReader]:
    with SandboxedReader() as reader:
        yield reader


@pytest.fixture
def shop(vault: Vault, warm_reader: SandboxedReader) -> Shop:
    return open_shop(replace(vault, reader=warm_reader))


def printed_price(pdf: bytes) -> str:
    """The last price on the first page."""
    with PdfFile(pdf) as opened:
        return [word.text for word in opened.page(1).layer(10_000).words if re.fullmatch(r"\d+,\d\d", word.text)][-1]


def test_an_edited_invoice_is_one_task_that_points_at_the_place(shop: Shop) -> None:
    pdf = render(shop.invoice(3, line_count=2), Layout.LETTERHEAD)
    price = printed_price(pdf)
    document_id = shop.keep(drawn_on(pdf, patch(place_of(pdf, price), "1,00"), keep_before=True)).document_id
    shop.work()
    found = {name: finding for name, finding in shop.findings(document_id).items() if name.startswith(CHECK)}
    assert {finding.why["sign"] for finding in found.values()} == {"changed_text", "covered"}
    assert all(finding.outcome is Outcome.WARN for finding in found.values())
    assert all(finding.evidence and finding.evidence.page == 1 and finding.evidence.box for finding in found.values())
    assert len([task for task in shop.tasks(document_id).values() if task.check_id == CHECK]) == 1


def test_nothing_is_said_of_a_document_read_before_signs_were_looked_for_until_it_is_read_again(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice(4))
    assert shop.findings(document_id)[CHECK].outcome is Outcome.PASS
    with shop.vault.database.transaction() as session:
        row = session.scalars(select(StoredReading).where(StoredReading.document_id == document_id)).one()
        row.payload = pack(replace(unpack(row.payload), signs=None))
        record(session, shop.vault, judge_document(session, shop.vault, session.get_one(Document, document_id)))
    assert shop.findings(document_id)[CHECK].outcome is Outcome.NOT_APPLICABLE
    processing.read_again(shop.vault, shop.actor, document_id)
    shop.work()
    assert shop.findings(document_id)[CHECK].outcome is Outcome.PASS
