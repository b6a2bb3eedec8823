"""Templates outside of a request: in the reader's language, and safe with what strangers wrote."""

from datetime import date

import pytest
from jinja2 import UndefinedError

from vault.wording.environment import environment


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Jan 31, 2026 · January 2026 · 1,234"),
        ("de", "31.01.2026 · Januar 2026 · 1.234"),
        ("fr", "31 janv. 2026 · janvier 2026 · 1\u202f234"),
    ],
)
def test_days_months_and_figures_are_written_the_readers_way(language: str, shown: str) -> None:
    template = environment(language).from_string("{{ day|day }} · {{ day|month }} · {{ units|figure }}")
    assert template.render(day=date(2026, 1, 31), units=1234) == shown


def test_a_line_stays_a_line() -> None:
    assert environment("en").from_string("{{ text|line }}").render(text="a\r\nBcc: b\x00 \u2028c") == "a Bcc: b c"


def test_what_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment("en").from_string("{{ nothing }}").render()
