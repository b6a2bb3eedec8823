"""Pages of a long list by key: a page starts where the last one ended, however far down that is.

Offsets get slower with every page and skip or repeat rows when others are added meanwhile; keys do neither.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.domain.errors import Invalid
from vault.domain.message import N_

T = TypeVar("T")
PAGE_SIZE = 50
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Order:
    """A list sorted by `column`, then `id` the same way round.

    `nullable`: rows without a value come last, whichever way the others are sorted.
    """

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    id: InstrumentedAttribute[str]
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next` and `previous` are cursors for `fetch_page`, None at the ends."""

    rows: tuple[T, ...]
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row (sort value, id) that a page starts after, or ends before when `backwards`."""

    value: Any
    id: str
    backwards: bool = False

    def encode(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        text = json.dumps([value, self.id, self.backwards], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, token: str, order: Order) -> "Cursor":
        """Raises Invalid for a token that no page of this order gave out."""
        try:
            value, id_, backwards = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            if not isinstance(id_, str) or not isinstance(backwards, bool):
                raise ValueError("not a cursor")
            return cls(_parse_value(value, order), _storable(id_), backwards)
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise Invalid(N_("This page of the list does not exist. Go back to its beginning.")) from None


def _parse_value(value: Any, order: Order) -> Any:
    wanted = order.column.type.python_type
    if value is None:
        if not order.nullable:
            raise ValueError("no value")
        return None
    if wanted is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment
    if wanted is date:
        return date.fromisoformat(value)
    if wanted is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, wanted):
        raise ValueError("another type")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError("more than a column holds")
    return _storable(value) if isinstance(value, str) else value


def _storable(text: str) -> str:
    """Raises ValueError for what no database takes: NUL, and halves of characters."""
    if "\0" in text:
        raise ValueError("NUL")
    text.encode()
    return text


def fetch_page(
    session: Session,
    statement: Select[Any],
    order: Order,
    make_row: Callable[..., T],
    token: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[T]:
    """The page of `statement`'s rows that `token` names (None: the first), each made by ``make_row(*columns)``.

    Raises Invalid for a token that does not belong to this order.
    """
    cursor = Cursor.decode(token, order) if token else None
    keyed = statement.add_columns(order.column.label("sort_value"), order.id.label("sort_id"))
    backwards = cursor is not None and cursor.backwards
    found: list[Any] = []
    for segment in _segments(keyed, order, cursor):
        if len(found) <= size:
            found += session.execute(segment.limit(size + 1 - len(found))).all()
    is_more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    before = _key(found[0], backwards=True) if found else None
    after = _key(found[-1], backwards=False) if found else None
    return Page(
        rows=tuple(make_row(*row[:-2]) for row in found),
        next=after if is_more or backwards else None,
        previous=before if (is_more if backwards else cursor is not None) else None,
    )


def _key(row: Any, backwards: bool) -> str:
    value, id_ = row[-2:]
    return Cursor(value, id_, backwards).encode()


def _segments(statement: Select[Any], order: Order, cursor: Cursor | None) -> Iterator[Select[Any]]:
    """The rows beyond the cursor in the direction of travel: those with a value and those without, each in order.

    Two plain index ranges instead of one condition with OR, which databases do not answer from an index.
    """
    backwards = cursor is not None and cursor.backwards
    parts = [_with_value(statement, order, cursor)]
    if order.nullable:
        parts.append(_without_value(statement, order, cursor))
    for part in reversed(parts) if backwards else parts:
        if part is not None:
            yield part


def _with_value(statement: Select[Any], order: Order, cursor: Cursor | None) -> Select[Any] | None:
    backwards = cursor is not None and cursor.backwards
    if cursor is not None and cursor.value is None and not backwards:
        return None  # already among the rows without a value
    downwards = order.descending != backwards
    if order.nullable:
        statement = statement.where(order.column.is_not(None))
    if cursor is not None and cursor.value is not None:
        key = tuple_(order.column, order.id)
        bound = (cursor.value, cursor.id)
        statement = statement.where(key < bound if downwards else key > bound)
    columns: tuple[ColumnElement[Any], ...] = (order.column.desc(), order.id.desc())
    return statement.order_by(*(columns if downwards else (order.column, order.id)))


def _without_value(statement: Select[Any], order: Order, cursor: Cursor | None) -> Select[Any] | None:
    backwards = cursor is not None and cursor.backwards
    if backwards and cursor is not None and cursor.value is not None:
        return None  # already above the rows without a value
    downwards = order.descending != backwards
    statement = statement.where(order.column.is_(None))
    if cursor is not None and cursor.value is None:
        statement = statement.where(order.id < cursor.id if downwards else order.id > cursor.id)
    return statement.order_by(order.id.desc() if downwards else order.id)


def count_up_to(session: Session, statement: Select[Any], limit: int) -> int:
    """How many rows `statement` has, counted no further than `limit`: a list need not know more to say "many"."""
    return count_each_up_to(session, [statement], limit)[0]


def count_each_up_to(session: Session, statements: Iterable[Select[Any]], limit: int) -> list[int]:
    """`count_up_to` of several, asked for at once."""
    some = (each.limit(limit).subquery() for each in statements)
    counts = (select(func.count()).select_from(each).scalar_subquery() for each in some)
    return list(session.execute(select(*counts)).one())
