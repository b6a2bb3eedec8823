"""Does the letter beg, or speak of feelings instead of facts? Source: guide (no emotion)."""

from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    for match in phrases("emotion").find(draft):
        yield Remark(
            *match.span(),
            Message(N_("This speaks of feelings, or begs.")),
            Message(N_("Put a fact in its place: what happened, what was done, what proves it.")),
        )
