"""One of many ids: hundreds are given to the database as one value, and the statement stays short.

A parameter for each of them is written, sent and planned anew with every statement, which takes longer than finding
the rows.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any, Self

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, String, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

# So few stand in the statement themselves: the database then knows how few, and takes the way of each through an index.
_FEW = 25

Column = ColumnElement[Any] | InstrumentedAttribute[Any]


class _Ids(TypeDecorator[Sequence[str]]):
    """Many ids as one parameter: an array for PostgreSQL, JSON for SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(String()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


_IDS = _Ids()


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """It is a comparison already. SQLAlchemy would make it one for SQLite by ``… = 1``, which no index answers."""
        return self


def among(column: Column, ids: Collection[str]) -> ColumnElement[bool]:
    """`column` is one of `ids`."""
    return column.in_(ids) if len(ids) <= _FEW else _Among(column, literal(list(ids), _IDS))


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY ({ids})"


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"
