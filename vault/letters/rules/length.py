"""Is the letter short enough to be read? Source: good practice."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.rules.book import CheckRule

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ITEM = re.compile(r"\s*(?:[-*•]|ASIN\b)")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    """`<kind of letter>_words`: the most words of a letter, its lists of documents left out; `sentence_words`."""
    yield from _long_sentences(draft, rule.number("sentence_words"))
    most = rule.number(f"{draft.kind}_words")
    count = 0
    for start, end in draft.sentences:
        if _ITEM.match(draft.text, start, end):
            continue
        count += len(_WORD.findall(draft.text, start, end))
        if count > most:
            yield Remark(
                start,
                len(draft.text),
                Message(N_("From here on the letter is longer than %(words)s words."), {"words": str(most)}),
                Message(N_("Leave out what answers no question of the notice.")),
            )
            return


def _long_sentences(draft: Draft, most: int) -> Iterator[Remark]:
    for start, end in draft.sentences:
        if not _ITEM.match(draft.text, start, end) and len(_WORD.findall(draft.text, start, end)) > most:
            yield Remark(
                start,
                end,
                Message(N_("This sentence has more than %(words)s words."), {"words": str(most)}),
                Message(N_("Make two of it.")),
                is_mild=True,
            )
