"""Scans as heavy as they come: pages of A4 at 600 dpi, with so much grain that nothing makes them smaller."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from vault.composing.pdf_objects import PdfFile

_SIZE = (4960, 7016)
_GRAIN = 92  # of 255 levels
_QUALITY = 91
PAGES = 4


def heavy_scans(folder: Path, gigabytes: float) -> Iterator[Path]:
    """Different PDFs of `PAGES` pages and about 100 MB each, one at a time; each is to be removed before the next."""
    pages = [_page(seed) for seed in range(PAGES + 2)]
    made = 0.0
    number = 0
    while made < gigabytes * 1e9:
        path = folder / f"scan-{number:04d}.pdf"
        made += _write(path, [pages[(number + page) % len(pages)] for page in range(PAGES)], number)
        yield path
        number += 1


def _page(seed: int) -> bytes:
    """A picture of a page with lines of print on grainy paper, as JPEG."""
    dice = np.random.default_rng(seed)
    width, height = _SIZE
    levels = dice.integers(255 - _GRAIN, 256, (height, width), dtype=np.uint8)
    for top in range(500, height - 500, 120):
        levels[top : top + 45, 400 : dice.integers(2000, width - 400)] //= 4
    stream = io.BytesIO()
    Image.fromarray(levels).save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _write(path: Path, pages: list[bytes], number: int) -> int:
    """Its size in bytes."""
    with path.open("wb") as stream:
        file = PdfFile(stream)
        root, tree = file.reserve(), file.reserve()
        leaves = [_put(file, tree, page) for page in pages]
        kids = " ".join(f"{leaf} 0 R" for leaf in leaves)
        file.put(tree, f"<</Type/Pages/Kids[{kids}]/Count {len(leaves)}>>")
        file.put(root, f"<</Type/Catalog/Pages {tree} 0 R/Number {number}>>")
        return file.close({"Root": root})


def _put(file: PdfFile, tree: int, page: bytes) -> int:
    picture, content, leaf = file.reserve(), file.reserve(), file.reserve()
    size = f"/Width {_SIZE[0]}/Height {_SIZE[1]}/ColorSpace/DeviceGray/BitsPerComponent 8"
    file.stream(picture, f"/Type/XObject/Subtype/Image{size}/Filter/DCTDecode", page)
    file.stream(content, "", b"q 595.2 0 0 841.9 0 0 cm /P Do Q")
    resources = f"/Resources<</XObject<</P {picture} 0 R>>>>"
    file.put(leaf, f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595.2 841.9]{resources}/Contents {content} 0 R>>")
    return leaf
