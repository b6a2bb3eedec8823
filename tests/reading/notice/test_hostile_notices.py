"""Texts made to hang a reader: it reads so many characters and no more, within bounds that the kernel holds."""

import multiprocessing
import resource

import pytest

from vault.reading.notice.read_notice import read_notice
from vault.reading.notice.text import LONGEST

MILLION = 1_000_000
PROCESSOR_SECONDS = 60
"""A hundred times what each of these needs; what grows with the square of the text needs far more."""


@pytest.mark.parametrize(
    "piece",
    [
        "7", "7 ", "a", "a-\n", "\n", "> ", "302-", "302-123456 - 1234567-", "B0C7NLT9QX ", "ASIN ", "SKU: A1,", "SKU: " + "A1," * 60,
        "1.1.2026 ", "by 1 march 2026 ", "within 72 hours ", "last 365 days invoices within 3 days ", "Date: x\n", "a\u00ad", "\ud800 ",
        "(10) days ", "a" * 199 + " ",
    ],
)  # fmt: skip
def test_a_million_hostile_characters_are_read_in_bounded_time(piece):
    reader = multiprocessing.get_context("fork").Process(target=_read_bounded, args=(piece,))
    reader.start()
    reader.join()
    assert reader.exitcode == 0


def _read_bounded(piece: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    assert read_notice(piece * (MILLION // len(piece))).is_cut


def test_what_stands_behind_the_bound_is_not_read_and_that_is_said():
    read = read_notice("x " * (LONGEST // 2) + "B0C7NLT9QX")
    assert (read.asins, read.is_cut) == ((), True)
    assert not read_notice("x " * (LONGEST // 2)).is_cut


def test_thousands_of_products_are_not_all_kept():
    read = read_notice(" ".join(f"B0{number:08d}" for number in range(5000)))
    assert len(read.asins) == 2000
