"""Are there numbers of identity papers in the letter? Source: guide (no personal data beyond need)."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule

_NUMBER = re.compile(r"\W{0,5}([A-Z0-9](?:[ /-]?[A-Z0-9]){5,14})(?![A-Za-z])")
_FEWEST_DIGITS = 4
_MACHINE_READABLE = re.compile(r"[PI][A-Z<][A-Z<]{3}[A-Z0-9<]{10,40}")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    advice = Message(N_("Take it out. The paper itself is in the bundle where Amazon asks for it."))
    for label in phrases("identity").find(draft):
        number = _NUMBER.match(draft.text, label.end())
        if number and sum(letter.isdigit() for letter in number[1]) >= _FEWEST_DIGITS:
            yield Remark(*number.span(1), Message(N_("This is the number of an identity paper.")), advice)
    for match in _MACHINE_READABLE.finditer(draft.text):
        if "<<" in match.group():
            yield Remark(*match.span(), Message(N_("This is the number of an identity paper.")), advice)
