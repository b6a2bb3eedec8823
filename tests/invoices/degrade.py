"""Paper's way into a computer: a rendered page scanned, faxed or photographed, as an image or an image-only PDF."""

import io
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image
from pillow_heif import register_heif_opener

Pixels = NDArray[np.uint8]
_POINTS_AN_INCH = 72


@dataclass(frozen=True, slots=True)
class Recipe:
    """What happens to a page, in this order.

    `dpi`: resolution of the picture. `skew`: degrees either way, and at least half as
    many. `turn`: quarter turns. `blur`: radius in
    pixels. `shade`: how much darker the darkest corner is (0 … 1). `noise`: deviation in grey levels. `quality`: of
    the JPEG. `photographed`: lies on a table, seen at an angle. `black_and_white`: as a fax machine sees it.
    """

    dpi: int
    skew: float = 0.0
    turn: int = 0
    blur: float = 0.0
    shade: float = 0.0
    noise: float = 0.0
    quality: int = 85
    photographed: bool = False
    black_and_white: bool = False


RECIPES = MappingProxyType({
    "clean": Recipe(dpi=300),
    "scan": Recipe(dpi=200, skew=1.5, blur=0.4, noise=6, quality=75),
    "skewed": Recipe(dpi=250, skew=4.0, noise=4),
    "noisy": Recipe(dpi=200, skew=0.5, noise=38, quality=60),
    "coarse": Recipe(dpi=110, skew=0.5, quality=70),
    "shaded": Recipe(dpi=200, skew=1.0, shade=0.55, noise=5),
    "fax": Recipe(dpi=200, skew=0.8, noise=25, black_and_white=True),
    "upside_down": Recipe(dpi=200, turn=2, noise=4),
    "photo": Recipe(dpi=220, skew=2.5, blur=0.8, shade=0.4, noise=4, quality=82, photographed=True),
    "illegible": Recipe(dpi=38, skew=2.0, blur=1.4, noise=30, quality=25),
})  # fmt: skip


def as_image(pdf: bytes, recipe: Recipe, seed: int, *, media: str = "JPEG", page: int = 0) -> bytes:
    """One page (from 0) as a picture. `media` is Pillow's name: JPEG, PNG, GIF, TIFF, WEBP or HEIF."""
    document = pdfium.PdfDocument(pdf)
    try:
        return _encode(_degraded(document, page, recipe, seed), recipe, media)
    finally:
        document.close()


def as_scan(pdf: bytes, recipe: Recipe, seed: int, *, pages: Collection[int] | None = None) -> bytes:
    """The PDF with the given pages (from 0; all when None) replaced by pictures of them, without a text layer."""
    source, target = pdfium.PdfDocument(pdf), pdfium.PdfDocument.new()
    try:
        for place in range(len(source)):
            if pages is None or place in pages:
                _add_picture(target, _encode(_degraded(source, place, recipe, seed), recipe, "JPEG"), recipe.dpi)
            else:
                target.import_pages(source, [place])
        return _saved(target)
    finally:
        target.close()
        source.close()


def merged(first: bytes, second: bytes) -> bytes:
    """The pages of `first`, then those of `second`, in one PDF."""
    target, sources = pdfium.PdfDocument.new(), [pdfium.PdfDocument(first), pdfium.PdfDocument(second)]
    try:
        for source in sources:
            target.import_pages(source)
        return _saved(target)
    finally:
        for document in (target, *sources):
            document.close()


def _saved(document: pdfium.PdfDocument) -> bytes:
    """The bytes of `document`, the time of day and the random identifier in them made the same for every run."""
    written = io.BytesIO()
    document.save(written)
    timeless = re.sub(rb"\(D:\d{14}", b"(D:20260101000000", written.getvalue())
    return re.sub(rb"/ID\[<\w{32}><\w{32}>\]", b"/ID[<" + b"0" * 32 + b"><" + b"0" * 32 + b">]", timeless)


def _add_picture(document: pdfium.PdfDocument, jpeg: bytes, dpi: int) -> None:
    image = pdfium.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(jpeg))
    width, height = (pixels * _POINTS_AN_INCH / dpi for pixels in image.get_px_size())
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = document.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    page.close()


def _degraded(document: pdfium.PdfDocument, place: int, recipe: Recipe, seed: int) -> Pixels:
    rng = np.random.default_rng([seed, place])
    pixels = _rendered(document, place, recipe.dpi)
    pixels = np.ascontiguousarray(np.rot90(pixels, recipe.turn))
    angle = float(rng.choice((-1, 1)) * rng.uniform(0.5, 1) * recipe.skew)
    pixels = _on_a_table(pixels, angle, rng) if recipe.photographed else _rotated(pixels, angle)
    steps: tuple[Callable[[Pixels, Recipe, np.random.Generator], Pixels], ...] = (_blurred, _shaded, _noisy, _two_tone)
    for step in steps:
        pixels = step(pixels, recipe, rng)
    return pixels


def _rendered(document: pdfium.PdfDocument, place: int, dpi: int) -> Pixels:
    page = document[place]
    try:
        return np.array(page.render(scale=dpi / _POINTS_AN_INCH).to_pil().convert("RGB"))
    finally:
        page.close()


def _rotated(pixels: Pixels, angle: float) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _on_a_table(pixels: Pixels, angle: float, rng: np.random.Generator) -> Pixels:
    """The sheet seen from above a brown table: turned by `angle`, its corners pulled apart by the perspective."""
    height, width = pixels.shape[:2]
    margin = width // 9
    table = _table_top(height + 2 * margin, width + 2 * margin, rng)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = corners @ turn[:, :2].T + turn[:, 2]
    seen = (turned + margin + rng.uniform(-margin / 4, margin / 4, (4, 2))).astype(np.float32)
    view = cv2.getPerspectiveTransform(corners, seen)
    size = (table.shape[1], table.shape[0])
    sheet = cv2.warpPerspective(pixels, view, size, flags=cv2.INTER_CUBIC)
    covered = cv2.warpPerspective(np.full((height, width), 255, np.uint8), view, size)[:, :, None] / 255.0
    return (sheet * covered + table * (1 - covered)).astype(np.uint8)


def _table_top(height: int, width: int, rng: np.random.Generator) -> Pixels:
    grain = rng.normal(0, 14, (height, 1)).repeat(width, axis=1) + rng.normal(0, 6, (height, width))
    wood = np.array([126, 92, 61]) + cv2.GaussianBlur(grain, (0, 0), 2)[:, :, None]
    return np.clip(wood, 0, 255).astype(np.uint8)


def _blurred(pixels: Pixels, recipe: Recipe, _rng: np.random.Generator) -> Pixels:
    return cv2.GaussianBlur(pixels, (0, 0), recipe.blur) if recipe.blur else pixels


def _shaded(pixels: Pixels, recipe: Recipe, rng: np.random.Generator) -> Pixels:
    """Light that falls off towards one corner, and the soft shadow of whoever holds the camera."""
    if not recipe.shade:
        return pixels
    height, width = pixels.shape[:2]
    rows, columns = np.linspace(0, 1, height)[:, None], np.linspace(0, 1, width)[None, :]
    flip_rows, flip_columns = rng.integers(0, 2, 2)
    towards = (abs(flip_rows - rows) + abs(flip_columns - columns)) / 2
    light = 1 - recipe.shade * towards**1.5
    return np.clip(pixels * light[:, :, None], 0, 255).astype(np.uint8)


def _noisy(pixels: Pixels, recipe: Recipe, rng: np.random.Generator) -> Pixels:
    if not recipe.noise:
        return pixels
    grain = rng.normal(0, recipe.noise, pixels.shape[:2])[:, :, None]
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def _two_tone(pixels: Pixels, recipe: Recipe, _rng: np.random.Generator) -> Pixels:
    if not recipe.black_and_white:
        return pixels
    _, black_and_white = cv2.threshold(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), 150, 255, cv2.THRESH_BINARY)
    return cv2.cvtColor(black_and_white, cv2.COLOR_GRAY2RGB)


def _encode(pixels: Pixels, recipe: Recipe, media: str) -> bytes:
    if media == "HEIF":
        register_heif_opener()
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, media, quality=recipe.quality, dpi=(recipe.dpi, recipe.dpi))
    return written.getvalue()
