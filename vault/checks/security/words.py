"""The words of the rule book that have to be words of the product."""

from enum import StrEnum
from typing import TypeVar

from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.rules.book import CheckRule

Word = TypeVar("Word", bound=StrEnum)


def known_words(rule: CheckRule, name: str, kind: type[Word]) -> tuple[Word, ...]:
    """The list `name` of the rule. Raises Misconfigured for a word that is none of `kind`."""
    for word in rule.words(name):
        if word not in set(kind):
            raise Misconfigured(
                N_("The rule book gives “%(word)s” among the %(name)s of %(check)s, which does not exist. Correct it."),
                word=word,
                name=name,
                check=rule.check,
            )
    return tuple(kind(word) for word in rule.words(name))
