"""The list of documents: whatever the filters and the order, walking its pages gives each document once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.many_documents import NOON, TODAY, ManyDocuments
from vault.db.entities.documents import Document, DocumentLine
from vault.db.entities.texts import DocumentText
from vault.db.queries import sieves
from vault.db.queries.documents import DocumentFilter, DocumentRow, DocumentSort, list_documents
from vault.db.queries.keyset import Cursor
from vault.db.session import Database
from vault.domain.errors import Invalid

MADE = ManyDocuments(240)

days = st.integers(0, 70).map(lambda back: TODAY - timedelta(days=back))
filters = st.builds(
    DocumentFilter,
    text=st.sampled_from(("", "", MADE.words[0], MADE.words[1][:3], f"{MADE.words[0]} {MADE.words[2]}", "qqqq")),
    verdict=st.sampled_from(("", "", "pass", "fail")),
    state=st.sampled_from(("", "", "judged", "unreadable")),
    kind=st.sampled_from(("", "", "", "invoice", "quote")),
    supplier_id=st.sampled_from(("", "", "", MADE.suppliers[0][0])),
    product_id=st.sampled_from(("", "", "", MADE.products[0][0], MADE.products[1][0])),
    issued_from=st.none() | days,
    issued_to=st.none() | days,
)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    MADE.fill(opened.engine)
    yield opened
    opened.close()


def walk(
    session: Session,
    wanted: DocumentFilter,
    sort: DocumentSort = DocumentSort.UPLOADED,
    descending: bool = True,
    size: int = 500,
) -> list[DocumentRow]:
    """All rows, page by page to the end, having checked that the way back gives the same."""
    there: list[DocumentRow] = []
    token = None
    while True:
        page = list_documents(session, MADE.account_id, wanted, sort, descending, token, size).page
        there += page.rows
        if page.next is None:
            break
        token = page.next
    back = list(page.rows)
    while page.previous is not None:
        page = list_documents(session, MADE.account_id, wanted, sort, descending, page.previous, size).page
        back = [*page.rows, *back]
    assert [row.id for row in back] == [row.id for row in there]
    return there


def passes(session: Session, document: Document, wanted: DocumentFilter) -> bool:
    words = session.scalars(select(DocumentText.words).where(DocumentText.document_id == document.id)).one().split()
    lines = session.scalars(select(DocumentLine.product_id).where(DocumentLine.document_id == document.id)).all()
    issued = document.issue_date
    return (
        document.account_id == MADE.account_id
        and all(any(word.startswith(sought) for word in words) for sought in wanted.text.split())
        and wanted.verdict in ("", document.verdict)
        and wanted.state in ("", document.state)
        and wanted.kind in ("", document.kind)
        and wanted.supplier_id in ("", document.supplier_id)
        and (not wanted.product_id or wanted.product_id in lines)
        and (wanted.issued_from is None or (issued is not None and issued >= wanted.issued_from))
        and (wanted.issued_to is None or (issued is not None and issued <= wanted.issued_to))
    )


def expected(session: Session, wanted: DocumentFilter, sort: DocumentSort, descending: bool) -> list[str]:
    """The same list without any of the product's own queries: everything loaded, filtered and sorted here."""
    names = {"uploaded": "uploaded_at", "issued": "issue_date", "supplier": "supplier_name", "total": "total_value"}
    found = [each for each in session.scalars(select(Document)) if passes(session, each, wanted)]

    def key(document: Document) -> Any:
        return getattr(document, names[sort])

    with_value = [each for each in found if key(each) is not None]
    without = [each for each in found if key(each) is None]
    with_value.sort(key=lambda each: (key(each), each.id), reverse=descending)
    without.sort(key=lambda each: each.id, reverse=descending)
    return [each.id for each in with_value + without]


@pytest.mark.parametrize("rare", [3, 40, sieves.RARE], ids=["filters test", "some lead", "filters lead"])
def test_every_list_is_complete_in_its_order_both_ways(
    database: Database, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    monkeypatch.setattr(sieves, "RARE", rare)  # so that few documents stand for very many

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(filters, st.sampled_from(DocumentSort), st.booleans(), st.integers(1, 60))
    def lists(wanted: DocumentFilter, sort: DocumentSort, descending: bool, size: int) -> None:
        with database.reading() as session:
            rows = walk(session, wanted, sort, descending, size)
            assert [row.id for row in rows] == expected(session, wanted, sort, descending)

    lists()


def test_a_document_that_comes_in_meanwhile_is_neither_repeated_nor_does_it_push_others_out(database: Database) -> None:
    with database.reading() as session:
        before = walk(session, DocumentFilter(), DocumentSort.UPLOADED, True, 1000)
        first = list_documents(session, MADE.account_id, DocumentFilter(), size=20).page
    with database.transaction() as session:
        newest = session.get_one(Document, before[-1].id)
        newest.uploaded_at = NOON + timedelta(days=1)
    with database.reading() as session:
        second = list_documents(session, MADE.account_id, DocumentFilter(), token=first.next, size=20).page
    assert [row.id for row in first.rows + second.rows] == [row.id for row in before[:40]]


def test_the_count_is_exact_while_few_pass_and_stops_where_many_do(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sieves, "RARE", 50)
    with database.reading() as session:
        failed = [row for row in walk(session, DocumentFilter()) if row.verdict == "fail"]
        assert list_documents(session, MADE.account_id, DocumentFilter(verdict="fail")).count == len(failed) < 50
        assert list_documents(session, MADE.account_id, DocumentFilter(verdict="pass")).count == 50
        assert list_documents(session, MADE.account_id, DocumentFilter()).count == 50


@pytest.mark.parametrize("token", ["", "x", "e30", "W10", "bnVsbA", "//8", "W251bGwsMSx0cnVlXQ", "9" * 5000])
def test_a_made_up_page_is_refused(database: Database, token: str) -> None:
    with database.reading() as session:
        if not token:
            token = Cursor("2026-13-45", "x").encode()
        with pytest.raises(Invalid):
            list_documents(session, MADE.account_id, DocumentFilter(), token=token)


def test_another_order_refuses_a_page_of_this_one(database: Database) -> None:
    with database.reading() as session:
        page = list_documents(session, MADE.account_id, DocumentFilter(), DocumentSort.UPLOADED, size=5).page
        with pytest.raises(Invalid):
            list_documents(session, MADE.account_id, DocumentFilter(), DocumentSort.TOTAL, token=page.next)


def test_each_account_has_its_own_list(database: Database) -> None:
    with database.reading() as session:
        mine = {row.id for row in walk(session, DocumentFilter())}
        everything = replace(DocumentFilter(), text=MADE.words[0])
        other = list_documents(session, MADE.account_ids[1], everything, size=500).page.rows
        assert mine.isdisjoint(row.id for row in other)
