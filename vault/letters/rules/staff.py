"""Are people named who need not be? Source: guide (nothing about staff)."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark, name_pattern
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    signer = name_pattern(draft.facts.signer.name)
    for name in sorted({name_pattern(each) for each in draft.around.staff}):
        if not name or name == signer:
            continue
        for match in re.finditer(rf"(?<!\w){name}(?!\w)", draft.plain):
            yield Remark(
                *match.span(),
                Message(N_("This names somebody of your staff.")),
                Message(N_("Write what the person does (“our purchasing manager”) instead of the name.")),
            )
