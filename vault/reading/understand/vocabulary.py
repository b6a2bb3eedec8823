"""Finding known phrases in a line of print, whatever the case, the accents and the punctuation.

A vocabulary is a table from a meaning to the phrases that announce it. Phrases may hold choices: ``a (b|c) d`` stands
for "a b d" and "a c d", an empty choice for nothing. Matching goes by whole words, the longest phrase first. On scanned
pages one wrong letter in a long word is forgiven.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

M = TypeVar("M")

_TOKEN = re.compile(r"[^\W_]+|[#%№°ºª]")
_CHOICE = re.compile(r"\(([^()]*)\)")
_FORGIVING_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Phrase(Generic[M]):
    """A phrase found in a text, at the characters `start` … `end`. `exact` is False where a letter was forgiven."""

    meaning: M
    start: int
    end: int
    exact: bool = True


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents: ``Número`` and ``NUMERO`` become ``numero``."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


class Vocabulary(Generic[M]):
    """Phrases compiled for lookup; immutable once made."""

    def __init__(self, phrases: Mapping[M, Iterable[str]]) -> None:
        """Where two meanings claim a phrase, the first one keeps it."""
        meanings: dict[tuple[str, ...], M] = {}
        for meaning, written in phrases.items():
            for phrase in written:
                for plain in _expand(phrase):
                    meanings.setdefault(tuple(token for token, _, _ in _tokens(plain)), meaning)
        self._meanings = {words: meaning for words, meaning in meanings.items() if words}
        self._longest: dict[str, int] = {}
        for words in self._meanings:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
        self._words = frozenset(word for words in self._meanings for word in words)
        long_words = [word for word in self._words if len(word) >= _FORGIVING_LENGTH]
        self._one_short = {word[:place] + word[place + 1 :]: word for word in long_words for place in range(len(word))}
        self._one_wrong = {
            (place, word[:place] + word[place + 1 :]): word for word in long_words for place in range(len(word))
        }

    def find(self, text: str, forgiving: bool = False) -> list[Phrase[M]]:
        """All phrases of the text from left to right; none overlap."""
        tokens = list(_tokens(text))
        spelt = [self._correct(token) if forgiving else token for token, _, _ in tokens]
        found: list[Phrase[M]] = []
        index = 0
        while index < len(tokens):
            length = self._length_at(spelt, index)
            if length:
                last = index + length - 1
                exact = all(spelt[place] == tokens[place][0] for place in range(index, last + 1))
                meaning = self._meanings[tuple(spelt[index : last + 1])]
                found.append(Phrase(meaning, tokens[index][1], tokens[last][2], exact))
            index += length or 1
        return found

    def _length_at(self, words: list[str], index: int) -> int:
        longest = min(self._longest.get(words[index], 0), len(words) - index)
        for length in range(longest, 0, -1):
            if tuple(words[index : index + length]) in self._meanings:
                return length
        return 0

    def _correct(self, token: str) -> str:
        """The known word from which the token differs by one letter wrong, missing or too many; or the token itself."""
        if len(token) < _FORGIVING_LENGTH or token in self._words or token.isdigit():
            return token
        shorter = [(place, token[:place] + token[place + 1 :]) for place in range(len(token))]
        candidates = [self._one_wrong.get(cut) for cut in shorter]
        candidates.append(self._one_short.get(token))
        candidates += [rest if rest in self._words and len(rest) >= _FORGIVING_LENGTH else None for _, rest in shorter]
        return next((word for word in candidates if word is not None), token)


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text):
        yield fold(match.group()), match.start(), match.end()


def _expand(phrase: str) -> Iterator[str]:
    """All plain phrases that a phrase with choices stands for."""
    match = _CHOICE.search(phrase)
    if match is None:
        yield phrase
        return
    for choice in match.group(1).split("|"):
        yield from _expand(phrase[: match.start()] + choice + phrase[match.end() :])
