"""Is there a plan of action where only papers were asked for? Source: policy (a reason to refuse the answer)."""

from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    if draft.answer is None or draft.answer.wants_plan:
        return
    for match in phrases("plan").find(draft):
        yield Remark(
            *match.span(),
            Message(N_("The notice asks for papers, not for a plan of action.")),
            Message(N_("Leave the plan out: an answer to something else than was asked is often refused.")),
        )
