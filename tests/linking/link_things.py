"""Things to be shared, and the weights of the rule book, for tests of pure scoring."""

from collections.abc import Iterable
from datetime import date

from vault.domain.links import LinkKind
from vault.linking.keys import Key, KeyMaker, Thing
from vault.linking.meeting import Match, Pair, meetings
from vault.linking.weights import weights_of
from vault.rules.loader import load_rules

TODAY = date(2026, 10, 31)
WEIGHTS = weights_of(load_rules().profiles["links"])
MAKER = KeyMaker(lambda purpose, text: f"{purpose}:{text}", WEIGHTS.free_mail)


def thing(holder_id: str, kind: LinkKind, text: str, until: date | None = None) -> Thing:
    """A thing whose value is `text`: its own fingerprint, and its mask."""
    is_compared = kind.value in ("address", "return_address", "warehouse", "legal_entity", "owner") or "ip_" in kind
    shown = text.rpartition("@")[2] if kind is LinkKind.EMAIL else text
    return Thing(holder_id, kind, f"{text}#", text, shown if is_compared or kind is LinkKind.EMAIL else "", until)


def keys_of(things: Iterable[Thing]) -> list[Key]:
    return [key for each in things for key in MAKER.keys(each)]


def shared(*things: Thing) -> dict[Pair, list[Match]]:
    """What each pair of holders shares."""
    return meetings(keys_of(things), WEIGHTS, TODAY)
