"""Does the letter shout? Source: guide (calm)."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark, fold
from vault.rules.book import CheckRule

_CAPITALS = re.compile(r"(?<![\w.@/-])[^\W\d_a-z]{2,}(?:[ '’-]+[^\W\d_a-z]{2,})*(?![\w@/-])")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    """`letters`: from so many on, one word in capitals is loud; `words`: so many in a row are, however short."""
    for match in re.finditer(r"!+", draft.without_names):
        yield Remark(
            *match.span(),
            Message(N_("An exclamation mark sounds loud.")),
            Message(N_("End the sentence with a full stop.")),
        )
    for match in _CAPITALS.finditer(draft.without_names):
        if match.group().isupper() and _is_loud(match.group(), draft, rule):
            yield Remark(
                *match.span(), Message(N_("Words in capitals sound loud.")), Message(N_("Write them in small letters."))
            )


def _is_loud(words: str, draft: Draft, rule: CheckRule) -> bool:
    own = [word for word in re.split(r"[ '’-]+", words) if not _is_given(word, draft, rule)]
    return len(own) >= rule.number("words") or any(len(word) >= rule.number("letters") for word in own)


def _is_given(word: str, draft: Draft, rule: CheckRule) -> bool:
    """An abbreviation, or a name or title that is written so."""
    return word in rule.words("abbreviations") or fold(word) in draft.given
