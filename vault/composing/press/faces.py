"""The font files that letters of stamps are taken from: an ordinary sans serif, and another one for what it lacks.

Only to be used in the sandbox.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from vault.domain.errors import Misconfigured
from vault.domain.message import N_

_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
_ORDINARY = ("OpenSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf")
_FOREIGN = ("DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "DejaVuSans.ttf")


def ordinary_face() -> bytes:
    """Raises Misconfigured where none is installed."""
    found = _found(_ORDINARY)
    if found is None:
        raise Misconfigured(
            N_("A font for the pages of bundles is missing. Install the package fonts-open-sans or fonts-dejavu-core.")
        )
    return found.read_bytes()


def reduced(program: bytes, characters: Sequence[str]) -> bytes:
    """The font with the glyphs of `characters` only."""
    options = subset.Options(
        layout_features=[], hinting=False, name_IDs=[], notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG"]
    font = TTFont(io.BytesIO(program), recalcTimestamp=False)
    maker = subset.Subsetter(options)
    maker.populate(text="".join(characters))
    maker.subset(font)
    return _saved(font)


def borrowed(program: bytes, characters: Sequence[str]) -> bytes:
    """The font with the glyphs that it lacks of `characters`, drawn as another installed font draws them."""
    font = TTFont(io.BytesIO(program), recalcTimestamp=False)
    lacking = [ord(character) for character in characters if ord(character) not in font.getBestCmap()]
    source = _found(_FOREIGN) if lacking else None
    if source is None:
        return program
    foreign = TTFont(source, recalcTimestamp=False)
    scale, names = font["head"].unitsPerEm / foreign["head"].unitsPerEm, foreign.getBestCmap()
    for code in lacking:
        if code in names and code <= 0xFFFF:
            _add(font, code, foreign, names[code], scale)
    return _saved(font)


def _add(font: TTFont, code: int, foreign: TTFont, name: str, scale: float) -> None:
    drawn, pen = DecomposingRecordingPen(foreign.getGlyphSet()), TTGlyphPen(None)
    foreign.getGlyphSet()[name].draw(drawn)
    drawn.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    own = f"foreign{code:04x}"
    font.setGlyphOrder([*font.getGlyphOrder(), own])
    font["glyf"][own] = pen.glyph()
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"][own] = (round(foreign["hmtx"][name][0] * scale), 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = own


def _found(names: Sequence[str]) -> Path | None:
    paths = (path for name in names for folder in _FOLDERS for path in sorted(folder.rglob(name)))
    return next(paths, None)


def _saved(font: TTFont) -> bytes:
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
