"""Are there numbers of identity papers in the letter? Source: guide (no personal data beyond need)."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.named import bare, numbers_in
from vault.rules.book import CheckRule

_MACHINE_READABLE = re.compile(r"[PI][A-Z<][A-Z<]{3}[A-Z0-9<]{10,40}")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    """The business's own numbers are no person's."""
    advice = Message(N_("Take it out. The paper itself is in the bundle where Amazon asks for it."))
    own = frozenset(map(bare, draft.around.numbers))
    for start, end in numbers_in(draft.text, draft.plain, draft.language):
        if bare(draft.text[start:end]) not in own:
            yield Remark(start, end, Message(N_("This is the number of an identity paper.")), advice)
    for match in _MACHINE_READABLE.finditer(draft.text):
        if "<<" in match.group():
            yield Remark(*match.span(), Message(N_("This is the number of an identity paper.")), advice)
