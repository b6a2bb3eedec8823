"""Keeping a database without statistics from picking the wrong index."""

from typing import Any

from sqlalchemy import ColumnElement
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
