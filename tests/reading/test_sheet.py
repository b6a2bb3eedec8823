"""A sheet photographed on a table is pulled flat; whatever is not clearly a sheet stays as it is."""

import cv2
import numpy as np
import pytest

from tests.reading.documents import letter, picture_of
from vault.domain.readings import PageSource
from vault.reading.pages import load
from vault.reading.prepare import rotated
from vault.reading.sheet import Points, find_sheet, flattened
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import Grey

SIDEBAR = """<div style="position: fixed; inset: -20mm auto -20mm -20mm; width: 60mm; background: #17406b; color: white">
    Accounts department<br>Open on weekdays<br>Ask for the manager</div>"""


@pytest.fixture(scope="module")
def page(text_pdf: bytes) -> Grey:
    return np.asarray(picture_of(text_pdf, dpi=150))


def corners_on_table(page: Grey) -> Points:
    """Where the corners of the sheet lie in `on_table`, pulled apart as by a camera held at an angle."""
    height, width = page.shape
    return np.array(
        [[190, 130], [120 + width, 180], [210 + width, 150 + height], [110, 210 + height]], dtype=np.float64
    )


def on_table(page: Grey, table: int = 90) -> Grey:
    height, width = page.shape
    sheet = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    view = cv2.getPerspectiveTransform(sheet, corners_on_table(page).astype(np.float32))
    size = (width + 320, height + 340)
    grain = np.random.default_rng(3).normal(0, 5, (size[1], size[0]))
    seen = cv2.warpPerspective(page, view, size, borderValue=table)
    return np.clip(seen + grain, 0, 255).astype(np.uint8)


def test_the_corners_of_a_sheet_on_a_table_are_found(page: Grey) -> None:
    sheet = find_sheet(on_table(page))
    assert sheet is not None
    assert sheet.alone
    assert np.abs(sheet.corners - corners_on_table(page)).max() < 4


def test_a_sheet_pulled_flat_is_the_page_again_and_every_point_finds_its_way_back(page: Grey) -> None:
    seen = on_table(page)
    sheet = find_sheet(seen)
    assert sheet is not None
    flat, back = flattened(seen, sheet)
    assert flat.mean() == pytest.approx(page.mean(), abs=4)
    height, width = flat.shape
    middle = back @ np.array([width / 2, height / 2, 1.0])
    assert cv2.pointPolygonTest(corners_on_table(page).astype(np.float32), (middle[:2] / middle[2]).tolist(), False) > 0
    corner = back @ np.array([0.0, 0.0, 1.0])
    assert (corner[:2] / corner[2]).tolist() == pytest.approx([190, 130], abs=16)


def test_a_shadow_over_the_table_hides_no_sheet(page: Grey) -> None:
    seen = on_table(page)
    shadow = np.linspace(0.6, 1.0, seen.shape[1])
    sheet = find_sheet((seen * shadow).astype(np.uint8))
    assert sheet is not None
    assert np.abs(sheet.corners - corners_on_table(page)).max() < 4


@pytest.mark.parametrize("angle", [0.0, 3.0])
def test_a_scan_is_no_sheet_on_a_table(page: Grey, angle: float) -> None:
    assert find_sheet(rotated(page, angle)[0]) is None


def test_a_sheet_on_paper_of_its_own_colour_is_left_alone(page: Grey) -> None:
    seen = on_table(page, table=250)
    assert find_sheet(seen) is None


def test_a_sheet_that_reaches_out_of_the_picture_is_left_alone(page: Grey) -> None:
    assert find_sheet(on_table(page)[:-400]) is None


def test_nothing_written_beside_the_bright_part_of_a_sheet_is_cut_off() -> None:
    seen = on_table(np.asarray(picture_of(letter(more=SIDEBAR), dpi=150)))
    sheet = find_sheet(seen)
    assert sheet is not None
    assert not sheet.alone
    flat, _ = flattened(seen, sheet)
    assert flat.size > seen.size


def test_words_of_a_photograph_stand_where_they_are_in_the_picture(page: Grey) -> None:
    ok, png = cv2.imencode(".png", on_table(page))
    assert ok
    loaded = load(png.tobytes(), Limits(), lambda done, total: None)
    shown = loaded.placements[0].page(loaded.pages[0])
    assert shown.source is PageSource.OCR
    height, width = page.shape[0] + 340, page.shape[1] + 320
    sheet = corners_on_table(page).astype(np.float32)
    for word in shown.words:
        centre = ((word.box.x0 + word.box.x1) / 2 * width, (word.box.y0 + word.box.y1) / 2 * height)
        assert cv2.pointPolygonTest(sheet, centre, False) > 0
    assert loaded.pages[0].height / loaded.pages[0].width == pytest.approx(page.shape[0] / page.shape[1], abs=0.05)
