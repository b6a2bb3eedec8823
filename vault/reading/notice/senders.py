"""Who a notice says that it comes from, and what speaks against that. Phishing looks like a notice of Amazon's.

Source: Seller Central help, "Identifying false (spoofed) e-mails". Nothing here proves that a mail is genuine: an address
can be forged. What is in Seller Central is.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from vault.domain.notice_readings import SenderDoubt, SenderFlaw
from vault.reading.notice.text import NoticeText

_MOST_HEADS = 20
_FROM = re.compile(
    r"(?im)^\W{0,3}(?:from|von|de|da|expéditeur|mittente|remitente)\s?:[*_\s]{0,3}(?P<who>[^\n]{0,200}@[^\n]{1,200})$"
)
_PASSED_ON = re.compile(r"(?im)^forwarded-by: (?P<who>[^\n]{1,300})$")
_FAILED = re.compile(r"(?im)^\W{0,3}authentication-results:[^\n]{0,300}\bdmarc\s?=\s?fail\b")
_BRACKETS = re.compile(r"<\s?([^<>\s]{1,100}@[^<>\s]{1,200})\s?>[^<>]{0,40}$")
_ADDRESS = re.compile(r"[^\s<>\"'(),;:\[\]]{1,100}@[^\s<>\"'(),;:\[\]]{1,200}")


@dataclass(frozen=True, slots=True)
class _Senders:
    domains: frozenset[str]
    relays: tuple[str, ...]


def is_from_amazon(who: str) -> bool:
    """Whether ``Seller Performance <seller-performance@amazon.de>`` is an address of Amazon's own, by its domain."""
    domain = _domain(address_of(who))
    parts = domain.split(".")
    below = {".".join(parts[start:]) for start in range(len(parts))}
    return bool(below & _senders().domains) and not domain.startswith(_senders().relays)


def address_of(who: str) -> str:
    """The address behind the name, which may look like another one; empty where there is none."""
    match = _BRACKETS.search(who)
    if match:
        return match[1].lower()
    found = _ADDRESS.search(who)
    return found.group().lower().rstrip(".") if found else ""


def doubts(text: NoticeText) -> tuple[SenderDoubt, ...]:
    """What speaks against the notice being Amazon's; nothing where no sender is named."""
    return tuple(_doubts(text.clean))


def _doubts(clean: str) -> Iterator[SenderDoubt]:
    named = [match["who"] for _, match in zip(range(_MOST_HEADS), _FROM.finditer(clean), strict=False)]
    senders = [who for who in named if address_of(who)]
    passed_on = _PASSED_ON.search(clean)
    if senders and not is_from_amazon(senders[0]):
        yield _of_stranger(senders, is_passed_on=passed_on is not None)
    elif senders and passed_on is not None:
        yield SenderDoubt(SenderFlaw.FORWARDED, address_of(passed_on["who"]))
    if _FAILED.search(clean):
        yield SenderDoubt(SenderFlaw.FORGED, address_of(senders[0]) if senders else "")


def _of_stranger(senders: list[str], *, is_passed_on: bool) -> SenderDoubt:
    first = address_of(senders[0])
    if _domain(first).startswith(_senders().relays):
        return SenderDoubt(SenderFlaw.RELAYED, first)
    if not is_passed_on and any(map(is_from_amazon, senders[1:])):
        return SenderDoubt(SenderFlaw.FORWARDED, first)
    return SenderDoubt(SenderFlaw.STRANGER, first)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip(".")


@cache
def _senders() -> _Senders:
    table = tomllib.loads((resources.files(__package__) / "data" / "senders.toml").read_text("utf-8"))
    return _Senders(frozenset(table["domains"]), tuple(table["relays"]))
