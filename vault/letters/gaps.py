"""Gaps: what a letter still lacks, marked so that nobody can overlook it."""

import re
from collections.abc import Iterator

# What stands in front of the name of what is missing, by language.
_MARKS = {
    "en": "to be filled",
    "de": "zu ergänzen",
    "fr": "à compléter",
    "it": "da completare",
    "es": "por completar",
}
_GAP = re.compile(rf"\[(?:{'|'.join(_MARKS.values())})(?:: ([^\[\]\n]{{0,200}}))?\]")


def gap(language: str, name: str = "") -> str:
    """``[to be filled: root cause]`` in the language of the letter; `name` is in that language already."""
    return f"[{_MARKS[language]}: {name}]" if name else f"[{_MARKS[language]}]"


def find_gaps(text: str) -> Iterator[re.Match[str]]:
    """Every gap, of whatever language; its first group is the name of what is missing."""
    return _GAP.finditer(text)
