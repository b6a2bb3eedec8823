"""A letter as the rules see it, and what a rule says about it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property

from vault.domain.message import Message
from vault.letters.facts import AuditFacts, EvidenceItem, LetterKind, SupplierFacts, Surroundings

_SENTENCE = re.compile(r"[^\n]+?(?:(?<!\b\d)(?<!\b\d\d)[.!?](?=\s)|(?=\n)|$)")
_ASIN = re.compile(r"(?<![A-Za-z0-9])B0[0-9A-Z]{8}(?![A-Za-z0-9])")
_ORDER = re.compile(r"(?<![\w-])\d{3}-\d{7}-\d{7}(?![\w-])")
_ACCENTS = "[\u0300-\u036f]*"
_SIGNS = str.maketrans({"’": "'", "‘": "'", "´": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say about the characters `start` … `end` of a letter. `is_mild`: a warning in any case."""

    start: int
    end: int
    message: Message
    advice: Message
    is_mild: bool = False


@dataclass(frozen=True)
class Draft:
    """The text of a letter with what it is about. `language` is one of `vault.letters.facts.LANGUAGES`."""

    text: str
    kind: LetterKind
    language: str
    facts: AuditFacts | SupplierFacts
    around: Surroundings = Surroundings()

    @cached_property
    def plain(self) -> str:
        """The text in lower case without accents; every character stays at its place."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where each sentence, heading or item of a list begins and ends."""
        return tuple(match.span() for match in _SENTENCE.finditer(self.text))

    @property
    def answer(self) -> AuditFacts | None:
        """The facts of an answer to Amazon; None for every other letter."""
        return self.facts if isinstance(self.facts, AuditFacts) and self.kind is LetterKind.ANSWER else None

    @property
    def evidence(self) -> tuple[EvidenceItem, ...]:
        """The papers in the bundle; none go with other letters."""
        return self.answer.evidence if self.answer else ()

    @property
    def own_asins(self) -> frozenset[str]:
        return frozenset(product.asin for product in self.facts.products)

    @property
    def own_orders(self) -> frozenset[str]:
        return frozenset(self.facts.order_ids) if isinstance(self.facts, AuditFacts) else frozenset()

    def asins(self) -> Iterator[re.Match[str]]:
        """Every ASIN that the text names."""
        return _ASIN.finditer(self.text)

    def orders(self) -> Iterator[re.Match[str]]:
        """Every order number that the text names."""
        return _ORDER.finditer(self.text)

    @cached_property
    def given(self) -> str:
        """All that the facts themselves say, in lower case without accents: names and titles are as they are."""
        return fold("\n".join(_texts(self.facts)))

    @cached_property
    def without_names(self) -> str:
        """The text with the names of the bundle's files and all order numbers blanked out, each character in its place."""
        text = self.text
        # One by one: a bundle may have a thousand files, and one pattern of all their names is far slower.
        for name in sorted({item.filename for item in self.evidence if item.filename}, key=len, reverse=True):
            text = text.replace(name, " " * len(name))
        return _ORDER.sub(lambda match: " " * len(match.group()), text)


def fold(text: str) -> str:
    """Lower case without accents, as many characters as before."""
    text = text.translate(_SIGNS)
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def name_pattern(name: str) -> str:
    """What finds a name in a folded text: also where an accent is a sign of its own, and where a line ends within it."""
    words = fold(unicodedata.normalize("NFC", name)).split()
    return r"\s+".join("".join(re.escape(letter) + _ACCENTS for letter in word) for word in words)


def _fold(letter: str) -> str:
    return letter.lower() if letter.isascii() else unicodedata.normalize("NFKD", letter)[0].lower()[0]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _texts(getattr(value, item.name))
