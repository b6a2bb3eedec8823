"""What a notice is about: every wording that speaks for a kind is counted once, and shown as a reason."""

from vault.domain.audits import AuditKind
from vault.domain.notice_readings import KindOffer, Passage
from vault.reading.notice.phrasebook import Wording, phrasebook
from vault.reading.notice.text import NoticeText
from vault.reading.understand.vocabulary import Phrase, fold

_ENOUGH = 5.0
"""Points from which on there is no doubt that the kind is meant, were it the only one."""
_TITLE = 300
"""Characters at the beginning, where the subject stands: wordings there count half as much again."""
_MOST_REASONS = 8


def kinds(text: NoticeText) -> tuple[KindOffer, ...]:
    """The kinds that anything speaks for, the likeliest first."""
    spoken = _distinct(text, phrasebook().kinds.find(text.clean, forgiving=True))
    points = dict.fromkeys(AuditKind, 0.0)
    for phrase in spoken:
        points[phrase.meaning.kind] += _weight(phrase)
    whole = sum(points.values())
    offers = [
        KindOffer(kind, round(share / whole * min(1.0, share / _ENOUGH), 3), _reasons(text, spoken, kind))
        for kind, share in points.items()
        if share
    ]
    return tuple(sorted(offers, key=lambda offer: -offer.confidence))


def _distinct(text: NoticeText, found: list[Phrase[Wording]]) -> list[Phrase[Wording]]:
    first: dict[tuple[Wording, str], Phrase[Wording]] = {}
    for phrase in found:
        first.setdefault((phrase.meaning, " ".join(fold(text.clean[phrase.start : phrase.end]).split())), phrase)
    return list(first.values())


def _weight(phrase: Phrase[Wording]) -> float:
    return phrase.meaning.weight * (1.5 if phrase.start < _TITLE else 1.0) * (1.0 if phrase.exact else 0.8)


def _reasons(text: NoticeText, spoken: list[Phrase[Wording]], kind: AuditKind) -> tuple[Passage[str], ...]:
    mine = sorted((phrase for phrase in spoken if phrase.meaning.kind is kind), key=lambda phrase: -_weight(phrase))
    return tuple(
        text.passage(
            " ".join(text.clean[phrase.start : phrase.end].split()),
            min(1.0, _weight(phrase) / _ENOUGH),
            phrase.start,
            phrase.end,
        )
        for phrase in mine[:_MOST_REASONS]
    )
