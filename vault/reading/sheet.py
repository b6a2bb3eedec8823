"""A sheet of paper in a photograph: its four corners, and the picture pulled flat.

A sheet is taken for one only when nothing speaks against it: bright, four straight edges, darker all round, most of
the picture, and next to no writing beside it. Otherwise the picture stays as it is, since a wrong cut loses text.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vault.reading.images import Grey

Points = NDArray[np.float64]
Homography = NDArray[np.float64]

_LOOK_PIXELS = 1000  # longer side of the small copy on which the edges are looked for
_LEAST_SHARE = 0.35
_LEAST_ANGLE, _MOST_ANGLE = 60.0, 120.0
_SAMPLES = 80  # along one edge
_REACH = 14  # pixels to either side of where an edge is expected
_LEAST_STEP = 18  # grey levels from the table up to the paper
_LEAST_SEEN = 0.8  # share of an edge's samples that must lie on its line
_OFF_LINE = 2.0


@dataclass(frozen=True, slots=True)
class _Edge:
    """A straight line: a point on it, its unit direction, and the share of the samples that lie on it."""

    point: Points
    along: Points
    seen: float


def sheet_corners(image: Grey) -> Points | None:
    """Corners in pixels as rows (x, y): top left, top right, bottom right, bottom left. None where not clear."""
    height, width = image.shape
    factor = min(1.0, _LOOK_PIXELS / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    if min(size) < 100:
        return None
    small = cv2.GaussianBlur(cv2.resize(image, size, interpolation=cv2.INTER_AREA), (5, 5), 0)
    small = np.asarray(small, dtype=np.uint8)
    rough = _rough_corners(small)
    corners = None if rough is None else _sharpened(small, rough)
    if corners is None or not _is_sheet(corners, size):
        return None
    return corners * np.array([width / size[0], height / size[1]])


def flattened(image: Grey, corners: Points) -> tuple[Grey, Homography]:
    """The sheet alone, seen from straight above, and the way back to pixels of `image`."""
    top, right, bottom, left = (
        float(np.linalg.norm(corners[(side + 1) % 4] - corners[side])) for side in range(4)
    )
    columns, rows = round((top + bottom) / 2), round((left + right) / 2)
    target = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], dtype=np.float32)
    back = cv2.getPerspectiveTransform(target, corners.astype(np.float32))
    flat = cv2.warpPerspective(
        image, back, (columns, rows), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, dtype=np.uint8), np.asarray(back, dtype=np.float64)


def _rough_corners(small: Grey) -> Points | None:
    """Corners of the largest bright patch when it has four of them."""
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    around = cv2.arcLength(hull, closed=True)
    for slack in (0.01, 0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, slack * around, closed=True)
        if len(corners) <= 4:
            break
    return _in_order(corners.reshape(4, 2).astype(np.float64)) if len(corners) == 4 else None


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
    meet = [_crossing(lines[side - 1], lines[side]) for side in range(4)]
    return np.array(meet) if all(point is not None for point in meet) else None


def _edge(small: Grey, start: Points, end: Points) -> _Edge | None:
    """The line along which the picture turns from dark outside to bright inside."""
    length = float(np.linalg.norm(end - start))
    if length < 50:
        return None
    along = (end - start) / length
    inward = np.array([-along[1], along[0]])
    points = start + np.outer(np.linspace(0.04, 0.96, _SAMPLES), end - start)
    places = points[:, None, :] + np.arange(-_REACH, _REACH + 1)[None, :, None] * inward
    profile = cv2.remap(
        small,
        places[..., 0].astype(np.float32),
        places[..., 1].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float64)
    steps = profile[:, 3:] - profile[:, :-3]
    best = steps.argmax(axis=1)
    clear = steps.max(axis=1) >= _LEAST_STEP
    found = points + (best - _REACH + 1.5)[:, None] * inward
    if clear.sum() < _LEAST_SEEN * _SAMPLES:
        return None
    x, y, px, py = (float(v) for v in cv2.fitLine(found[clear].astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
    direction, point = np.array([x, y]), np.array([px, py])
    off = np.abs((found - point) @ np.array([-direction[1], direction[0]]))
    return _Edge(point, direction, float((clear & (off <= _OFF_LINE)).mean()))


def _crossing(first: _Edge, second: _Edge) -> Points | None:
    across = np.column_stack([first.along, -second.along])
    if abs(np.linalg.det(across)) < 0.3:
        return None
    return first.point + np.linalg.solve(across, second.point - first.point)[0] * first.along


def _is_sheet(corners: Points, size: tuple[int, int]) -> bool:
    width, height = size
    inside = (corners > [-2, -2]).all() and (corners < [width + 2, height + 2]).all()
    if not inside or cv2.contourArea(corners.astype(np.float32)) < _LEAST_SHARE * width * height:
        return False
    return all(_LEAST_ANGLE <= _angle(corners, corner) <= _MOST_ANGLE for corner in range(4))


def _angle(corners: Points, corner: int) -> float:
    """The angle at a corner, degrees."""
    one, other = corners[corner - 1] - corners[corner], corners[(corner + 1) % 4] - corners[corner]
    cosine = float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
