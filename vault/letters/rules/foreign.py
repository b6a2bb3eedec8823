"""Are there products or orders that the audit is not about? Source: guide (the evidence of this audit and nothing else)."""

from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    advice = Message(N_("Take it out: what Amazon did not ask about only raises new questions."))
    for match in draft.asins():
        if match.group() not in draft.own_asins:
            message = Message(N_("The product %(asin)s is not part of this audit."), {"asin": match.group()})
            yield Remark(*match.span(), message, advice)
    for match in draft.orders():
        if match.group() not in draft.own_orders:
            message = Message(N_("The order %(order)s is not part of this audit."), {"order": match.group()})
            yield Remark(*match.span(), message, advice)
