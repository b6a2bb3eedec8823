"""Pictures as PDF objects: few levels without loss where that is smaller, as for text on white; else as JPEG."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from vault.composing.pdf_objects import ObjectWriter

_QUALITY = 82
_COLOURS = 128
_COLOURLESS = 12  # the channels of grey paper differ by less
_LOOKED_AT = 400  # pixels of the longer side, for telling colour
_SAMPLES, _ROWS = 8, 32  # strips of a picture that tell how small it becomes either way


@dataclass(frozen=True, slots=True)
class _Encoded:
    """`entries` say how `data` is encoded."""

    entries: str
    data: bytes


def put_picture(writer: ObjectWriter, image: Image.Image) -> int:
    """The number of the picture's object. `image` is in mode L or RGB; nothing but its pixels is written."""
    image = _without_tint(image)
    encoded = _jpeg(image) if _is_photograph(image) else _packed(image)
    size = f"/Width {image.width}/Height {image.height}"
    return writer.raw_stream(f"/Type/XObject/Subtype/Image{size}{encoded.entries}", encoded.data)


def _without_tint(image: Image.Image) -> Image.Image:
    if image.mode != "RGB":
        return image
    small = image.reduce(max(1, max(image.size) // _LOOKED_AT))
    _, blue, red = small.convert("YCbCr").split()
    levels = {level for channel in (blue, red) for level, count in enumerate(channel.histogram()) if count}
    return image.convert("L") if max(abs(level - 128) for level in levels) < _COLOURLESS else image


def _is_photograph(image: Image.Image) -> bool:
    """Whether JPEG is smaller, by the look of strips from all over the picture."""
    sample = Image.new(image.mode, (image.width, min(image.height, _SAMPLES * _ROWS)))
    for position, top in enumerate(_tops(image.height)):
        sample.paste(image.crop((0, top, image.width, top + _ROWS)), (0, position * _ROWS))
    return len(_jpeg(sample).data) < len(_packed(sample).data)


def _tops(height: int) -> Iterator[int]:
    """Where the strips begin."""
    if height <= _SAMPLES * _ROWS:
        yield from range(0, height, _ROWS)
    else:
        yield from ((height - _ROWS) * number // (_SAMPLES - 1) for number in range(_SAMPLES))


def _packed(image: Image.Image) -> _Encoded:
    """16 greys, or a palette; compressed."""
    if image.mode == "L":
        entries, rows = "/ColorSpace/DeviceGray/BitsPerComponent 4", _nibbles(image)
    else:
        flat = image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        palette = bytes(flat.getpalette() or ())[: 3 * 256]
        space = f"[/Indexed/DeviceRGB {len(palette) // 3 - 1}<{palette.hex()}>]"
        entries, rows = f"/ColorSpace{space}/BitsPerComponent 8", flat.tobytes()
    return _Encoded(f"{entries}/Filter/FlateDecode", zlib.compress(rows, 6))


def _nibbles(image: Image.Image) -> bytes:
    """Two levels a byte, each row filled up to whole bytes."""
    levels = np.asarray(image.point([round(level / 17) for level in range(256)]))
    if image.width % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)))
    return bytes(levels[:, 0::2] << 4 | levels[:, 1::2])


def _jpeg(image: Image.Image) -> _Encoded:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    space = "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray"
    return _Encoded(f"/ColorSpace{space}/BitsPerComponent 8/Filter/DCTDecode", stream.getvalue())
