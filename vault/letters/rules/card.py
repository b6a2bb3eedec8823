"""Is there a payment card in the letter? Known by its check digit. Source: guide (no personal data beyond need)."""

import re
from collections.abc import Iterator

from stdnum import luhn

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.rules.book import CheckRule

# The first digits of the card schemes; other numbers of this length are shipments and articles.
_CARD = re.compile(r"(?<![\w-])(?:4|5[1-5]|2[2-7]|3[47]|6[05])\d*(?:[ -]?\d){11,16}(?![\w-])")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    for match in _CARD.finditer(draft.without_names):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) == (15 if digits[0] == "3" else 16) and luhn.is_valid(digits) and len(set(digits)) > 1:
            yield Remark(
                *match.span(),
                Message(N_("This is the number of a payment card.")),
                Message(N_("Take it out: no answer to Amazon needs it.")),
            )
