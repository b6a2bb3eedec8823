"""Which store a notice comes from, by the addresses it names."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from vault.domain.notice_readings import Passage
from vault.reading.notice.text import NoticeText

_STORES: Mapping[str, str] = MappingProxyType(
    {
        "com": "US", "ca": "CA", "com.mx": "MX", "com.br": "BR", "co.uk": "UK", "de": "DE", "fr": "FR", "it": "IT",
        "es": "ES", "nl": "NL", "com.be": "BE", "ie": "IE", "pl": "PL", "se": "SE", "com.tr": "TR", "co.jp": "JP",
        "com.au": "AU", "sg": "SG", "in": "IN", "ae": "AE", "sa": "SA", "eg": "EG", "co.za": "ZA",
    }
)  # fmt: skip
_ENDINGS = "|".join(re.escape(ending) for ending in sorted(_STORES, key=len, reverse=True))
_ADDRESS = re.compile(rf"(?i)\bamazon\s?\.\s?({_ENDINGS})(?![\w-])(?!\.\w)")
_EVERYWHERE = 0.3
"""amazon.com stands in mails of every store, as the sender's domain: it counts less."""


def marketplace(text: NoticeText) -> Passage[str] | None:
    """The code of the store that is named most, or None."""
    points: dict[str, float] = {}
    first: dict[str, re.Match[str]] = {}
    for match in _ADDRESS.finditer(text.clean):
        store = _STORES[match[1].lower()]
        points[store] = points.get(store, 0.0) + (1.0 if store != "US" else _EVERYWHERE)
        first.setdefault(store, match)
    if not points:
        return None
    store = max(points, key=points.__getitem__)
    share = points[store] / sum(points.values())
    return text.passage(store, share * (0.9 if store != "US" else 0.7), *first[store].span())


def is_american(found: Passage[str] | None, language: str) -> bool:
    """Whether a date such as 03/04/2026 has its month first."""
    return found is not None and found.value == "US" and language in ("en", "es", "")
