"""The wordings of notices, from data files of one language each. All languages are looked for in every notice."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from vault.domain.audits import AuditKind, Request
from vault.reading.understand.vocabulary import Vocabulary

M = TypeVar("M")

LANGUAGES = ("en", "de", "fr", "it", "es")


class NoticeLabel(StrEnum):
    """What announces a value: "ASIN:", "Fallnummer", "Numéro de dossier"."""

    ASIN = "asin"
    SKU = "sku"
    BRAND = "brand"
    CASE = "case"
    COMPLAINT = "complaint"
    DATE = "date"


class Cue(StrEnum):
    """What the words around a number or a date say about it.

    `WITHIN` 72 hours; `UNTIL` 14 March; of the `PAST` 365 days; Amazon's `OWN` time; what hangs on an answer: `URGE`;
    `LEAST`: at least so many.
    """

    WITHIN = "within"
    UNTIL = "until"
    PAST = "past"
    OWN = "own"
    URGE = "urge"
    LEAST = "least"


class Unit(StrEnum):
    """What is counted."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    WEEKS = "weeks"
    MONTHS = "months"
    PIECES = "pieces"


@dataclass(frozen=True, slots=True)
class Wording:
    """That a phrase speaks for a kind, and how strongly."""

    kind: AuditKind
    weight: float


@dataclass(frozen=True, slots=True)
class Phrasebook:
    kinds: Vocabulary[Wording]
    requests: Vocabulary[Request]
    labels: Vocabulary[NoticeLabel]
    cues: Vocabulary[Cue]
    units: Vocabulary[Unit]
    numbers: Mapping[str, int]


_WEIGHTS = {"strong": 3.0, "plain": 1.5, "weak": 0.5}


@cache
def phrasebook() -> Phrasebook:
    """The phrases of all languages, read once. Raises KeyError or ValueError for a file that does not fit."""
    tables = [_table(language) for language in LANGUAGES]
    return Phrasebook(
        kinds=_kinds(tables),
        requests=_vocabulary(tables, "requests", Request),
        labels=_vocabulary(tables, "labels", NoticeLabel),
        cues=_vocabulary(tables, "cues", Cue),
        units=_vocabulary(tables, "units", Unit),
        numbers=MappingProxyType({word: number for table in tables for word, number in table["numbers"].items()}),
    )


def _table(language: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / f"{language}.toml").read_text("utf-8"))


def _kinds(tables: Iterable[Mapping[str, Any]]) -> Vocabulary[Wording]:
    phrases: dict[Wording, list[str]] = {}
    for table in tables:
        for kind, by_strength in table["kinds"].items():
            for strength, written in by_strength.items():
                phrases.setdefault(Wording(AuditKind(kind), _WEIGHTS[strength]), []).extend(written)
    return Vocabulary(phrases)


def _vocabulary(tables: Iterable[Mapping[str, Any]], section: str, meaning: Callable[[str], M]) -> Vocabulary[M]:
    phrases: dict[M, list[str]] = {}
    for table in tables:
        for key, written in table[section].items():
            phrases.setdefault(meaning(key), []).extend(written)
    return Vocabulary(phrases)
