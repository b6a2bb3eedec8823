"""Does the letter accuse Amazon or the buyer? Source: guide (no accusation)."""

from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    for match in phrases("accusation").find(draft):
        yield Remark(
            *match.span(),
            Message(N_("This can be read as an accusation.")),
            Message(N_("Say what happened and what proves it, without judging Amazon or the buyer.")),
        )
