"""Does the letter threaten, with lawyers or with the public? Source: guide (calm and factual)."""

from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    for match in phrases("threat").find(draft):
        yield Remark(
            *match.span(),
            Message(N_("This reads as a threat.")),
            Message(N_("Take it out. Whoever wants a lawyer asks one first, and lets the lawyer write.")),
        )
