"""Does the letter speak of other seller accounts? Source: guide (nothing about other accounts)."""

import re
from collections.abc import Iterator

from vault.domain.audits import AuditKind
from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark, fold, name_pattern
from vault.letters.facts import AuditFacts
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    """In an audit about linked accounts, those may be named that Amazon itself speaks of."""
    audit = draft.facts if isinstance(draft.facts, AuditFacts) else None
    asked = frozenset(map(fold, audit.related_accounts)) if audit else frozenset()
    advice = Message(N_("Take it out: another account is no part of this answer, and ties the two together."))
    for name in sorted(draft.around.other_accounts):
        if fold(name) in asked or not name.strip():
            continue
        for match in re.finditer(rf"(?<!\w){name_pattern(name)}(?!\w)", draft.plain):
            yield Remark(*match.span(), Message(N_("This names another seller account.")), advice)
    if audit is None or audit.kind is AuditKind.LINKED_ACCOUNTS:
        return
    for match in phrases("other_accounts").find(draft):
        yield Remark(*match.span(), Message(N_("This speaks of another seller account.")), advice)
