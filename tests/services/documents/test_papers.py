"""What people say of papers: until when they count, what they are about; verdict and tasks follow at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.paperwork import LICENCE, upload
from tests.registers import second_shop
from tests.shop import CATALOGUE, Shop
from vault.db.entities.accounts import CatalogueProduct, Supplier
from vault.db.entities.papers import Paper
from vault.db.queries.documents import DocumentFilter
from vault.db.queries.papers import PaperRow
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.findings import Outcome, Severity, Verdict
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.journal.rows import verify_rows
from vault.services import browsing
from vault.services.access import Actor
from vault.services.documents import papers
from vault.services.documents.paper_kinds import choose_kind
from vault.services.documents.papers import Description, papers_about, papers_of_suppliers
from vault.services.jobs.upkeep import begin_day
from vault.services.journal.guarded import guarded_tables

ASINS = tuple(product.asin for product in CATALOGUE[:3])


def describe(shop: Shop, document_id: str, **said: object) -> None:
    papers.describe(shop.vault, shop.actor, document_id, Description(**said))  # type: ignore[arg-type]


def product_ids(shop: Shop, *asins: str) -> list[str]:
    wanted = select(CatalogueProduct.asin, CatalogueProduct.id).where(CatalogueProduct.account_id == shop.account_id)
    with shop.vault.database.reading() as session:
        ids = {row.asin: row.id for row in session.execute(wanted)}
    return [ids[asin] for asin in asins]


def about(shop: Shop, *asins: str) -> dict[str, tuple[PaperRow, ...]]:
    ids = product_ids(shop, *asins)
    with shop.vault.database.reading() as session:
        found = papers_about(session, shop.account_id, ids)
    return {asin: found[id_] for asin, id_ in zip(asins, ids, strict=True) if id_ in found}


@pytest.fixture
def licence(shop: Shop) -> str:
    return upload(shop, kind=PaperKind.LICENCE_CONTRACT)


def test_the_last_day_closes_the_task_and_saying_that_there_is_none_does_too(shop: Shop, licence: str) -> None:
    assert shop.findings(licence)["paper.expiry"].outcome is Outcome.UNKNOWN
    describe(shop, licence, valid_until=date(2027, 6, 30))
    assert (shop.tasks(licence), shop.document(licence).verdict) == ({}, Verdict.PASS)
    describe(shop, licence)
    assert set(shop.tasks(licence)) == {"paper.expiry"}
    describe(shop, licence, never_expires=True)
    assert shop.tasks(licence) == {}


@pytest.mark.parametrize(
    ("days", "outcome", "severity"),
    [
        (31, Outcome.PASS, Severity.NORMAL),
        (30, Outcome.WARN, Severity.LOW),
        (8, Outcome.WARN, Severity.LOW),
        (7, Outcome.WARN, Severity.NORMAL),
        (0, Outcome.WARN, Severity.NORMAL),
        (-1, Outcome.FAIL, Severity.NORMAL),
    ],
)
def test_a_paper_counts_until_the_end_of_its_last_day_and_warns_before(
    shop: Shop, licence: str, clock: Clock, days: int, outcome: Outcome, severity: Severity
) -> None:
    describe(shop, licence, valid_until=clock().date() + timedelta(days))
    finding = shop.findings(licence)["paper.expiry"]
    assert (finding.outcome, finding.severity) == (outcome, severity)


def test_the_day_warns_and_fails_by_itself(shop: Shop, licence: str, clock: Clock) -> None:
    describe(shop, licence, valid_until=clock().date() + timedelta(40), issue_date=date(2015, 1, 1))

    def a_day_later(days: int) -> list[tuple[str, str]]:
        clock.advance(timedelta(days))
        begin_day(shop.vault)
        shop.work()
        return [(task.outcome, task.severity) for task in shop.tasks(licence).values()]

    assert a_day_later(9) == []
    assert a_day_later(1) == [("warn", "low")]
    assert a_day_later(23) == [("warn", "normal")]
    assert a_day_later(8) == [("fail", "normal")]
    before = shop.journal()
    assert a_day_later(1) == [("fail", "normal")]
    assert [entry for entry in shop.journal()[len(before) :] if entry[1] == licence] == []


def test_what_cannot_be_is_refused_field_by_field(shop: Shop, licence: str, clock: Clock) -> None:
    tomorrow = clock().date() + timedelta(1)
    for said, field in (
        ({"issue_date": tomorrow}, "issue_date"),
        ({"valid_until": tomorrow, "never_expires": True}, "valid_until"),
        ({"issue_date": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}, "valid_until"),
        ({"supplier": "Nobody"}, "supplier"),
        ({"asins": ("B0NOTMINE1",)}, "asins"),
        ({"asins": tuple(f"B{number:09}" for number in range(201))}, "asins"),
        ({"note": "x" * 2001}, "note"),
    ):
        with pytest.raises(Invalid) as refused:
            describe(shop, licence, **said)
        assert list(refused.value.problems) == [field]
    assert shop.count(Paper) == 0


def test_a_paper_is_found_by_the_products_that_it_is_about(shop: Shop, licence: str) -> None:
    older = upload(shop, LICENCE + b"\n%", PaperKind.TEST_REPORT, "older.pdf")
    describe(shop, older, asins=ASINS[:1], issue_date=date(2025, 1, 1))
    describe(shop, licence, asins=ASINS[:2], issue_date=date(2026, 1, 1), valid_until=date(2027, 1, 1), note="Lamps")

    found = about(shop, *ASINS)

    assert [row.document_id for row in found[ASINS[0]]] == [licence, older]
    assert [row.document_id for row in found[ASINS[1]]] == [licence]
    assert ASINS[2] not in found
    row = found[ASINS[1]][0]
    assert (row.kind, row.valid_until, row.verdict) == (PaperKind.LICENCE_CONTRACT, date(2027, 1, 1), Verdict.PASS)
    describe(shop, licence, asins=ASINS[1:2])
    assert [row.document_id for row in about(shop, *ASINS)[ASINS[0]]] == [older]


def test_a_paper_that_turns_out_to_be_an_invoice_is_no_paper_about_anything(shop: Shop, licence: str) -> None:
    describe(shop, licence, asins=ASINS[:1])
    choose_kind(shop.vault, shop.actor, licence, PaperKind.SUPPLIER_INVOICE)
    assert about(shop, *ASINS) == {}
    with pytest.raises(Conflict):
        describe(shop, licence, note="x")
    choose_kind(shop.vault, shop.actor, licence, PaperKind.LICENCE_CONTRACT)
    assert set(about(shop, *ASINS)) == {ASINS[0]}


def test_the_list_of_a_product_shows_its_papers(shop: Shop, licence: str) -> None:
    describe(shop, licence, asins=ASINS[:1])
    for product_id, expected in zip(product_ids(shop, *ASINS[:2]), ([licence], []), strict=True):
        wanted = DocumentFilter(product_id=product_id)
        found = browsing.list_documents(shop.vault, shop.actor, shop.account_id, wanted)
        assert [row.id for row in found.page.rows] == expected


def test_a_paper_is_found_by_its_supplier_whose_record_stays_as_long_as_it_is_named(shop: Shop, licence: str) -> None:
    invoice = shop.invoice()
    document_id = shop.keep_invoice(invoice)
    with shop.vault.database.reading() as session:
        supplier = session.scalars(select(Supplier)).one()
    describe(shop, licence, supplier=supplier.name)
    assert shop.document(licence).supplier_name == supplier.name

    choose_kind(shop.vault, shop.actor, document_id, PaperKind.OTHER)

    with shop.vault.database.reading() as session:
        found = papers_of_suppliers(session, shop.account_id, [supplier.id])
        assert [row.document_id for row in found[supplier.id]] == [licence]


def test_a_note_is_found_by_the_search(shop: Shop, licence: str) -> None:
    describe(shop, licence, note="Sonnenuntergang")
    for word in ("Sonnenuntergang", "ALPENGLUEHEN"):
        found = browsing.list_documents(shop.vault, shop.actor, shop.account_id, DocumentFilter(text=word))
        assert [row.id for row in found.page.rows] == [licence]


def test_saying_the_same_again_changes_nothing_and_every_change_has_its_entry(shop: Shop, licence: str) -> None:
    said = {"valid_until": date(2027, 1, 1), "asins": ASINS[:2], "note": "Lamps"}
    describe(shop, licence, **said)
    before = shop.journal()
    describe(shop, licence, **said)
    assert shop.journal() == before
    assert [action for action, subject in before if subject == licence].count("document.described") == 1
    with shop.vault.database.reading() as session:
        assert list(verify_rows(session.connection(), guarded_tables())) == []


def test_only_who_may_correct_describes_and_products_of_others_are_not_named(shop: Shop, licence: str) -> None:
    for roles, refusal in (({shop.account_id: Role.AUDITOR}, Forbidden), ({}, NotFound)):
        with pytest.raises(refusal):
            papers.describe(shop.vault, Actor("x", "X", roles), licence, Description(note="x"))
    other = second_shop(shop)
    foreign = upload(other, kind=PaperKind.TEST_REPORT)
    with pytest.raises(Invalid) as refused:
        describe(other, foreign, asins=ASINS[:1])
    assert list(refused.value.problems) == ["asins"]
