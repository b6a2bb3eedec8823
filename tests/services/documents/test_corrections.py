"""People correct what machines read: verdict and tasks follow at once, and the machine's word stays beside it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.invoices.catalogue import make_catalogue
from tests.invoices.faults import Fault, with_fault
from tests.shop import CATALOGUE, Shop
from vault.db.entities.accounts import CatalogueProduct, Supplier
from vault.db.entities.documents import Correction, DocumentLine
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.findings import Outcome
from vault.domain.readings import Source
from vault.domain.roles import Role
from vault.journal.rows import verify_rows
from vault.services.access import Actor
from vault.services.documents import corrections, suppliers
from vault.services.documents.processing import read_again
from vault.services.documents.readings import current_reading, machine_reading
from vault.services.documents.suppliers import SupplierDetails
from vault.services.journal.guarded import guarded_tables


def correct(shop: Shop, document_id: str, path: str, text: str) -> None:
    corrections.correct(shop.vault, shop.actor, document_id, path, text)


def product_id(shop: Shop, asin: str) -> str:
    with shop.vault.database.reading() as session:
        return session.scalars(select(CatalogueProduct.id).where(CatalogueProduct.asin == asin)).one()


def test_the_machines_word_stays_beside_the_persons(shop: Shop) -> None:
    invoice = shop.invoice()
    document_id = shop.keep_invoice(invoice)
    correct(shop, document_id, "number", "B-2")
    with shop.vault.database.reading() as session:
        machine, current = machine_reading(session, document_id), current_reading(session, document_id)
    assert machine
    assert current
    assert machine.fields.number
    assert current.fields.number
    assert machine.fields.number.value == invoice.number
    assert (current.fields.number.value, current.fields.number.source) == ("B-2", Source.PERSON)
    assert shop.document(document_id).number == "B-2"


def test_a_withdrawn_correction_brings_the_machines_word_back(shop: Shop) -> None:
    invoice = shop.invoice()
    document_id = shop.keep_invoice(invoice)
    before = shop.findings(document_id)
    correct(shop, document_id, "total", "1")
    assert shop.document(document_id).total == "1"
    assert "invoice.arithmetic" in " ".join(shop.tasks(document_id))
    corrections.withdraw(shop.vault, shop.actor, document_id, "total")
    assert shop.document(document_id).total == f"{invoice.total:f}"
    assert shop.findings(document_id) == before
    with pytest.raises(NotFound):
        corrections.withdraw(shop.vault, shop.actor, document_id, "total")


def test_a_later_correction_replaces_the_earlier_and_both_are_remembered(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    correct(shop, document_id, "number", "first")
    correct(shop, document_id, "number", "second")
    with shop.vault.database.reading() as session:
        made = session.scalars(select(Correction).order_by(Correction.id)).all()
    assert [(item.value, item.withdrawn_at is None) for item in made] == [("first", False), ("second", True)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("issue_date", "31/02/2026"),
        ("issue_date", "yesterday"),
        ("total", "1,234"),
        ("total", "12.3.4"),
        ("total", "twelve"),
        ("total", "٣٤"),
        ("currency", "EURO"),
        ("currency", "ABC"),
        ("supplier_country", "ZZ"),
        ("supplier_country", "France"),
        ("kind", "letter"),
        ("number", "   "),
        ("number", "x" * 3000),
        ("nonsense", "1"),
        ("lines.0.product", "x"),
        ("lines.99.quantity", "1"),
        ("lines.0.colour", "red"),
        ("lines.-1.quantity", "1"),
    ],
)
def test_what_cannot_stand_there_is_refused_and_changes_nothing(shop: Shop, path: str, text: str) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    before = shop.journal()
    with pytest.raises(Invalid):
        correct(shop, document_id, path, text)
    assert shop.journal() == before


@pytest.mark.parametrize(("text", "kept"), [("1234.50", "1234.50"), ("1234,5", "1234.5"), ("1 234.50", "1234.50")])
def test_amounts_are_taken_as_people_write_them(shop: Shop, text: str, kept: str) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    correct(shop, document_id, "total", text)
    assert shop.document(document_id).total == kept


def test_picking_the_product_of_a_line_closes_its_task(shop: Shop) -> None:
    document_id = shop.keep_invoice(with_fault(shop.invoice(), Fault.UNKNOWN_PRODUCT, shop.vault.clock().date()))
    gaps = [task for task in shop.tasks(document_id).values() if task.check_id == "invoice.description"]
    assert gaps
    line = int(gaps[0].item.removeprefix("line ")) - 1
    wanted = product_id(shop, CATALOGUE[0].asin)
    corrections.pick_product(shop.vault, shop.actor, document_id, line, wanted)
    assert gaps[0].item not in {task.item for task in shop.tasks(document_id).values()}
    with shop.vault.database.reading() as session:
        row = session.scalars(select(DocumentLine).where(DocumentLine.position == line)).one()
    assert (row.product_id, row.by_person) == (wanted, True)


def test_a_line_that_is_not_for_sale_is_no_gap(shop: Shop) -> None:
    document_id = shop.keep_invoice(with_fault(shop.invoice(), Fault.UNKNOWN_PRODUCT, shop.vault.clock().date()))
    (item,) = {task.item for task in shop.tasks(document_id).values() if task.check_id == "invoice.description"}
    line = int(item.removeprefix("line ")) - 1
    corrections.pick_product(shop.vault, shop.actor, document_id, line, None)
    assert shop.findings(document_id)[f"invoice.description {item}"].outcome is Outcome.NOT_APPLICABLE
    corrections.withdraw(shop.vault, shop.actor, document_id, f"lines.{line}.product")
    assert item in {task.item for task in shop.tasks(document_id).values()}


def test_the_product_of_another_account_cannot_be_picked(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    with pytest.raises(NotFound):
        corrections.pick_product(shop.vault, shop.actor, document_id, 0, "01234567890123456789012345")


def test_a_line_that_the_machine_missed_can_be_added(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice(line_count=2))
    other = make_catalogue(40, seed=7)[3]
    correct(shop, document_id, "lines.2.description", other.title("fr"))
    with shop.vault.database.reading() as session:
        rows = session.scalars(select(DocumentLine).order_by(DocumentLine.position)).all()
    assert len(rows) == 3
    assert rows[2].product_id == product_id(shop, other.asin)


def test_correcting_the_number_frees_the_twin_as_well(shop: Shop) -> None:
    first = shop.invoice(seed=3)
    first_id = shop.keep_invoice(first)
    second_id = shop.keep_invoice(replace(shop.invoice(seed=3, line_count=2), number=first.number))
    assert f"invoice.duplicate {second_id}" in shop.tasks(first_id)
    correct(shop, second_id, "number", "quite another")
    assert f"invoice.duplicate {second_id}" not in shop.tasks(first_id)
    assert f"invoice.duplicate {first_id}" not in shop.tasks(second_id)


def name_another_supplier(shop: Shop, document_id: str) -> None:
    correct(shop, document_id, "supplier_vat", "FR00000000000")
    correct(shop, document_id, "supplier_name", "Zinnober Handel")


def supplier_of(shop: Shop, document_id: str) -> str:
    return shop.document(document_id).supplier_id or ""


def suppliers_kept(shop: Shop) -> set[str]:
    with shop.vault.database.reading() as session:
        return set(session.scalars(select(Supplier.id)))


def test_a_supplier_that_only_a_misreading_named_goes_with_it(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    misread = supplier_of(shop, document_id)
    name_another_supplier(shop, document_id)
    assert suppliers_kept(shop) == {supplier_of(shop, document_id)} != {misread}
    assert ("supplier.removed", misread) in shop.journal()
    with shop.vault.database.reading() as session:
        assert not list(verify_rows(session.connection(), guarded_tables()))


def test_a_supplier_that_another_document_names_stays(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    other_id = shop.keep_invoice(replace(shop.invoice(), number="OTHER-1"))
    assert supplier_of(shop, document_id) == supplier_of(shop, other_id)
    name_another_supplier(shop, document_id)
    assert suppliers_kept(shop) == {supplier_of(shop, document_id), supplier_of(shop, other_id)}


def test_a_supplier_whose_record_a_person_kept_up_stays(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    known = supplier_of(shop, document_id)
    suppliers.change(shop.vault, shop.actor, known, SupplierDetails("Known Ltd", phone="+33 1 23 45 67 89"))
    name_another_supplier(shop, document_id)
    assert known in suppliers_kept(shop)
    assert supplier_of(shop, document_id) != known


def test_taking_the_correction_back_records_the_supplier_again(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    before = shop.document(document_id).supplier_name
    name_another_supplier(shop, document_id)
    for path in ("supplier_name", "supplier_vat"):
        corrections.withdraw(shop.vault, shop.actor, document_id, path)
    assert shop.document(document_id).supplier_name == before
    assert suppliers_kept(shop) == {supplier_of(shop, document_id)}


def test_a_correction_outlives_another_reading(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    correct(shop, document_id, "number", "B-2")
    read_again(shop.vault, shop.actor, document_id)
    shop.work()
    assert shop.document(document_id).number == "B-2"


def test_a_document_without_a_reading_cannot_be_corrected(shop: Shop) -> None:
    document_id = shop.keep(b"%PDF-1.7 nothing").document_id
    with pytest.raises(Conflict):
        correct(shop, document_id, "number", "1")


def test_only_those_who_may_correct_can(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    auditor, stranger = Actor("a", "A", {shop.account_id: Role.AUDITOR}), Actor("s", "S")
    with pytest.raises(Forbidden):
        corrections.correct(shop.vault, auditor, document_id, "number", "1")
    with pytest.raises(NotFound):
        corrections.correct(shop.vault, stranger, document_id, "number", "1")
