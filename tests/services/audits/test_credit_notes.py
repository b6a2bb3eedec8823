"""Credit notes take units away, whether they go into the bundle or not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from tests.invoices.compose import make_buyer, make_invoice, make_supplier
from tests.services.audits.test_evidence import PRODUCT, audit_of, open_tasks, section
from tests.shop import Shop
from vault.checks.audit.facts import Need
from vault.db.entities.audits import Audit, AuditInvoice
from vault.domain.readings import DocumentKind
from vault.services.audits.choosing import decide
from vault.services.bundles.gathered import contents_of
from vault.services.days import today
from vault.services.documents.corrections import correct


def keep(shop: Shop, seed: int, units: int, *, names: str = "", days_ago: int = 20) -> str:
    """An invoice over so many units; a credit note where they are below zero, about the invoice that it `names`."""
    kind = DocumentKind.INVOICE if units > 0 else DocumentKind.CREDIT_NOTE
    parties = {"supplier": make_supplier(1, "fr"), "buyer": make_buyer(1, "fr")}
    made = make_invoice(seed, "fr", kind=kind, line_count=1, products=[PRODUCT], **parties)
    line = replace(made.lines[0], quantity=Decimal(units))
    issued = today(shop.vault) - timedelta(days=days_ago)
    made = replace(made, lines=(line,), issue_date=issued, due_date=None, order_number=names or None)
    return shop.keep_invoice(made)


def need(shop: Shop, audit: Audit) -> Need:
    found = section(shop, audit).need
    assert found is not None
    return found


def put(shop: Shop, audit: Audit, document_id: str, *, is_in: bool | None) -> None:
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, document_id, is_in=is_in)


def test_leaving_a_credit_note_out_makes_no_more_of_the_invoices(shop: Shop) -> None:
    keep(shop, 1, 100)
    note = keep(shop, 2, -40)
    audit = audit_of(shop)
    assert (need(shop, audit).bought, need(shop, audit).credited) == (60, 40)
    for is_in in (False, True, None):
        put(shop, audit, note, is_in=is_in)
        assert (need(shop, audit).bought, need(shop, audit).credited) == (60, 40)


def test_what_was_taken_back_is_named_where_units_are_missing(shop: Shop) -> None:
    keep(shop, 1, 100)
    put_out = keep(shop, 2, -100)
    audit = audit_of(shop)
    put(shop, audit, put_out, is_in=False)
    task = open_tasks(shop, audit)[f"audit.units {PRODUCT.asin}"]
    assert task.outcome == "fail"
    assert (task.title["params"]["bought"], task.title["params"]["credited"]) == ("0", "100")


def test_credit_over_more_than_was_bought_leaves_no_unit_and_amazon_reads_of_no_fewer(shop: Shop) -> None:
    keep(shop, 1, 10)
    keep(shop, 2, -40)
    audit = audit_of(shop)
    assert need(shop, audit).bought == -30
    with shop.vault.database.reading() as session:
        (product,) = contents_of(session, shop.vault, session.get_one(Audit, audit.id)).products
    assert product.bought == 0


def test_a_credit_note_takes_from_the_invoice_that_it_names_and_from_no_other(shop: Shop) -> None:
    wrong = keep(shop, 1, 100)
    number = shop.document(wrong).number
    note = keep(shop, 2, -100, names=number)
    right = keep(shop, 3, 100)
    audit = audit_of(shop)
    with shop.vault.database.reading() as session:
        row = session.scalars(select(AuditInvoice).where(AuditInvoice.document_id == note)).one()
    assert row.credits == [wrong]
    assert need(shop, audit).bought == 100
    put(shop, audit, wrong, is_in=False)  # it was made out anew
    assert [each.document.id for each in section(shop, audit).chosen if each.document.id != note] == [right]
    assert (need(shop, audit).bought, need(shop, audit).credited) == (100, 0)
    put(shop, audit, right, is_in=False)
    put(shop, audit, wrong, is_in=True)
    assert (need(shop, audit).bought, need(shop, audit).credited) == (0, 100)


def test_goods_that_came_back_after_the_notice_were_bought_no_more_and_older_credit_is_about_older_invoices(
    shop: Shop,
) -> None:
    keep(shop, 1, 100)
    note = keep(shop, 2, -40)
    audit = audit_of(shop)
    for day, bought in ((today(shop.vault) + timedelta(days=3), 60), (today(shop.vault) - timedelta(days=400), 100)):
        _date(shop, note, day)
        assert need(shop, audit).bought == bought


def test_a_credit_note_that_could_not_be_read_whole_is_a_question(shop: Shop) -> None:
    keep(shop, 1, 100)
    note = keep(shop, 2, -40)
    audit = audit_of(shop)
    correct(shop.vault, shop.actor, note, "lines.0.quantity", "2.5")
    shop.work()
    task = open_tasks(shop, audit)[f"audit.units {PRODUCT.asin}"]
    assert task.outcome == "unknown"
    assert task.title["params"]["notes"] == "1"
    assert "audit.refusal kind" not in open_tasks(shop, audit)  # nobody takes a credit note for a purchase


def _date(shop: Shop, document_id: str, day: date) -> None:
    correct(shop.vault, shop.actor, document_id, "issue_date", day.isoformat())
    shop.work()
