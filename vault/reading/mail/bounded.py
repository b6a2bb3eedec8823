"""Taking a mail apart that a stranger wrote: the parser is stopped as soon as a mail has more parts than any that is sent.

Each line is held against the boundaries of all parts around it, and each header costs more than in proportion to its
length: what has few lines, is not deep, and has neither many parts nor long headers is taken apart within two seconds.
"""

from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy, Policy
from functools import cache
from typing import Any, cast

from vault.sandbox.refusals import unreadable

MOST_PARTS = 120
DEEPEST = 15
"""Parts within parts, and mails within mails; mail programs make four or five."""
LARGEST = 50_000_000
"""Bytes: what the most generous mail servers take."""
MOST_LINES = 750_000
"""So many has the largest mail, whose attachments are in lines of 76 characters."""
LONGEST_HEADER = 2_000
"""Characters of one; what follows is cut off."""
_LONGEST_DESCRIPTION = 1_000
"""The same, of a header that says what a part is. It is looked at for every part."""


def parse_within_bounds(data: bytes) -> EmailMessage:
    """Raises Unreadable ``too_many_parts``."""
    if len(data) > LARGEST or data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > MOST_LINES:
        raise unreadable("too_many_parts")
    count = 0

    def counted(policy: Policy | None = None) -> _Part:
        nonlocal count
        count += 1
        if count > MOST_PARTS:
            raise unreadable("too_many_parts")
        return _Part(policy)

    # A header is asked for again and again: taken apart once, it is kept.
    rules = _ShortHeaders(message_factory=counted, header_factory=cache(HeaderRegistry()))
    return cast(EmailMessage, BytesParser(policy=rules).parsebytes(data))  # each is made by `counted`


class _Part(EmailMessage):
    """A part that knows how deep in the mail it is."""

    def __init__(self, policy: Policy | None = None) -> None:
        super().__init__(policy)
        self._depth = 0

    def attach(self, payload: Any) -> None:
        """Raises Unreadable ``too_many_parts``."""
        if isinstance(payload, _Part):
            payload._depth = self._depth + 1
            if payload._depth > DEEPEST:
                raise unreadable("too_many_parts")
        super().attach(payload)


class _ShortHeaders(EmailPolicy):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, Any]:
        name, value = super().header_source_parse(sourcelines)
        is_description = name.lower().startswith("content-")
        return name, value[: _LONGEST_DESCRIPTION if is_description else LONGEST_HEADER]
