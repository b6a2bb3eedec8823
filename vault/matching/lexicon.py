"""The words that mean the same in several languages or in an invoice's short form, from data/lexicon.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`canonical` maps a folded word to the one that stands for it; the other sets hold canonical words."""

    canonical: Mapping[str, str]
    colours: frozenset[str]
    stopwords: frozenset[str]
    variants: frozenset[str]

    def translate(self, words: Iterable[str]) -> list[str]:
        """The canonical words, in the same order."""
        return [self.canonical.get(word, word) for word in words]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    tables = tomllib.loads(resources.files("vault.matching").joinpath("data/lexicon.toml").read_text("utf-8"))
    groups: dict[str, str] = {**tables["same"], **tables["colours"]}
    canonical = {word: name for name, forms in groups.items() for word in forms.split()}
    return Lexicon(
        canonical=MappingProxyType(canonical),
        colours=frozenset(tables["colours"]),
        stopwords=frozenset(tables["stopwords"].split()),
        variants=frozenset(tables["variants"].split()),
    )
