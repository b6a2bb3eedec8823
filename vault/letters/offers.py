"""Points of an answer as they can be offered before anybody has written one: what was asked for, and that it is attached."""

import tomllib
from importlib import resources

from vault.domain.audits import Request

# What is offered where a language has no sentences of its own.
_FALLBACK = "en"


def offered_point(request: Request, language: str) -> tuple[str, str] | None:
    """The point and its answer, in the language of the audit; None for what only people can answer."""
    sentences = tomllib.loads((resources.files("vault.letters") / "data" / "points.toml").read_text("utf-8"))
    found = sentences.get(language, sentences[_FALLBACK]).get(request.value)
    return (found[0], found[1]) if found else None
