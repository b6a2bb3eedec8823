"""Full-text search in documents: every word sought has to begin a word of the document.

Words are folded here (case, accents, ligatures), so that both databases find the same. Each document's words stand in
one row, together with the id of its seller account as one more word: the index itself keeps accounts apart.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TableClause,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.db.entities.texts import DocumentText

# Bytes kept of one document's words (PostgreSQL takes no more than a mebibyte), and letters of one word.
_MOST_BYTES = 600_000
_LONGEST = 60
# Words sought at once; more would only say the same.
_MOST_SOUGHT = 12

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


@dataclass(frozen=True, slots=True)
class Hits:
    """The documents that hold every word sought, written to `find` them by the index, or to `test` one document.

    `counted`: the hits as a statement to count.
    """

    find: ColumnElement[bool]
    test: ColumnElement[bool]
    counted: Select[Any]


def search(session: Session, account_id: str, sought: str) -> Hits | None:
    """Where to find `sought` in the account's documents. None when there is no word in it."""
    words = fold(sought)[:_MOST_SOUGHT]
    if not words:
        return None
    if session.get_bind().dialect.name == "sqlite":
        return _sqlite(account_id, words)
    return _postgresql(account_id, words)


def _sqlite(account_id: str, words: list[str]) -> Hits:
    # Folded words are letters and digits only: quoted, they mean nothing else to FTS5.
    query = " AND ".join([f'"{account_id}"', *(f'"{word}"*' for word in words)])
    index: TableClause = table("document_search", column("rowid"))
    is_hit = text("document_search MATCH :search_query").bindparams(search_query=query)
    seqs = select(index.c.rowid).where(is_hit)
    return Hits(
        find=Document.id.in_(select(DocumentText.document_id).where(DocumentText.seq.in_(seqs))),
        test=_holds(words, func.instr),
        counted=seqs,
    )


def _postgresql(account_id: str, words: list[str]) -> Hits:
    query = " & ".join([f"'{account_id}'", *(f"'{word}':*" for word in words)])
    # As the migration writes it: only the same expression uses the index.
    vector = func.array_to_tsvector(func.string_to_array(DocumentText.words, literal_column("' '")))
    is_hit = vector.op("@@", is_comparison=True)(func.to_tsquery(literal_column("'simple'"), bindparam(None, query)))
    return Hits(
        find=Document.id.in_(select(DocumentText.document_id).where(is_hit)),
        test=_holds(words, func.strpos),
        counted=select(DocumentText.seq).where(is_hit),
    )


def _holds(words: list[str], position: Callable[..., ColumnElement[int]]) -> ColumnElement[bool]:
    """One document's own words, looked through: an index has to be entered anew for each row, which takes longer."""
    each = [position(DocumentText.words, f" {word}") > 0 for word in words]
    return exists().where(DocumentText.document_id == Document.id, *each)
