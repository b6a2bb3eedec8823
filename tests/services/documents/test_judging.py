"""Judging is replayable: the same facts change nothing, and what changed is judged by itself."""

import zlib
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from tests.clock import Clock
from tests.first_use import import_catalogue
from tests.invoices.faults import Fault, with_fault
from tests.shop import CATALOGUE, Shop, open_shop
from vault.db.entities.documents import Document, StoredReading
from vault.db.entities.work import Job, JobState, TaskState
from vault.db.queries.documents import DocumentFilter, DocumentSort
from vault.domain.findings import Outcome
from vault.reading.sandbox.reader import SandboxedReader
from vault.services import browsing
from vault.services.documents import corrections, suppliers
from vault.services.documents.judging import judge_document
from vault.services.documents.suppliers import SupplierDetails
from vault.services.jobs import jobs, upkeep
from vault.services.jobs.reconciler import reconcile
from vault.services.journal.notes import record
from vault.services.vault import Vault


def everything(shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that judging could touch."""
    tables = (
        "documents",
        "judgements",
        "findings",
        "tasks",
        "document_lines",
        "suppliers",
        "journal",
        "document_texts",
    )
    with shop.vault.database.reading() as session:
        return {name: sorted(map(tuple, session.execute(text(f"SELECT * FROM {name}"))), key=repr) for name in tables}


def judge_again(shop: Shop, document_id: str) -> None:
    with shop.vault.database.transaction() as session:
        document = session.get_one(Document, document_id)
        record(session, shop.vault, judge_document(session, shop.vault, document))


def test_judging_the_same_facts_again_changes_nothing_at_all(shop: Shop) -> None:
    ids = [
        shop.keep_invoice(shop.invoice()),
        shop.keep_invoice(with_fault(shop.invoice(seed=2), Fault.FUTURE_DATE, shop.vault.clock().date())),
        shop.keep(b"%PDF-1.7 damaged").document_id,
    ]
    shop.work()
    before = everything(shop)
    for document_id in ids:
        judge_again(shop, document_id)
    assert everything(shop) == before


def test_a_new_day_alone_changes_nothing(shop: Shop, clock: Clock) -> None:
    shop.keep_invoice(shop.invoice())
    upkeep.begin_day(shop.vault)
    shop.work()
    before = everything(shop)
    clock.advance(timedelta(days=1))
    assert upkeep.begin_day(shop.vault) == 1
    assert upkeep.begin_day(shop.vault) == 0
    shop.work()
    assert everything(shop) == before


def with_window(shop: Shop, days: int) -> Shop:
    """The shop under a rule book that lets an invoice count for so many days."""
    profile = shop.vault.rules.profiles["guide"]
    rules = tuple(
        replace(rule, settings={**rule.settings, "window_days": days}) if rule.check == "invoice.issue_date" else rule
        for rule in profile.rules
    )
    profiles = {**shop.vault.rules.profiles, "guide": replace(profile, rules=rules)}
    book = replace(shop.vault.rules, profiles=profiles)
    return replace(shop, vault=replace(shop.vault, rules=book))


def test_an_invoice_that_leaves_its_window_fails_by_itself(shop: Shop, clock: Clock) -> None:
    strict = with_window(shop, 365)
    document_id = strict.keep_invoice(strict.invoice())
    assert strict.findings(document_id)["invoice.issue_date"].outcome is Outcome.PASS
    clock.advance(timedelta(days=400))
    assert upkeep.begin_day(strict.vault) == 1
    strict.work()
    assert strict.findings(document_id)["invoice.issue_date"].outcome is Outcome.FAIL
    assert "invoice.issue_date" in strict.tasks(document_id)


def test_a_catalogue_that_comes_later_closes_the_tasks_it_answers(vault: Vault, warm_reader: SandboxedReader) -> None:
    shop = open_shop(replace(vault, reader=warm_reader), with_catalogue=False)
    document_id = shop.keep_invoice(shop.invoice())
    assert "invoice.description" in shop.tasks(document_id)
    import_catalogue(shop.vault, shop.actor, shop.account_id, CATALOGUE)
    shop.work()
    assert "invoice.description" not in shop.tasks(document_id)
    assert "invoice.description" in shop.tasks(document_id, TaskState.DONE)
    assert shop.findings(document_id)["invoice.description line 1"].outcome is Outcome.PASS


def test_a_changed_supplier_has_its_invoices_judged_again(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    assert "invoice.supplier_name" not in shop.tasks(document_id)
    supplier_id = shop.document(document_id).supplier_id
    assert supplier_id
    changed = suppliers.change(
        shop.vault, shop.actor, supplier_id, SupplierDetails("Zinnober Handels GmbH", country="DE")
    )
    assert changed.name == "Zinnober Handels GmbH"
    assert shop.work() == 1
    assert suppliers.show(shop.vault, shop.actor, supplier_id).match_key == "zinnober handels|DE"
    assert shop.document(document_id).supplier_name == "Zinnober Handels GmbH"
    found = browsing.list_documents(
        shop.vault, shop.actor, shop.account_id, DocumentFilter(text="zinnober"), DocumentSort.UPLOADED, True
    )
    assert [row.id for row in found.page.rows] == [document_id]


def test_a_renamed_supplier_keeps_its_invoices_whatever_else_is_corrected(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    supplier_id = shop.document(document_id).supplier_id or ""
    suppliers.change(shop.vault, shop.actor, supplier_id, SupplierDetails("Zinnober Handels GmbH", country="DE"))
    corrections.correct(shop.vault, shop.actor, document_id, "number", "another")
    assert shop.document(document_id).supplier_id == supplier_id
    corrections.correct(shop.vault, shop.actor, document_id, "supplier_name", "Nobody We Know SA")
    assert shop.document(document_id).supplier_id != supplier_id


def test_changing_a_supplier_to_what_it_is_changes_nothing(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    supplier = suppliers.show(shop.vault, shop.actor, shop.document(document_id).supplier_id or "")
    names = SupplierDetails.__dataclass_fields__
    same = SupplierDetails(**{name: getattr(supplier, name) for name in names})
    before = shop.journal()
    suppliers.change(shop.vault, shop.actor, supplier.id, same)
    assert shop.journal() == before
    assert shop.work() == 0


def test_a_damaged_reading_is_reported_and_not_tried_for_ever(shop: Shop, clock: Clock) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    with shop.vault.database.transaction() as session:
        session.query(StoredReading).filter_by(document_id=document_id).one().payload = zlib.compress(b"{}")
        job_id = jobs.add(session, shop.vault, jobs.JobKind.REJUDGE_BUYER, shop.account_id, shop.account_id).id
    for _ in range(shop.vault.settings.job_attempts):
        shop.work()
        clock.advance(timedelta(minutes=5))
    assert reconcile(shop.vault).given_up == 1
    assert ("job.given_up", job_id) in shop.journal()
    with shop.vault.database.reading() as session:
        assert session.get_one(Job, job_id).state == JobState.FAILED
