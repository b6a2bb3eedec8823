"""Pictures as PDF objects: few levels without loss where that is smaller, as for text on white; else as JPEG."""

import io
import zlib

from PIL import Image

from vault.composing.pdf_objects import ObjectWriter

_QUALITY = 82
_COLOURS = 128
_COLOURLESS = 12  # the channels of grey paper differ by less


def put_picture(writer: ObjectWriter, image: Image.Image) -> int:
    """The number of the picture's object. `image` is in mode L or RGB; nothing but its pixels is written."""
    image = _without_tint(image)
    entries = f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
    space, bits, packed = _packed(image)
    photograph = _jpeg(image)
    if len(photograph) < len(packed):
        own = "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray"
        return writer.raw_stream(f"{entries}/ColorSpace{own}/BitsPerComponent 8/Filter/DCTDecode", photograph)
    return writer.raw_stream(f"{entries}/ColorSpace{space}/BitsPerComponent {bits}/Filter/FlateDecode", packed)


def _without_tint(image: Image.Image) -> Image.Image:
    if image.mode != "RGB":
        return image
    small = image.copy()
    small.thumbnail((400, 400), Image.Resampling.BOX)
    _, blue, red = small.convert("YCbCr").split()
    levels = {level for channel in (blue, red) for level, count in enumerate(channel.histogram()) if count}
    return image.convert("L") if max(abs(level - 128) for level in levels) < _COLOURLESS else image


def _packed(image: Image.Image) -> tuple[str, int, bytes]:
    """Colour space, bits a sample, and the rows compressed: 16 greys, or a palette."""
    if image.mode == "L":
        greys = image.point([round(level / 17) for level in range(256)]).tobytes()
        return "/DeviceGray", 4, zlib.compress(_nibbles(greys, image.width, image.height), 6)
    flat = image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = bytes(flat.getpalette() or ())[: 3 * 256]
    return f"[/Indexed/DeviceRGB {len(palette) // 3 - 1}<{palette.hex()}>]", 8, zlib.compress(flat.tobytes(), 6)


def _nibbles(levels: bytes, width: int, height: int) -> bytes:
    """Two levels a byte, each row filled up to whole bytes."""
    if width % 2:
        levels = b"".join(levels[row * width : (row + 1) * width] + b"\0" for row in range(height))
    # Written in hexadecimal a level is a zero and a digit: the digits alone are two levels a byte.
    return bytes.fromhex(levels.hex()[1::2])


def _jpeg(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return stream.getvalue()
