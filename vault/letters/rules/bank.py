"""Is there a bank account in the letter? Known by its check digits. Source: guide (no personal data beyond need)."""

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.us import rtn

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.rules.book import CheckRule

_IBAN = re.compile(r"(?i)(?<![a-z0-9])[a-z]{2}\d{2}(?=(?:[ .-]?[a-z0-9]){11})")
_LENGTHS = range(15, 35)
_ROUTING = re.compile(r"(?i)(?:routing|aba)\W{1,3}(?:\w{1,8}\W{1,3}){0,2}(\d{9})(?!\d)")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    advice = Message(N_("Take it out. Where Amazon asks for it, the bank statement in the bundle says it."))
    for match in _IBAN.finditer(draft.text):
        end = _end_of_iban(draft.text, match.start())
        if end:
            yield Remark(match.start(), end, Message(N_("This is a bank account number.")), advice)
    for match in _ROUTING.finditer(draft.text):
        if rtn.is_valid(match[1]):
            yield Remark(*match.span(1), Message(N_("This is a bank account number.")), advice)


def _end_of_iban(text: str, start: int) -> int:
    """Where the number ends whose check digits are right, or 0."""
    compact = ""
    for place in range(start, min(len(text), start + 2 * _LENGTHS.stop)):
        if not text[place].isascii() or not (text[place].isalnum() or text[place] in " .-"):
            break
        compact += text[place].upper() if text[place].isalnum() else ""
        is_end = text[place].isalnum() and not text[place + 1 : place + 2].isalnum()
        if is_end and len(compact) in _LENGTHS and iban.is_valid(compact):
            return place + 1
    return 0
