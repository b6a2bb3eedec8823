"""Wordings that rules look for, kept as data with their source: ``data/<rule>.toml``.

In a phrase, ``(a|b|)`` stands for "a", "b" or nothing, ``word*`` for every ending of a word, ``*word`` for every
beginning, and ``...`` for up to three words between. Case, accents and punctuation do not count.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from vault.domain.papers import PaperKind
from vault.letters.draft import Draft, fold
from vault.letters.facts import LANGUAGES

_CHOICE = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"\*?\w+\*?|\.\.\.")
_BETWEEN = r"\W{1,3}"
_SOME_WORDS = r"(?:\W{1,3}\w{1,30}){0,3}?"


@dataclass(frozen=True, slots=True)
class Phrases:
    """One list of wordings in every language. What is found may be none of `exceptions`."""

    source: str
    patterns: Mapping[str, re.Pattern[str]]
    exceptions: frozenset[str] = frozenset()

    def find(self, draft: Draft, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The wordings of the draft's language between two places of its text, from left to right."""
        pattern = self.patterns[draft.language]
        for match in pattern.finditer(draft.plain, start, len(draft.plain) if end is None else end):
            if match.group().split()[-1] not in self.exceptions:
                yield match


@cache
def phrases(name: str, section: str = "phrases") -> Phrases:
    """The list `section` of ``data/name.toml``. Raises KeyError where a language is missing."""
    table = _table(name)
    exceptions = frozenset(fold(word) for word in table.get("exceptions", ()))
    return Phrases(
        table["source"], {language: compiled(table[section][language]) for language in LANGUAGES}, exceptions
    )


def sections(name: str) -> tuple[str, ...]:
    """The names of the lists in ``data/name.toml``, in their order."""
    return tuple(key for key, value in _table(name).items() if isinstance(value, dict))


def papers(name: str, section: str) -> frozenset[PaperKind]:
    """The kinds of papers that the wordings of a list can mean."""
    return frozenset(map(PaperKind, _table(name)[section]["papers"]))


def compiled(written: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all these phrases, to be sought in folded text; where several fit, the longest."""
    plain = {each for phrase in written for each in _expand(fold(phrase))}
    choices = [_pattern(phrase) for phrase in sorted(plain, key=lambda each: (-len(each), each))]
    # Most words of a letter begin like no phrase: they are passed over without trying each of them.
    beginnings = "".join(sorted({each[:2] if each[0] == "\\" else each[0] for each in choices}))
    return re.compile(rf"(?=[{beginnings}])(?<!\w)(?:{'|'.join(choices)})(?!\w)")


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("vault.letters") / "data" / f"{name}.toml").read_text("utf-8"))


def _pattern(phrase: str) -> str:
    written = ""
    for word in _WORD.findall(phrase):
        if word == "...":
            written += _SOME_WORDS
            continue
        written += (_BETWEEN if written else "") + word.replace("*", r"\w*")
    return written


def _expand(phrase: str) -> Iterator[str]:
    match = _CHOICE.search(phrase)
    if match is None:
        yield phrase
        return
    for choice in match.group(1).split("|"):
        yield from _expand(phrase[: match.start()] + choice + phrase[match.end() :])
