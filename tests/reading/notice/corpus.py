"""The sample notices, plain and as they arrive: as mails with a head, and read from a bad scan."""

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vault.domain.audits import AuditKind, Request

SAMPLES = Path(__file__).parent / "samples"
LANGUAGES = ("en", "de", "fr", "it", "es")


@dataclass(frozen=True)
class Sample:
    """A notice and what has to be read from it. `kind` is None for a mail that is no audit."""

    name: str
    text: str
    language: str
    kind: AuditKind | None
    asins: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()
    deadline: str = ""
    requests: frozenset[Request] = frozenset()


def tuned() -> list[Sample]:
    return [*(sample for language in LANGUAGES for sample in _load(language, language)), *_load("more", "")]


def held_out() -> list[Sample]:
    return list(_load("held_out", ""))


def written_later() -> list[Sample]:
    return list(_load("later", ""))


def no_audits() -> list[Sample]:
    return list(_load("none", ""))


def as_mail(sample: Sample) -> Sample:
    """With a head, quoted as in an answer, lines cut at 60 characters."""
    head = (
        "Date: Mon, 05 Jan 2026 10:15:00 +0100\nFrom: Seller Performance <seller-performance@amazon.de>\n"
        "To: us@shop.example\nSubject: Your account\n"
    )
    lines = [piece for line in sample.text.splitlines() for piece in (_cut(line, 60) or [""])]
    return replace(sample, name=f"{sample.name} as a mail", text=head + "\n" + "\n".join(f"> {line}" for line in lines))


def as_scan(sample: Sample) -> Sample:
    """With broken lines, lost accents and one letter in ninety misread; codes and dates are left whole but for their dashes."""
    slips = random.Random(sample.name)
    lines = [piece for line in sample.text.splitlines() for piece in (_cut(line, 44) or [""])]
    words = [_misread(word, slips) for word in re.split(r"(\s+)", "\n".join(lines))]
    return replace(sample, name=f"{sample.name} as a scan", text="".join(words))


_LOOKALIKES = {"m": "rn", "l": "1", "i": "l", "e": "c", "n": "ri", "o": "0", "ä": "a", "ü": "u", "é": "e", "ö": "o"}


def _misread(word: str, slips: random.Random) -> str:
    if any(letter.isdigit() for letter in word):
        return word.replace("-", " - ", 1) if slips.random() < 0.2 and word.count("-") == 2 else word
    return "".join(_LOOKALIKES.get(letter, letter) if slips.random() < 1 / 90 else letter for letter in word)


def _cut(line: str, width: int) -> list[str]:
    lines, current = [], ""
    for word in line.split():
        if current and len(current) + len(word) >= width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return [*lines, current] if current else lines


def _load(name: str, language: str) -> Iterator[Sample]:
    for number, item in enumerate(tomllib.loads((SAMPLES / f"{name}.toml").read_text("utf-8"))["notice"], 1):
        kind = AuditKind(item["kind"]) if item["kind"] else None
        yield Sample(
            name=f"{name} {number} {item['kind']}",
            text=item["text"],
            language=item.get("language", language),
            kind=kind,
            asins=frozenset(item.get("asins", ())),
            orders=frozenset(item.get("orders", ())),
            deadline=item.get("deadline", ""),
            requests=frozenset(Request(each) for each in item.get("requests", ())),
        )
