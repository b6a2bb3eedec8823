"""What the list pages share: filters and pages in the address, so that every view can be kept and sent around."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import request

from vault.db.queries.keyset import Page


def chosen(name: str, allowed: Iterable[str]) -> str:
    """The filter `name` of the address; empty where it is missing or none of `allowed`."""
    value = request.args.get(name, "")
    return value if value in set(allowed) else ""


def day_of(name: str) -> date | None:
    """The day that the filter `name` gives, None where it is missing or none."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def number_of(name: str) -> int | None:
    """The number that `name` gives in the address, None where it is missing or none that a database could hold."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number < 2**63 else None


def page_addresses(page: Page[Any]) -> dict[str, str | None]:
    """Where the pages before and after are: ``{"previous", "next"}``, None at the ends."""
    return {
        "previous": with_filters(at=page.previous) if page.previous else None,
        "next": with_filters(at=page.next) if page.next else None,
    }


def with_filters(**changes: str | None) -> str:
    """The address of this list with the filters it has, some of them changed; it starts at the first page."""
    kept = {name: value for name, value in request.args.items() if value and name != "at"}
    wanted = {name: value for name, value in {**kept, **changes}.items() if value}
    return f"{request.path}?{urlencode(wanted)}" if wanted else request.path
