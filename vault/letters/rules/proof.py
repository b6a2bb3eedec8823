"""Has every product its proof, and is every paper in the bundle spoken of? Source: guide (point by point with proof)."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark, fold
from vault.rules.book import CheckRule


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    if draft.answer is None:
        return
    proven = {asin for item in draft.evidence for asin in item.asins}
    for asin in sorted(draft.own_asins - proven):
        for match in re.finditer(rf"(?<!\w){re.escape(asin)}(?!\w)", draft.text):
            yield Remark(
                *match.span(),
                Message(N_("Nothing in the bundle proves anything about %(asin)s."), {"asin": asin}),
                Message(N_("Add a document for this product, or ask its supplier for one.")),
            )
    yield from _unnamed(draft)


def _unnamed(draft: Draft) -> Iterator[Remark]:
    end = len(draft.text)
    for asin in sorted(asin for asin in draft.own_asins if asin not in draft.text):
        yield Remark(
            end,
            end,
            Message(N_("The letter does not speak of %(asin)s, which Amazon asks about."), {"asin": asin}),
            Message(N_("Answer for this product too.")),
        )
    for item in draft.evidence:
        if fold(item.filename) not in draft.plain:
            yield Remark(
                end,
                end,
                Message(N_("%(file)s is in the bundle, but the letter does not mention it."), {"file": item.filename}),
                Message(N_("Say what it proves, or take it out of the bundle.")),
                is_mild=True,
            )
