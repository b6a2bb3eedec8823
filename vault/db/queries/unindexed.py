"""Where a database, left alone, would take the wrong index, or none."""

from typing import Any

from sqlalchemy import ColumnElement, text
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import operators
from sqlalchemy.sql.expression import UnaryExpression

Column = ColumnElement[Any] | InstrumentedAttribute[Any]


def unindexed(session: Session, column: Column) -> Column:
    """`column`, to be compared without an index.

    SQLite takes any index that an equality fits, and would sort a hundred thousand rows to show fifty of them; a
    unary plus is its documented way to say "not this one". PostgreSQL has statistics and decides well by itself.
    """
    if session.get_bind().dialect.name != "sqlite":
        return column
    plain: ColumnElement[Any] = column.expression if isinstance(column, InstrumentedAttribute) else column
    return UnaryExpression(plain, operator=operators.custom_op("+"), type_=column.type)


def through_indexes(session: Session) -> None:
    """Makes this transaction read its tables through indexes, which every list has for all it asks.

    PostgreSQL takes looking through a document's words for almost free, and would rather do that with every row of
    the table than enter the index that is made for it. SQLite needs no telling.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))
