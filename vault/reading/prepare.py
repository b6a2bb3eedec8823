"""A picture of a page made easy to read: flat, text of a good size, even light, little noise, straight lines.

Every step is taken only where the page needs it, and each keeps the way back to the original.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from vault.reading.sheet import Homography, find_sheet, flattened
from vault.sandbox.pictures import Grey

_GLYPH_PIXELS = 23.0  # height of a small letter that Tesseract reads best
_MOST_PIXELS = 30_000_000
_LOOK_PIXELS = 800  # longer side of the small copy on which light and skew are measured
_MOST_SKEW = 8.0
_LEAST_SKEW = 0.25
_DEEPEST_SHADOW = 0.35  # of the brightest paper; what is darker is printed, and may have light writing on it
_BROKEN = 0.65  # pieces this much smaller than the letters that they make up


@dataclass(frozen=True, slots=True)
class Prepared:
    """`back` takes pixels of `image` to pixels of the original."""

    image: Grey
    back: Homography


def prepare(original: Grey) -> Prepared:
    image, back = _without_noise(original), np.eye(3)  # first, since grain looks like tiny letters
    sheet = find_sheet(image)
    if sheet is not None:
        image, back = flattened(image, sheet)
    image = _evenly_lit(image)
    pieces, letters = _heights(image)
    if pieces and letters and pieces < _BROKEN * letters:  # letters made of dots: let the dots run together
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), 1.0), dtype=np.uint8)
    scale = _scale_for(image, letters or pieces)
    if scale != 1.0:
        image, smaller_back = _resized(image, scale)
        back = back @ smaller_back
    angle = 0.0 if sheet is not None else _skew(image)  # the grain of a table would be taken for lines of text
    if abs(angle) >= _LEAST_SKEW:
        image, turned_back = rotated(image, angle)
        back = back @ turned_back
    return Prepared(image, back)


def quarter_turns(prepared: Prepared, clockwise: int) -> Prepared:
    """The same page turned by `clockwise` × 90 degrees."""
    height, width = prepared.image.shape
    steps: dict[int, tuple[int, list[list[float]]]] = {
        1: (cv2.ROTATE_90_CLOCKWISE, [[0, 1, 0], [-1, 0, height], [0, 0, 1]]),
        2: (cv2.ROTATE_180, [[-1, 0, width], [0, -1, height], [0, 0, 1]]),
        3: (cv2.ROTATE_90_COUNTERCLOCKWISE, [[0, -1, width], [1, 0, 0], [0, 0, 1]]),
    }
    code, matrix = steps[clockwise % 4]
    turned = np.asarray(cv2.rotate(prepared.image, code), dtype=np.uint8)
    return Prepared(turned, prepared.back @ np.array(matrix, dtype=np.float64))


def rotated(image: Grey, angle: float) -> tuple[Grey, Homography]:
    """Turned counter-clockwise by `angle` degrees on a sheet large enough, and the way back."""
    height, width = image.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0, 0, 1]])
    corners = turn @ np.array([[0, width, 0, width], [0, 0, height, height], [1, 1, 1, 1]], dtype=np.float64)
    least, most = corners[:2].min(axis=1), corners[:2].max(axis=1)
    turn = np.array([[1, 0, -least[0]], [0, 1, -least[1]], [0, 0, 1]]) @ turn
    size = (int(np.ceil(most[0] - least[0])), int(np.ceil(most[1] - least[1])))
    paper = int(np.percentile(image[:: max(1, height // 200), :: max(1, width // 200)], 90))
    sheet = cv2.warpAffine(
        image, turn[:2], size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    return np.asarray(sheet, dtype=np.uint8), np.linalg.inv(turn)


def glyph_height(image: Grey) -> float | None:
    """Median height in pixels of what looks like letters; None where there are hardly any."""
    pieces, letters = _heights(image)
    return letters or pieces


def _heights(image: Grey) -> tuple[float | None, float | None]:
    """Median heights in pixels of the pieces of ink, and of the letters that the pieces make up."""
    middle = _central(image)
    letters = _median_height(_strokes(middle, whole=True))
    if letters is None and middle.size < image.size:
        middle = image
        letters = _median_height(_strokes(middle, whole=True))
    return _median_height(_strokes(middle, whole=False)), letters


def _strokes(image: Grey, *, whole: bool) -> Grey:
    """Ink, thresholded; `whole` closes the gaps in letters that a dot-matrix or a worn thermal printer left."""
    calm = cv2.GaussianBlur(image, (3, 3), 0) if whole else image
    ink = cv2.adaptiveThreshold(calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 15)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)) if whole else ink
    return np.asarray(closed, dtype=np.uint8)


def _median_height(ink: Grey) -> float | None:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    widths, heights, areas = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_AREA]
    letters = (
        (heights >= 5) & (heights < 150) & (widths >= 2) & (widths < 3 * heights) & (areas > 0.12 * widths * heights)
    )
    chosen = heights[letters]
    return float(np.median(chosen)) if len(chosen) >= 20 else None


def _scale_for(image: Grey, height: float | None) -> float:
    wanted = 1.0 if height is None else _GLYPH_PIXELS / height
    if 0.75 < wanted < 1.3:
        wanted = 1.0
    most = (_MOST_PIXELS / image.size) ** 0.5
    return float(min(max(wanted, 0.4), 3.0, max(most, 0.1)))


def _central(image: Grey, most: int = 1_500_000) -> Grey:
    """The middle of a large picture: enough to measure on, and much faster."""
    height, width = image.shape
    share = min(1.0, (most / image.size) ** 0.5)
    rows, columns = max(1, int(height * share)), max(1, int(width * share))
    top, left = (height - rows) // 2, (width - columns) // 2
    return image[top : top + rows, left : left + columns]


def _resized(image: Grey, scale: float) -> tuple[Grey, Homography]:
    height, width = image.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    resized = np.asarray(cv2.resize(image, size, interpolation=method), dtype=np.uint8)
    return resized, np.diag([width / size[0], height / size[1], 1.0])


def _evenly_lit(image: Grey) -> Grey:
    """Shadows and tinted paper divided out; a page that is already white stays as it is."""
    height, width = image.shape
    factor = min(1.0, _LOOK_PIXELS / 2 / max(height, width))
    small = cv2.resize(image, (max(1, int(width * factor)), max(1, int(height * factor))), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    if float(np.percentile(paper, 5)) > 225:
        return image
    paper = np.maximum(paper, _DEEPEST_SHADOW * np.percentile(paper, 95)).astype(np.uint8)
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(image, np.maximum(light, 1), scale=255), dtype=np.uint8)


def _without_noise(image: Grey) -> Grey:
    sigma = _noise(image)
    if sigma < 6:
        return image
    calm = cv2.medianBlur(image, 3)
    if sigma >= 14:
        calm = cv2.GaussianBlur(calm, (3, 3), 0)
    return np.asarray(calm, dtype=np.uint8)


def _noise(image: Grey) -> float:
    """Standard deviation of the grain, from the median answer of a second-difference mask (insensitive to edges)."""
    look = _central(image, 400_000)
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], dtype=np.float32)
    answer = np.abs(cv2.filter2D(look, cv2.CV_32F, mask))
    return float(np.median(answer)) / 6 / 0.6745


def _skew(image: Grey) -> float:
    """The turn (degrees counter-clockwise) that makes lines of text level."""
    ink = _ink(image)
    if int(np.count_nonzero(ink)) < 200:
        return 0.0
    rough = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 1.0), key=lambda angle: _levelness(ink, float(angle)))
    fine = max(np.arange(rough - 0.75, rough + 0.76, 0.125), key=lambda angle: _levelness(ink, float(angle)))
    return float(fine) if _levelness(ink, float(fine)) >= 1.1 * _levelness(ink, 0.0) else 0.0


def _ink(image: Grey) -> Grey:
    height, width = image.shape
    factor = min(1.0, _LOOK_PIXELS / max(height, width))
    size = (max(1, int(width * factor)), max(1, int(height * factor)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 12)
    return np.asarray(ink, dtype=np.uint8)


def _levelness(ink: Grey, angle: float) -> float:
    """High when ink and white alternate sharply from row to row."""
    height, width = ink.shape
    if angle:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        ink = np.asarray(cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST), dtype=np.uint8)
    rows = ink.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum() / max(1.0, rows.sum()))
