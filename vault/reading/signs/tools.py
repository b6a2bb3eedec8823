"""Which programs a file went through, and when: what it says of itself. The programs are data: ``data/editing_tools.toml``."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

from vault.domain.readings import Sign, SignKind

_MUCH_LATER = timedelta(minutes=10)
"""Senders' software may write a file in several steps."""
_DATE = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:([+\-])(\d\d)'?(\d\d)?)?")


@dataclass(frozen=True, slots=True)
class _Tools:
    """`always` names programs that only edit, `changing` those that make new files as well."""

    always: re.Pattern[str]
    changing: re.Pattern[str]


@cache
def _tools() -> _Tools:
    read = tomllib.loads((files(__package__) / "data" / "editing_tools.toml").read_text("utf-8"))["tools"]
    names = {
        needs: [name for tool in read if tool["needs_change"] is needs for name in tool["names"]]
        for needs in (False, True)
    }
    return _Tools(_any_of(names[False]), _any_of(names[True]))


def _any_of(names: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}" for name in names), re.IGNORECASE)


def signs_in_metadata(said: Mapping[str, str]) -> Iterator[Sign]:
    """Signs in a PDF's ``Producer``, ``Creator``, ``CreationDate`` and ``ModDate``."""
    made, saved = (_moment(said.get(name, "")) for name in ("CreationDate", "ModDate"))
    is_later = made is not None and saved is not None and saved - made > _MUCH_LATER
    producer, creator = said.get("Producer", ""), said.get("Creator", "")
    # LibreOffice calls the part that opens finished PDFs by one word.
    names = (f"LibreOffice {creator}" if creator == "Draw" and "Office" in producer else creator, producer)
    tool = next((name for name in names if is_editing_tool(name, is_later=is_later)), "")
    if tool:
        yield Sign(SignKind.EDITING_TOOL, tool, creator if tool == producer else producer)
    if is_later and made and saved:
        yield Sign(SignKind.SAVED_LATER, f"{saved:%Y-%m-%d %H:%M}", f"{made:%Y-%m-%d %H:%M}")


def is_editing_tool(name: str, *, is_later: bool = False) -> bool:
    """Whether a program of this name edits what others made. `is_later`: the file was saved again after it was made."""
    tools = _tools()
    return bool(tools.always.search(name) or (is_later and tools.changing.search(name)))


def _moment(text: str) -> datetime | None:
    """``D:20260131120000+01'00'``; without a zone it is taken for UTC."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        there = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
        return there - away
    except (ValueError, OverflowError):
        return None
