"""Pictures of pages, decoded with care: how many pixels they have is known before the first one is unpacked."""

import io
from collections.abc import Iterator

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from vault.domain.errors import Unreadable
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import unreadable

Grey = NDArray[np.uint8]

_FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "HEIF", "MPO")
_DRAFT_PIXELS = 30_000_000
_PAGE_INCHES = 11.7  # a picture that does not know its size is taken for an A4 page
_PILLOW_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    TypeError,
    IndexError,
    OverflowError,
    RuntimeError,
)

pillow_heif.register_heif_opener()


class Picture:
    """An open picture file of one or more frames. Raises Unreadable: ``damaged``, ``too_large``, ``too_many_pages``."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._image = Image.open(io.BytesIO(data), formats=_FORMATS)
            self.frames = int(getattr(self._image, "n_frames", 1))
        except Image.DecompressionBombError as error:
            raise self._too_large() from error
        except (UnidentifiedImageError, *_PILLOW_ERRORS) as error:
            raise unreadable("damaged") from error
        self._require_bounds()

    def __len__(self) -> int:
        return self.frames

    def frame(self, number: int) -> Image.Image:
        """The frame (counted from 1) upright, as a viewer shows it, on white."""
        try:
            self._seek(number)
            upright = ImageOps.exif_transpose(self._image)
            return _on_white(upright)
        except Image.DecompressionBombError as error:
            raise self._too_large() from error
        except _PILLOW_ERRORS as error:
            raise unreadable("damaged") from error

    def dpi(self) -> float:
        """Dots per inch of the current frame: what the file says if that can be true, else as if it were an A4 page."""
        said = self._image.info.get("dpi", (0, 0))
        try:
            dpi = float(said[0])
        except (TypeError, ValueError, IndexError, ZeroDivisionError):
            dpi = 0.0
        return dpi if 100 <= dpi <= 1200 else max(self._image.size) / _PAGE_INCHES

    def _seek(self, number: int) -> None:
        if self.frames > 1:
            self._image.seek(number - 1)
        self._require_bounds()
        if self._image.width * self._image.height > _DRAFT_PIXELS:
            self._image.draft("L", (self._image.width // 2, self._image.height // 2))

    def _require_bounds(self) -> None:
        width, height = self._image.size
        if width * height > self._limits.pixels:
            raise self._too_large()
        if width < 1 or height < 1:
            raise unreadable("damaged")
        if self.frames > self._limits.pages:
            raise unreadable("too_many_pages", self._limits)

    def _too_large(self) -> Unreadable:
        return unreadable("too_large", self._limits)


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in mode L or RGB, transparent parts white."""
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) * (255.0 / max(1e-6, high - low))).astype(np.uint8))


def grey(image: Image.Image) -> Grey:
    """The picture as rows × columns of brightness, 0 … 255."""
    return np.asarray(image if image.mode == "L" else image.convert("L"))


def each_frame(picture: Picture) -> Iterator[tuple[int, Image.Image, float]]:
    """(number from 1, the frame upright, its dots per inch), one at a time."""
    for number in range(1, len(picture) + 1):
        frame = picture.frame(number)
        yield number, frame, picture.dpi()
