"""Which filter of a list finds its rows, and which only try them.

A list has several filters and an order, and only one index can lead. Counting each filter, no further than `RARE`,
costs little and tells which way is short: to find the rows of the rarest filter and sort those, or to walk down the
list in its order and take what passes. Databases guess at this; SQLite, which keeps no histogram, guesses badly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from vault.db.queries.keyset import Order, count_up_to
from vault.db.queries.unindexed import unindexed

# So many rows are found and sorted in a few milliseconds. A filter that passes more passes one in a few.
RARE = 2000


@dataclass(frozen=True, slots=True)
class Sieve:
    """One filter, written in two ways that pass the same rows: to `find` the list's rows by index, or to `test` a row.

    `counted`: the rows it finds, as a statement to count. `sort`: the order in which its index gives them, if any.
    """

    find: ColumnElement[bool]
    test: ColumnElement[bool]
    counted: Select[Any]
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The conditions and the order to ask with. `count`: how many rows pass, None where counting costs too much."""

    conditions: tuple[ColumnElement[bool], ...]
    order: Order
    count: int | None


def plan(session: Session, whole: Sieve, sieves: Sequence[Sieve], sort: str, order: Order) -> Plan:
    """The shortest way to the rows that all `sieves` pass, in `order`, which is the one called `sort`.

    `whole` passes the list without any filter. A count of `RARE` means that many or more.
    """
    counts = [count_up_to(session, sieve.counted, RARE) for sieve in sieves]
    ranked = sorted(range(len(sieves)), key=lambda index: counts[index])
    leading = [index for index in ranked if counts[index] < RARE or sieves[index].sort == sort]
    if not leading:
        count = None if sieves else count_up_to(session, whole.counted, RARE)
        return Plan((whole.find, *(sieve.test for sieve in sieves)), order, count)
    leader = leading[0]
    conditions = tuple(sieve.find if index == leader else sieve.test for index, sieve in enumerate(sieves))
    if sieves[leader].sort != sort:
        order = replace(order, column=unindexed(session, order.column))
    if len(sieves) == 1:
        return Plan(conditions, order, counts[leader])
    passing = select(order.id).where(*conditions)
    return Plan(conditions, order, count_up_to(session, passing, RARE) if counts[leader] < RARE else None)
