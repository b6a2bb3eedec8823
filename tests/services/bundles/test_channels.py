"""A bundle fits the channel that it is sent over: as many files as that takes, each complete in itself."""

import io
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import bagit
import pytest
from pypdf import PdfReader

from tests.seller import sell
from tests.services.audits.test_evidence import OTHER, PRODUCT, audit_of
from tests.services.bundles.bundle_things import ask, content, latest, make, opened, payload, text_of
from tests.shop import Shop
from vault.composing.splitting import DoesNotFit
from vault.db.entities.audits import AuditEvent
from vault.domain.errors import Invalid
from vault.rules.channels import ChannelRule, Takes
from vault.services.bundles.bundles import note_sent
from vault.services.bundles.standing import MadeBundle
from vault.services.days import today
from vault.services.verification.bundle import verify_bundle


def with_channel(shop: Shop, takes: Takes, file_bytes: int, files: int = 0) -> Shop:
    rule = ChannelRule("narrow", "Narrow", takes, file_bytes, files, "test: as small as it gets")
    rules = replace(shop.vault.rules, channels={**shop.vault.rules.channels, "narrow": rule})
    return replace(shop, vault=replace(shop.vault, rules=rules))


def keep_invoices(shop: Shop) -> None:
    """Two for each of two products."""
    for seed, product in ((1, PRODUCT), (2, PRODUCT), (3, OTHER), (4, OTHER)):
        invoice = shop.invoice(seed, line_count=1, products=[product])
        issued = today(shop.vault) - timedelta(days=20)
        shop.keep_invoice(replace(invoice, issue_date=issued, due_date=issued + timedelta(days=30)))


def sizes(made: MadeBundle) -> list[int]:
    return [file.size for file in made.files]


def test_archives_are_split_into_bags_that_are_each_complete(shop: Shop, tmp_path: Path) -> None:
    keep_invoices(shop)
    sell(shop, PRODUCT.asin, 3)
    audit = audit_of(shop, [PRODUCT.asin, OTHER.asin])
    whole = make(shop, audit)
    limit = sizes(whole)[0] * 2 // 3
    made = make(with_channel(shop, Takes.ZIP, limit), audit, channel="narrow")
    assert len(made.files) > 1
    assert all(size <= limit for size in sizes(made))
    originals: list[str] = []
    for position, file in enumerate(made.files):
        assert file.filename.endswith(f"-part-{position + 1}-of-{len(made.files)}.zip")
        archive = opened(shop, made, position)
        archive.extractall(tmp_path / "bags")
        files = payload(archive)
        assert f"Part {position + 1} of {len(made.files)}" in text_of(files["README.pdf"])
        originals += [name for name in files if name.startswith("originals/")]
        copies = {name.rsplit("/", 1)[1] for name in files if name.startswith("copies/")}
        assert copies == {name.removeprefix("originals/") for name in files if name.startswith("originals/")}
        assert {"combined.pdf", "suppliers.pdf", "journal.jsonl"} < set(files)
    names = {name for name in payload(opened(shop, whole)) if name.startswith("originals/")}
    assert sorted(originals) == sorted(names), "each document is in exactly one part"
    for folder in (tmp_path / "bags").iterdir():
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
        assert list(verify_bundle(folder)) == []
        bag = bagit.Bag(str(folder))
        bag.validate()
        assert bag.info["Bag-Count"].endswith(f"of {len(made.files)}")


def test_a_whole_bundle_is_a_bag_for_the_library_of_congress(shop: Shop, tmp_path: Path) -> None:
    keep_invoices(shop)
    opened(shop, make(shop, audit_of(shop))).extractall(tmp_path / "bags")
    (folder,) = (tmp_path / "bags").iterdir()
    bagit.Bag(str(folder)).validate()


def test_where_pdfs_alone_are_taken_they_are_split_and_the_archive_is_for_our_records(shop: Shop) -> None:
    keep_invoices(shop)
    audit = audit_of(shop, [PRODUCT.asin, OTHER.asin])
    whole = make(with_channel(shop, Takes.PDF, 100_000_000), audit, channel="narrow")
    archive, book = whole.files
    assert (whole.is_for_records(archive), whole.is_for_records(book)) == (True, False)
    limit = book.size * 2 // 3
    made = make(with_channel(shop, Takes.PDF, limit), audit, channel="narrow")
    parts = [file for file in made.files if not made.is_for_records(file)]
    assert len(parts) > 1
    assert made.files[0].sha256 == archive.sha256
    for number, file in enumerate(parts, 1):
        assert file.size <= limit
        assert file.media_type == "application/pdf"
        told = text_of(content(shop, file))
        assert f"Part {number} of {len(parts)}" in told
        reader = PdfReader(io.BytesIO(content(shop, file)))
        assert reader.outline
        assert f"{len(reader.pages)} of {len(reader.pages)}" in told


def test_a_document_too_large_for_the_channel_is_named_before_anything_is_made(shop: Shop) -> None:
    keep_invoices(shop)
    audit = audit_of(shop)
    with pytest.raises(DoesNotFit, match=r"001-invoice\.pdf"):
        ask(with_channel(shop, Takes.ZIP, 1000), audit, channel="narrow")
    with pytest.raises(Invalid):
        ask(shop, audit, channel="pigeon")


def test_what_is_only_found_too_large_once_it_is_made_is_named_on_the_bundle(shop: Shop) -> None:
    keep_invoices(shop)
    audit, narrow = audit_of(shop), with_channel(shop, Takes.PDF, 20_000)
    ask(narrow, audit, channel="narrow")
    narrow.work()
    made = latest(shop, audit)
    assert made.is_failed
    assert f"{PRODUCT.asin}/001-invoice.pdf" in str(made.problem)


def test_sending_is_noted_once_for_all_files_and_leads_to_the_first_that_was_sent(shop: Shop) -> None:
    keep_invoices(shop)
    audit = audit_of(shop)
    made = make(with_channel(shop, Takes.PDF, 10_000_000), audit, channel="narrow")
    note_sent(shop.vault, shop.actor, shop.account_id, audit.id, made.bundle.id, "Reply in the case")
    with shop.vault.database.reading() as session:
        sent = [event.document_id for event in session.query(AuditEvent) if event.kind == "sent"]
    archive, book = made.files
    assert (archive.media_type, sent) == ("application/zip", [book.id])


def test_the_combined_pdf_conforms_to_pdf_a_throughout(shop: Shop) -> None:
    keep_invoices(shop)
    made = make(shop, audit_of(shop))
    assert made.bundle.flaws == []
    combined = PdfReader(io.BytesIO(payload(opened(shop, made))["combined.pdf"]))
    metadata = combined.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
