"""What a letter names that could be somebody's: mail addresses, phone numbers, numbers of papers and registers."""

import re
from collections.abc import Iterator

import phonenumbers

from vault.letters.phrases import phrases

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}(?!\w)")
# Between what it is and its number: "no.", "of the director is", a colon.
_NUMBER = re.compile(r"(?:\W{1,3}[^\W\d_]{1,24}){0,4}?\W{0,5}([A-Z0-9](?:[ ./-]?[A-Z0-9]){5,14})(?![A-Za-z])")
_FEWEST_DIGITS = 4


def mails_in(text: str) -> Iterator[re.Match[str]]:
    return _MAIL.finditer(text)


def phones_in(text: str, country: str) -> Iterator[phonenumbers.PhoneNumberMatch]:
    """`country`: ISO 3166-1 alpha-2, for numbers without a country code; empty when unknown.

    Behind a plus sign it is enough that a number could be one: whoever writes it so means a phone.
    """
    for found in phonenumbers.PhoneNumberMatcher(text, country or None, leniency=phonenumbers.Leniency.POSSIBLE):
        if found.raw_string[0] == "+" or phonenumbers.is_valid_number(found.number):
            yield found


def e164(number: phonenumbers.PhoneNumber) -> str:
    """The number as it is dialled from anywhere, ``+441134960123``."""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def numbers_in(text: str, plain: str, language: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand behind words that announce an identity paper or a tax number. `plain`: the text, folded."""
    for label in phrases("identity").patterns[language].finditer(plain):
        number = _NUMBER.match(text, label.end())
        if number and sum(letter.isdigit() for letter in number[1]) >= _FEWEST_DIGITS:
            yield number.span(1)


def bare(number: str) -> str:
    """Letters and digits alone, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", number.upper())
