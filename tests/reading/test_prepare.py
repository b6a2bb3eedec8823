import cv2
import numpy as np
import pytest
from PIL import Image

from tests.reading.documents import picture_of
from vault.reading.prepare import Prepared, glyph_height, prepare, quarter_turns, rotated
from vault.sandbox.pictures import Grey


@pytest.fixture(scope="module")
def page(text_pdf: bytes) -> Grey:
    return np.asarray(picture_of(text_pdf, dpi=200))


def dark_middle(image: Grey) -> tuple[float, float]:
    """Where the ink of a page has its centre, (x, y) in pixels."""
    ys, xs = np.nonzero(image < 100)
    return float(xs.mean()), float(ys.mean())


def brought_back(prepared: Prepared) -> tuple[float, float]:
    x, y = dark_middle(prepared.image)
    back = prepared.back @ np.array([x, y, 1.0])
    return float(back[0] / back[2]), float(back[1] / back[2])


def test_a_good_page_is_left_alone(page: Grey) -> None:
    good = np.asarray(Image.fromarray(page).resize((page.shape[1] * 5 // 4, page.shape[0] * 5 // 4)))
    prepared = prepare(good)
    assert prepared.image is good


@pytest.mark.parametrize("angle", [-4.0, -1.5, 2.0, 6.0])
def test_a_skewed_page_is_straightened_and_every_point_finds_its_way_back(page: Grey, angle: float) -> None:
    skewed, _ = rotated(page, angle)
    prepared = prepare(skewed)
    again = prepare(prepared.image)
    assert abs(np.degrees(np.arctan2(again.back[0, 1], again.back[0, 0]))) < 0.4
    assert brought_back(prepared) == pytest.approx(dark_middle(skewed), abs=8)


def test_small_text_is_made_larger(page: Grey) -> None:
    small = np.asarray(cv2.resize(page, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    prepared = prepare(small)
    before, after = glyph_height(small), glyph_height(prepared.image)
    assert before is not None
    assert after is not None
    assert after > 1.5 * before
    assert brought_back(prepared) == pytest.approx(dark_middle(small), abs=6)


def test_a_shadow_over_the_page_is_divided_out(page: Grey) -> None:
    shadow = np.linspace(0.35, 1.0, page.shape[1])
    lit = prepare((page * shadow).astype(np.uint8)).image
    paper = np.percentile(lit.reshape(lit.shape[0], -1), 60, axis=0)
    assert paper.min() > 220


def test_a_noisy_page_is_calmed(page: Grey) -> None:
    grain = np.random.default_rng(1).normal(0, 25, page.shape)
    noisy = np.clip(page * 0.8 + 20 + grain, 0, 255).astype(np.uint8)
    paper = slice(0, 60)
    assert prepare(noisy).image[paper].std() < 0.7 * noisy[paper].std()


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_quarter_turns_keep_the_way_back(page: Grey, turns: int) -> None:
    turned = quarter_turns(Prepared(page, np.eye(3)), turns)
    assert brought_back(turned) == pytest.approx(dark_middle(page), abs=2)
