"""Signs in a photograph or a scan: the program that wrote it last."""

import io

from PIL import Image

from vault.domain.readings import Sign, SignKind
from vault.reading.glyphs import clean
from vault.reading.signs.tools import is_editing_tool

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "MPO")
_SOFTWARE = 0x0131
_MAKER, _MODEL = 0x010F, 0x0110
# What Pillow raises, besides its own errors, from broken headers.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, OverflowError, RuntimeError)


def signs_in_picture(data: bytes) -> tuple[Sign, ...]:
    """A sign where an image editor left its name in the head of the file. The picture itself is not unpacked."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            said = image.getexif()
            names = [said.get(_SOFTWARE), image.info.get("Software")]
            taken_with = " ".join(str(said.get(tag) or "") for tag in (_MAKER, _MODEL)).strip()
    except (Image.DecompressionBombError, *_BROKEN):
        return ()
    name = next((text for text in map(_text, names) if is_editing_tool(text)), "")
    if not name:
        return ()
    return (Sign(SignKind.EDITING_TOOL, name, clean(taken_with)),)


def _text(value: object) -> str:
    return clean(str(value or "").strip("\x00 "))
