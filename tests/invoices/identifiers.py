"""Numbers that look real because their check digits are: VAT numbers, IBANs, GTINs, ASINs."""

import random
import string

from stdnum import ean, iban, luhn
from stdnum.es import ccc, cif
from stdnum.iso7064 import mod_11_10

_ASIN_LETTERS = string.digits + string.ascii_uppercase


def digits(rng: random.Random, count: int) -> str:
    """`count` random digits, the first of them not a zero."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def gtin(rng: random.Random, prefix: str) -> str:
    """A GTIN-13 below `prefix`, with its check digit."""
    body = prefix + digits(rng, 12 - len(prefix))
    return body + ean.calc_check_digit(body)


def asin(rng: random.Random) -> str:
    return "B0" + "".join(rng.choice(_ASIN_LETTERS) for _ in range(8))


def vat_number(rng: random.Random, country: str) -> str | None:
    """A VAT number of `country` that passes its check; None where there is no such number."""
    makers = {"FR": _french_vat, "IT": _italian_vat, "DE": _german_vat, "ES": _spanish_vat, "GB": _british_vat}
    return makers[country](rng) if country in makers else None


def _french_vat(rng: random.Random) -> str:
    body = digits(rng, 8)
    siren = body + luhn.calc_check_digit(body)
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def _italian_vat(rng: random.Random) -> str:
    body = "0" + digits(rng, 6) + "015"  # the last three digits name the province of issue: Milan
    return f"IT{body}{luhn.calc_check_digit(body)}"


def _german_vat(rng: random.Random) -> str:
    body = digits(rng, 8)
    return f"DE{body}{mod_11_10.calc_check_digit(body)}"


def _spanish_vat(rng: random.Random) -> str:
    body = "B" + digits(rng, 7)
    return f"ES{body}{cif.calc_check_digits(body)[0]}"


def _british_vat(rng: random.Random) -> str:
    body = digits(rng, 7)
    weighted = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), body, strict=True))
    return f"GB{body}{97 - weighted % 97:02d}"


def bank_account(rng: random.Random, country: str) -> str | None:
    """An IBAN of `country`, its national check digits included; None where accounts have no IBAN."""
    makers = {"FR": _french_bban, "IT": _italian_bban, "DE": _german_bban, "ES": _spanish_bban, "GB": _british_bban}
    if country not in makers:
        return None
    bban = makers[country](rng)
    return country + iban.calc_check_digits(f"{country}00{bban}") + bban


def _french_bban(rng: random.Random) -> str:
    bank, branch, account = digits(rng, 5), digits(rng, 5), digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank}{branch}{account}{key:02d}"


def _italian_bban(rng: random.Random) -> str:
    body = digits(rng, 22)
    odd_places = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
    total = sum(odd_places[int(d)] if place % 2 == 0 else int(d) for place, d in enumerate(body))
    return string.ascii_uppercase[total % 26] + body


def _german_bban(rng: random.Random) -> str:
    return digits(rng, 18)


def _spanish_bban(rng: random.Random) -> str:
    bank_and_branch, account = digits(rng, 8), digits(rng, 10)
    return bank_and_branch + ccc.calc_check_digits(f"{bank_and_branch}00{account}") + account


def _british_bban(rng: random.Random) -> str:
    return "".join(rng.choice(string.ascii_uppercase) for _ in range(4)) + digits(rng, 14)
