"""Messages in the reader's language: days and amounts as he writes them, everything else as it is."""

import pytest
from babel.support import NullTranslations

from vault.domain.message import Message
from vault.wording.saying import amount, say

SPOKEN = NullTranslations()


def test_amounts_and_days_are_written_the_readers_way() -> None:
    message = Message("%(net)s and %(tax)s on %(date)s.", {"net": "3603.62", "tax": "720.7", "date": "2026-10-29"})
    assert say(message, SPOKEN, "en") == "3,603.62 and 720.7 on Oct 29, 2026."
    assert say(message, SPOKEN, "de") == "3.603,62 and 720,7 on 29.10.2026."


def test_a_stored_message_is_said_like_the_message_itself() -> None:
    stored = {"text": "%(quantity)s × %(price)s", "params": {"quantity": "1200", "price": "0.0450"}}
    assert say(stored, SPOKEN, "en") == "1,200 × 0.0450"
    assert say({"text": "100 % in order", "params": {}}, SPOKEN, "en") == "100 % in order"


def test_numbers_that_name_something_stay_as_they_are() -> None:
    message = Message("Invoice %(number)s of line %(line)s.", {"number": "2026.10", "line": "1200"})
    assert say(message, SPOKEN, "de") == "Invoice 2026.10 of line 1200."


@pytest.mark.parametrize("value", ["unreadable", "", "NaN", "-Infinity", "12,50"])
def test_what_is_no_number_comes_back_as_it_is(value: str) -> None:
    assert amount(value, "de") == value


@pytest.mark.parametrize(("value", "written"), [("1E+3", "1.000"), ("-0.50", "-0,50"), ("12", "12")])
def test_numbers_keep_their_decimals(value: str, written: str) -> None:
    assert amount(value, "de") == written
