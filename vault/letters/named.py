"""What a letter names that could be somebody's: mail addresses, phone numbers, numbers of papers and registers."""

import re
from bisect import bisect_left
from collections.abc import Iterator

import phonenumbers

from vault.letters.phrases import phrases

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}(?!\w)")
# Between what it is and its number: "no.", "of the director is", a colon.
_NUMBER = re.compile(r"(?:\W{1,3}[^\W\d_]{1,24}){0,4}?\W{0,5}([A-Z0-9](?:[ ./-]?[A-Z0-9]){5,14})(?![A-Za-z])")
_FEWEST_DIGITS = 4
_DIGIT = re.compile(r"\d")
_BEFORE = 24
"""Characters before a number in which a word can say that it is a phone."""


def mails_in(text: str) -> Iterator[re.Match[str]]:
    return _MAIL.finditer(text)


def phones_in(text: str, plain: str, country: str, language: str) -> Iterator[phonenumbers.PhoneNumberMatch]:
    """Numbers that are meant as phones: with a plus sign, or behind a word that says so. `plain`: the text, folded.

    `country`: ISO 3166-1 alpha-2, for numbers without a country code; empty when unknown. Behind a plus sign it is
    enough that a number could be one.
    """
    words = phrases("contacts").patterns[language]
    likely = _with_phones(text, plain, words)
    for found in phonenumbers.PhoneNumberMatcher(likely, country or None, leniency=phonenumbers.Leniency.POSSIBLE):
        is_called_so = words.search(plain, max(0, found.start - _BEFORE), found.start)
        if found.raw_string[0] == "+" or (is_called_so and phonenumbers.is_valid_number(found.number)):
            yield found


def _with_phones(text: str, plain: str, words: re.Pattern[str]) -> str:
    """The text with the lines blanked out in which nothing is meant as a phone, each character in its place.

    Every number of a long letter would be tried otherwise, and it may name thousands. No number goes on in another line.
    """
    # As seen from a number, a word ends where the number begins.
    called = [match.start() for match in words.finditer(_DIGIT.sub(" ", plain))]
    lines, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        first = bisect_left(called, at - _BEFORE)
        is_likely = "+" in line or (first < len(called) and called[first] < end)
        lines.append(line if is_likely else " " * len(line))
        at = end + 1
    return "\n".join(lines)


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
