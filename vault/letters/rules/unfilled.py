"""Is anything still to be filled in? Source: good practice; an unfinished letter costs the first impression."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.gaps import find_gaps
from vault.rules.book import CheckRule

# What people and templates leave behind instead of a word.
_LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|(?<!\w)(?:TODO|TBD|XXX+|xxx+)(?!\w)|_{4,}|\?{3,}|\.{5,}|<[a-z][a-z _-]{2,30}>"
)


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    for gap in find_gaps(draft.text):
        yield Remark(
            *gap.span(),
            Message(N_("Still missing: %(what)s."), {"what": gap[1] or "…"}),
            Message(N_("Fill it in, or take the sentence out if it does not apply.")),
        )
    for match in _LEFT_OVER.finditer(draft.text):
        yield Remark(
            *match.span(),
            Message(N_("“%(text)s” was left over from a template or a draft."), {"text": match.group()}),
            Message(N_("Write what belongs here, or take it out.")),
        )
