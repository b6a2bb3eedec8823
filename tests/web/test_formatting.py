"""How dates, amounts, sizes and messages are written in a page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from vault.domain.message import Message
from vault.web import i18n


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_a_message_is_said_with_its_parameters() -> None:
    assert i18n.say(Message("Dated %(date)s.", {"date": "2026-01-31"})) == "Dated Jan 31, 2026."
    assert i18n.say({"text": "Dated %(date)s.", "params": {"date": "<b>"}}) == "Dated <b>."
    assert i18n.say("100 % kept") == "100 % kept"


def test_days_and_moments_are_written_in_words() -> None:
    assert i18n.day(date(2026, 1, 31)) == "Jan 31, 2026"
    assert i18n.day("2026-01-31") == "Jan 31, 2026"
    assert i18n.day("31 janvier") == "31 janvier"
    assert i18n.day(None) == ""
    at = datetime(2026, 1, 31, 9, 5, 7, tzinfo=UTC)
    assert i18n.moment(at).split() == ["Jan", "31,", "2026,", "9:05", "AM"]
    assert i18n.exact_moment(at).split() == ["Jan", "31,", "2026,", "9:05:07", "AM"]


def test_amounts_keep_their_cents_and_what_is_no_amount_stays_as_it_was_printed() -> None:
    assert i18n.money("1234.5", "EUR") == "€1,234.50"
    assert i18n.money(Decimal("-3"), "") == "-3.00"
    assert i18n.money("about ten", "EUR") == "about ten"
    assert i18n.amount("12.50") == "12.5"
    assert i18n.amount(None) == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (104857600, "100 MB"), (2**60, "1,048,576 TB")],
)
def test_sizes_are_written_in_the_largest_fitting_unit(value: int, written: str) -> None:
    assert i18n.size(value) == written
