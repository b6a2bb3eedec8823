"""A sheet of paper in a photograph: its four corners, and the picture pulled flat.

A sheet is believed only when nothing speaks against it: bright, four straight edges, darker all round, a good part
of the picture. Otherwise the picture stays as it is.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vault.sandbox.pictures import Grey

Points = NDArray[np.float64]
Homography = NDArray[np.float64]

_LOOK_PIXELS = 1000  # longer side of the small copy on which the sheet is looked for
_LEAST_SHARE, _MOST_SHARE = 0.35, 0.97  # of the picture; a sheet that fills it has no edges to go by
_LEAST_ANGLE, _MOST_ANGLE = 60.0, 120.0
_SAMPLES = 80  # along one edge
_REACH = 14  # pixels to either side of where an edge is expected
_LEAST_STEP = 18  # grey levels from the table up to the paper
_LEAST_SEEN = 0.8  # share of an edge's samples that must lie on its line
_OFF_LINE = 2.0
_LEAST_CROSSING = 0.3  # sine of the angle at which two edges meet
_STROKE_STEP = 25  # grey levels between ink and paper, or light ink and dark paper
_WRITING = 0.15  # share of a small patch on the borders of strokes: writing has 0.5, wood has none
_TRIM = 0.005  # of the shorter side: the sheet's own dark rim, which would be read as a frame around the text
_MOST_GROWTH = 2.0  # pixels of the whole picture seen from above, by its own


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it lies in a picture. `corners`: (x, y) in pixels, clockwise from the top left.

    `alone`: nothing seems to be written beside it. Otherwise what looked like a sheet may be a part of one.
    """

    corners: Points
    alone: bool


@dataclass(frozen=True, slots=True)
class _Edge:
    """A straight line: a point on it, its unit direction, and the share of the samples that lie on it."""

    point: Points
    along: Points
    seen: float


def find_sheet(image: Grey) -> Sheet | None:
    """The sheet in a picture; None where its corners are not clear."""
    height, width = image.shape
    factor = min(1.0, _LOOK_PIXELS / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    if min(size) < 100:
        return None
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    calm = np.asarray(cv2.GaussianBlur(small, (5, 5), 0), dtype=np.uint8)
    rough = _rough_corners(calm)
    corners = None if rough is None else _sharpened(calm, rough)
    if corners is None or not _is_sheet(corners, size):
        return None
    return Sheet(corners * np.array([width / size[0], height / size[1]]), not _writing_beside(small, corners))


def flattened(image: Grey, sheet: Sheet) -> tuple[Grey, Homography]:
    """The picture as if seen from straight above, and the way back: the sheet alone, or all where it is not `alone`."""
    corners = sheet.corners
    top, right, bottom, left = (float(np.linalg.norm(corners[(side + 1) % 4] - corners[side])) for side in range(4))
    columns, rows = round((top + bottom) / 2), round((left + right) / 2)
    trim = -_TRIM * min(columns, rows) if sheet.alone else 0.0
    flat = np.array([[trim, trim], [columns - trim, trim], [columns - trim, rows - trim], [trim, rows - trim]])
    back = np.asarray(
        cv2.getPerspectiveTransform(flat.astype(np.float32), corners.astype(np.float32)), dtype=np.float64
    )
    size = (columns, rows)
    if not sheet.alone:
        back, size = _around_all(image, back)
    seen = cv2.warpPerspective(
        image, back, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(seen, dtype=np.uint8), back


def _around_all(image: Grey, back: Homography) -> tuple[Homography, tuple[int, int]]:
    """The view moved and enlarged until the whole picture is in it; no view at all where that takes too much."""
    height, width = image.shape
    forth = np.linalg.inv(back)
    frame = forth @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1]], dtype=np.float64)
    if (frame[2] * forth[2, 2] > 0).all():
        places = frame[:2] / frame[2]
        least = places.min(axis=1)
        columns, rows = (int(side) for side in np.ceil(places.max(axis=1) - least))
        if columns * rows <= _MOST_GROWTH * image.size:
            return back @ np.array([[1, 0, least[0]], [0, 1, least[1]], [0, 0, 1]]), (columns, rows)
    return np.eye(3), (width, height)


def _rough_corners(small: Grey) -> Points | None:
    """Corners of the largest bright patch when it has four of them."""
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    around = cv2.arcLength(hull, closed=True)
    outline = min(
        (cv2.approxPolyDP(hull, slack * around, closed=True) for slack in (0.01, 0.02, 0.03, 0.05)),
        key=lambda corners: abs(len(corners) - 4),
    )
    return _in_order(outline.reshape(4, 2).astype(np.float64)) if len(outline) == 4 else None


def _in_order(corners: Points) -> Points:
    """Clockwise as seen, from the corner nearest to the top left."""
    middle = corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0)


def _sharpened(small: Grey, corners: Points) -> Points | None:
    """The corners where the straight lines through the four edges meet; None when an edge is not one."""
    edges = [_edge(small, corners[side], corners[(side + 1) % 4]) for side in range(4)]
    lines = [edge for edge in edges if edge is not None and edge.seen >= _LEAST_SEEN]
    if len(lines) < 4:
        return None
    meet = [point for side in range(4) if (point := _crossing(lines[side - 1], lines[side])) is not None]
    return np.array(meet) if len(meet) == 4 else None


def _edge(small: Grey, start: Points, end: Points) -> _Edge | None:
    """The line along which the picture turns from dark outside to bright inside."""
    length = float(np.linalg.norm(end - start))
    if length < 50:
        return None
    along = (end - start) / length
    inward = np.array([-along[1], along[0]])
    points = start + np.outer(np.linspace(0.04, 0.96, _SAMPLES), end - start)
    where, step = _brightest_step(small, points, inward)
    found, clear = points + where[:, None] * inward, step >= _LEAST_STEP
    if clear.mean() < _LEAST_SEEN:
        return None
    x, y, px, py = cv2.fitLine(found[clear].astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
    off = np.abs((found - np.array([px, py])) @ np.array([-y, x]))
    return _Edge(np.array([px, py]), np.array([x, y]), float((clear & (off <= _OFF_LINE)).mean()))


def _brightest_step(small: Grey, points: Points, inward: Points) -> tuple[Points, Points]:
    """For each point: how many pixels `inward` of it the picture brightens most, and by how many grey levels."""
    places = points[:, None, :] + np.arange(-_REACH, _REACH + 1)[None, :, None] * inward
    x, y = places[..., 0].astype(np.float32), places[..., 1].astype(np.float32)
    seen = np.asarray(cv2.remap(small, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), dtype=np.float64)
    steps = seen[:, 3:] - seen[:, :-3]
    return steps.argmax(axis=1) - _REACH + 1.5, steps.max(axis=1)


def _crossing(first: _Edge, second: _Edge) -> Points | None:
    across = np.column_stack([first.along, -second.along])
    if abs(np.linalg.det(across)) < _LEAST_CROSSING:
        return None
    way = float(np.linalg.solve(across, second.point - first.point)[0])
    return np.asarray(first.point + way * first.along, dtype=np.float64)


def _is_sheet(corners: Points, size: tuple[int, int]) -> bool:
    width, height = size
    within = (corners > [-2, -2]).all() and (corners < [width + 2, height + 2]).all()
    share = cv2.contourArea(corners.astype(np.float32)) / (width * height)
    if not within or not _LEAST_SHARE <= share <= _MOST_SHARE:
        return False
    return all(_LEAST_ANGLE <= _angle(corners, corner) <= _MOST_ANGLE for corner in range(4))


def _angle(corners: Points, corner: int) -> float:
    """The angle at a corner, degrees."""
    one, other = corners[corner - 1] - corners[corner], corners[(corner + 1) % 4] - corners[corner]
    cosine = float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _writing_beside(small: Grey, corners: Points) -> bool:
    """Whether some patch outside the corners is as full of strokes as lines of text are."""
    borders = cv2.morphologyEx(small, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > _STROKE_STEP
    beside = np.ones(small.shape, np.uint8)
    cv2.fillConvexPoly(beside, corners.round().astype(np.int32), 0)
    away = cv2.erode(beside, np.ones((15, 15), np.uint8)) > 0
    return float(cv2.blur((borders & away).astype(np.float32), (40, 40)).max()) > _WRITING
