"""Are there promises in place of acts? Source: guide (no promise in place of an act)."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule

_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\D{1,14}20\d\d|\w{3,10} \d{1,2}, 20\d\d")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    """A promise with its date is none of them. As many others pass as dated acts stand beside them."""
    acts = sum(1 for action in draft.answer.actions if action.done_on) if draft.answer else 0
    promises = [match for start, end in draft.sentences for match in _undated(draft, start, end)]
    for match in promises[acts:]:
        yield Remark(
            *match.span(),
            Message(N_("This promises something instead of saying what was done.")),
            Message(N_("Do it first and write what was done and on which day, or name the day by which it is done.")),
        )


def _undated(draft: Draft, start: int, end: int) -> list[re.Match[str]]:
    """The promises of a sentence that names no day."""
    promises = list(phrases("promise").find(draft, start, end))
    return [] if promises and _DATE.search(draft.text, start, end) else promises
