"""Full-text search in documents: every word sought has to begin a word of the document.

Words are folded here (case, accents, ligatures), so that both databases find the same. Each document's words stand in
one row, together with the id of its seller account as one more word: the index itself keeps accounts apart.
"""

import re
import unicodedata

from sqlalchemy import ColumnElement, bindparam, exists, func, literal_column, select, text
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.db.entities.texts import DocumentText

# Bytes kept of one document's words (PostgreSQL takes no more than a mebibyte), and letters of one word.
_MOST_BYTES = 600_000
_LONGEST = 60
# Words sought at once; more would only say the same.
_MOST_SOUGHT = 12
# Up to so many hits they are found first; beyond, each row of a list is asked whether it is one.
FEW = 2000

# Chinese and Japanese put no spaces between words: there, each character is one.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\\W_])+")


def fold(text: str) -> list[str]:
    """The words of `text` as they are compared: no case, no accents, no punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return [word[:_LONGEST] for word in _WORD.findall(plain)]


def index_text(session: Session, document: Document, text: str) -> None:
    """Makes `document` findable by the words of `text`, and by no others."""
    words = " ".join([document.account_id, *sorted(set(fold(text)))])
    words = words.encode()[:_MOST_BYTES].decode(errors="ignore")
    row = session.scalar(select(DocumentText).where(DocumentText.document_id == document.id))
    if row is None:
        session.add(DocumentText(document_id=document.id, words=words))
    elif row.words != words:
        row.words = words
    session.flush()


def matching(session: Session, account_id: str, sought: str) -> ColumnElement[bool] | None:
    """A condition on `Document`: it holds every word of `sought`. None when there is no word in it.

    Asks the index first how many there are, and writes the condition so that either few hits or many are cheap.
    """
    words = fold(sought)[:_MOST_SOUGHT]
    if not words:
        return None
    if session.get_bind().dialect.name == "sqlite":
        return _sqlite(session, account_id, words)
    return _postgresql(session, account_id, words)


def _sqlite(session: Session, account_id: str, words: list[str]) -> ColumnElement[bool]:
    # Folded words are letters and digits only: quoted, they mean nothing else to FTS5.
    query = " AND ".join([f'"{account_id}"', *(f'"{word}"*' for word in words)])
    found = text("SELECT count(*) FROM (SELECT 1 FROM document_search WHERE document_search MATCH :query LIMIT :few)")
    count = session.scalar(found, {"query": query, "few": FEW + 1}) or 0
    rowid, table = literal_column("document_search.rowid"), text("document_search")
    hits = text("document_search MATCH :search_query").bindparams(search_query=query)
    if count <= FEW:
        seqs = select(rowid).select_from(table).where(hits)
        return Document.id.in_(select(DocumentText.document_id).where(DocumentText.seq.in_(seqs)))
    is_hit = exists(select(rowid).select_from(table).where(hits, rowid == DocumentText.seq).correlate(DocumentText))
    return exists().where(DocumentText.document_id == Document.id, is_hit)


def _postgresql(session: Session, account_id: str, words: list[str]) -> ColumnElement[bool]:
    query = " & ".join([f"'{account_id}'", *(f"'{word}':*" for word in words)])
    vector = func.array_to_tsvector(func.string_to_array(DocumentText.words, literal_column("' '")))
    is_hit = vector.op("@@", is_comparison=True)(func.to_tsquery(literal_column("'simple'"), bindparam(None, query)))
    few = select(DocumentText.seq).where(is_hit).limit(FEW + 1).subquery()
    count = session.scalar(select(func.count()).select_from(few)) or 0
    if count <= FEW:
        return Document.id.in_(select(DocumentText.document_id).where(is_hit))
    return exists().where(DocumentText.document_id == Document.id, is_hit)
