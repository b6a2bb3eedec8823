"""Words sought inside columns."""

from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute


def contains(word: str, *columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """True where one of the columns holds `word`, capital letters or not; ``%`` and ``_`` mean themselves."""
    return or_(*(column.icontains(word, autoescape=True) for column in columns))
