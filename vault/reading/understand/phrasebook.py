"""Vocabularies kept as data files, so that a new wording needs no change of code."""

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import TypeVar

from vault.reading.understand.vocabulary import Vocabulary

M = TypeVar("M")


def load_vocabulary(name: str, meaning: Callable[[str], M]) -> Vocabulary[M]:
    """The phrases of ``data/name.toml``; `meaning` turns a key of the file into what its phrases mean.

    The file's `words` may be used in its phrases as ``{word}``. Raises KeyError or ValueError for a file that does
    not fit.
    """
    data = tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))
    words: Mapping[str, str] = data.get("words", {})
    return Vocabulary(
        {meaning(key): [_fill(each, words) for each in written] for key, written in data["phrases"].items()}
    )


def _fill(phrase: str, words: Mapping[str, str]) -> str:
    for name, choices in words.items():
        phrase = phrase.replace(f"{{{name}}}", choices)
    return phrase
