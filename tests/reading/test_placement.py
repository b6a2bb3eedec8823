import math

import pytest

from vault.domain.readings import Box, Page, PageSource, Word
from vault.reading.placement import Placement

UPPER_LEFT = Box(0.1, 0.1, 0.2, 0.15)


def test_a_straight_page_stays_as_it_is() -> None:
    page = Page(1, PageSource.OCR, (Word("x", UPPER_LEFT),))
    assert Placement(595, 842).page(page) == page


def test_a_quarter_turn_takes_words_along() -> None:
    clockwise = Placement(842, 595, (0, -1, 1, 1, 0, 0, 0, 0, 1))
    moved = clockwise.page(Page(1, PageSource.OCR, (Word("x", UPPER_LEFT),), 595, 842))
    assert (moved.width, moved.height) == (842, 595)
    assert moved.words[0].box == Box(0.85, 0.1, 0.9, 0.2)


def test_a_box_on_a_turned_page_holds_all_its_corners() -> None:
    turn = math.radians(5)
    slanted = Placement(600, 600, (math.cos(turn), -math.sin(turn), 0, math.sin(turn), math.cos(turn), 0, 0, 0, 1))
    box = slanted.box(Box(0.5, 0.5, 0.6, 0.52))
    assert box.width > 0.1
    assert box.height > 0.02
    assert box.middle == pytest.approx((0.5 + 0.05 - 0.0455, 0.5 + 0.055), abs=0.01)


def test_nothing_leaves_the_page() -> None:
    assert Placement(1, 1, (2, 0, -0.5, 0, 2, -0.5, 0, 0, 1)).box(Box(0, 0, 1, 1)) == Box(0, 0, 1, 1)
