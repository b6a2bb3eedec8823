import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.reading.documents import as_bytes
from vault.domain.errors import Unreadable
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import Picture, each_frame, grey

SMALL = Limits(pixels=1_000_000)


def corner_marked(size: tuple[int, int] = (200, 100)) -> Image.Image:
    """White, with a black square in the top left corner."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, 20, 20))
    return image


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header says one size and that holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def gif_claiming(width: int, height: int) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, width, height) + b"\x00\x02\x02\x44\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff" + frame + b";"


@pytest.mark.parametrize("bomb", [png_claiming(30_000, 30_000), gif_claiming(65_535, 65_535)])
def test_a_bomb_is_refused_before_it_is_unpacked(bomb: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        Picture(bomb, Limits())
    assert refused.value.reason == "too_large"


def test_a_camera_turned_sideways_is_shown_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to display
    shown = Picture(as_bytes(corner_marked(), "JPEG", exif=exif), SMALL).frame(1)
    assert shown.size == (100, 200)
    assert grey(shown)[5, 95] < 50
    assert grey(shown)[5, 5] > 200


@pytest.mark.parametrize("kind", ["TIFF", "GIF"])
def test_each_frame_is_a_page(kind: str) -> None:
    first, second = corner_marked(), Image.new("RGB", (200, 100), "black")
    picture = Picture(as_bytes(first, kind, save_all=True, append_images=[second]), SMALL)
    brightness = [round(float(grey(frame).mean())) for _, frame, _ in each_frame(picture)]
    assert len(brightness) == 2
    assert brightness[0] > 200
    assert brightness[1] < 10


def test_more_frames_than_pages_allowed_are_refused() -> None:
    frames = [Image.new("L", (10, 10), number * 20) for number in range(4)]
    with pytest.raises(Unreadable) as refused:
        Picture(as_bytes(frames[0], "TIFF", save_all=True, append_images=frames[1:]), Limits(pages=3))
    assert refused.value.reason == "too_many_pages"


def test_transparent_parts_are_paper() -> None:
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert grey(Picture(as_bytes(image), SMALL).frame(1)).min() == 255


def test_sixteen_bits_keep_their_contrast() -> None:
    values = np.full((40, 40), 40_000, dtype=np.uint16)
    values[:20] = 10_000
    shown = grey(Picture(as_bytes(Image.fromarray(values), "PNG"), SMALL).frame(1))
    assert (shown[0, 0], shown[39, 39]) == (0, 255)


def test_a_photo_from_a_phone_is_opened() -> None:
    assert Picture(as_bytes(corner_marked(), "HEIF"), SMALL).frame(1).size == (200, 100)


def test_the_resolution_is_what_the_file_says_if_that_can_be_true() -> None:
    assert Picture(as_bytes(corner_marked(), "PNG", dpi=(300, 300)), SMALL).dpi() == pytest.approx(300, abs=1)
    assert Picture(as_bytes(corner_marked((827, 1170)), "PNG", dpi=(1, 1)), Limits()).dpi() == pytest.approx(100, abs=1)


def test_a_header_alone_is_damaged() -> None:
    with pytest.raises(Unreadable) as refused:
        Picture(io.BytesIO(as_bytes(corner_marked())).read(20), SMALL)
    assert refused.value.reason == "damaged"
