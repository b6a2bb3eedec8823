"""Full-text search: the same words find the same documents on both databases."""

import pytest
from sqlalchemy import select

from vault.db import search
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.documents import Blob, Document, DocumentState
from vault.services.vault import Vault


@pytest.fixture
def account_ids(vault: Vault) -> list[str]:
    with vault.database.transaction() as session:
        accounts = [
            SellerAccount(name=name, legal_name=name, marketplaces=[], created_at=vault.clock()) for name in "AB"
        ]
        session.add_all(accounts)
        session.add(Blob(sha256="0" * 64, size=1, stored_at=vault.clock()))
    return [account.id for account in accounts]


def add(vault: Vault, account_id: str, name: str, text: str) -> None:
    with vault.database.transaction() as session:
        sha256 = name.encode().hex().ljust(64, "0")
        if session.get(Blob, sha256) is None:
            session.add(Blob(sha256=sha256, size=1, stored_at=vault.clock()))
            session.flush()
        document = Document(
            account_id=account_id,
            sha256=sha256,
            size=1,
            media_type="application/pdf",
            filename=name,
            uploaded_at=vault.clock(),
            uploaded_by="somebody",
            state=DocumentState.JUDGED,
        )
        session.add(document)
        session.flush()
        search.index_text(session, document, text)


def found(vault: Vault, account_id: str, sought: str) -> set[str]:
    """The names of the documents, found by the index and, all the same, by looking into each of them."""
    with vault.database.reading() as session:
        hits = search.search(session, account_id, sought)
        assert hits is not None
        wanted = select(Document.filename).where(Document.account_id == account_id)
        by_index, one_by_one = (set(session.scalars(wanted.where(way))) for way in (hits.find, hits.test))
        assert by_index == one_by_one
        return by_index


TEXT = "Facture n° INV-2026/0031 — Bobinage « Élan » 12,50 € Straße Ærø ﬁn 电池 AA"


@pytest.mark.parametrize(
    "sought",
    [
        "facture",
        "FACTURE",
        "fact",
        "elan",
        "ÉLAN",
        "INV-2026/0031",
        "2026 inv",
        "strasse",
        "straße bobin",
        "12,50",
        "fin",
        "电池",
        "池",
        '"facture"',
        "bobinage*",
        "-facture",
        "facture)",
    ],
)
def test_words_are_found_however_they_are_written(vault: Vault, account_ids: list[str], sought: str) -> None:
    add(vault, account_ids[0], "a", TEXT)
    assert found(vault, account_ids[0], sought) == {"a"}


@pytest.mark.parametrize("sought", ["acture", "facture missing", "0032", "OR", "facture NOT elan x"])
def test_every_word_has_to_begin_a_word_of_the_document(vault: Vault, account_ids: list[str], sought: str) -> None:
    add(vault, account_ids[0], "a", TEXT)
    assert found(vault, account_ids[0], sought) == set()


@pytest.mark.parametrize("sought", ["", "   ", "—", '"', "*"])
def test_a_search_for_no_word_is_no_condition(vault: Vault, account_ids: list[str], sought: str) -> None:
    with vault.database.reading() as session:
        assert search.search(session, account_ids[0], sought) is None


def test_accounts_do_not_see_each_others_documents(vault: Vault, account_ids: list[str]) -> None:
    for account_id, name in zip(account_ids, "ab", strict=True):
        add(vault, account_id, name, TEXT)
    assert [found(vault, account_id, "facture") for account_id in account_ids] == [{"a"}, {"b"}]


def test_new_words_replace_the_old_ones(vault: Vault, account_ids: list[str]) -> None:
    add(vault, account_ids[0], "a", TEXT)
    with vault.database.transaction() as session:
        document = session.scalars(select(Document)).one()
        search.index_text(session, document, "quite other words")
    assert found(vault, account_ids[0], "facture") == set()
    assert found(vault, account_ids[0], "other quite") == {"a"}


def test_a_document_of_endless_words_is_still_indexed(vault: Vault, account_ids: list[str]) -> None:
    add(vault, account_ids[0], "a", " ".join(f"word{number:09d}" for number in range(200_000)))
    assert found(vault, account_ids[0], "word000000001") == {"a"}
