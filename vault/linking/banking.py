"""Bank accounts and cards: check digits, one way of writing them. What is refused is never repeated in the complaint."""

import re

from stdnum import iban, luhn
from stdnum.us import rtn

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.linking.plain import bare

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{6,30}")
_HIDDEN = re.compile(r"(\d{4,6})[*•xX.…]{4,}(\d{4})")
_CODE_WORDS = re.compile(r"(?i)\b(?:cvc2?|cvv2?|cid|csc|exp|expiry)\b|\d\s*/\s*\d")


def normal_bank_account(text: str) -> str:
    """``iban:FR76…``, ``us:<routing number>:<account number>``, or ``other:…`` for a country without either.

    Raises Invalid where check digits do not fit.
    """
    compact = bare(text)
    if _IBAN.fullmatch(compact):
        if not iban.is_valid(compact):
            raise Invalid(
                N_("This IBAN has a typing error: its check digits do not fit. Compare it with the statement.")
            )
        return f"iban:{compact}"
    groups = re.findall(r"\d+", text)
    if len(groups) >= 2 and len(groups[0]) == 9 and _is_us(text, groups):
        if not rtn.is_valid(groups[0]):
            raise Invalid(N_("The routing number has a typing error: its check digit does not fit."))
        return f"us:{groups[0]}:{''.join(groups[1:])}"
    if not 6 <= sum(char.isdigit() for char in compact) <= 34 or len(compact) > 34:
        raise Invalid(
            N_(
                "This is no bank account. Write the IBAN; for an account in the United States the routing number of nine "
                "digits, a space, and the account number."
            )
        )
    return f"other:{compact}"


def normal_card(text: str) -> str:
    """The digits of a card, or ``453201…0366`` where the middle is hidden.

    Raises Invalid for a wrong check digit, for four digits alone, and where a security code or an expiry date seems
    to stand beside the number: those are never kept.
    """
    if _CODE_WORDS.search(text):
        raise Invalid(N_("Write the number alone: a security code or an expiry date is never kept here."))
    if hidden := _HIDDEN.search(re.sub(r"[\s-]", "", text)):
        return f"{hidden[1]}…{hidden[2]}"
    digits = bare(text)
    if not digits.isdigit() or not 12 <= len(digits) <= 19:
        raise Invalid(
            N_(
                "This is no card number. Write it in full, or its first six and last four digits, like 453201******0366."
            )
        )
    if any(luhn.is_valid(digits[:-extra]) and len(digits) - extra in (15, 16) for extra in (3, 4)):
        raise Invalid(N_("Write the number alone: a security code or an expiry date is never kept here."))
    if not luhn.is_valid(digits):
        raise Invalid(N_("This card number has a typing error: its check digit does not fit."))
    return digits


def _is_us(text: str, groups: list[str]) -> bool:
    return (
        not re.search(r"[^\W\d_]", re.sub(r"(?i)routing|account|number|aba|no", "", text))
        and len("".join(groups[1:])) >= 4
    )
