"""The letters of what is stamped on pages: a part of an ordinary sans serif, embedded, and how wide its words are.

And letters that nobody sees, which lie over a picture so that its text can be searched and copied.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from vault.composing.pdf_objects import ObjectWriter
from vault.composing.press.faces import borrowed, ordinary_face, reduced

# Latin with all its accents, Greek, Cyrillic, punctuation, currency signs, arrows.
_CHARACTERS = (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00))
_SIGNS = (*range(0x2010, 0x2040), *range(0x20A0, 0x20C0), 0x2116, 0x2122, 0x2190, 0x2192, 0x2212)
_PLAIN = frozenset(map(chr, range(0x20, 0x7F)))  # of most notes: reducing a face takes longer than copying a page
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{ranges}
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True, slots=True)
class Lettering:
    """`glyphs` maps a character to its number in `program`, `widths` a number to thousandths of the font's size."""

    name: str
    program: bytes
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    ascent: int
    descent: int
    bounds: tuple[int, int, int, int]

    def show(self, text: str) -> str:
        """`text` as the operand of Tj. What the face has no letter for is shown as a question mark."""
        return f"<{''.join(f'{self._glyph(character):04x}' for character in text)}>"

    def width(self, text: str, size: float) -> float:
        """Points."""
        return sum(self.widths[self._glyph(character)] for character in text) * size / 1000

    def lines(self, text: str, size: float, room: float) -> list[str]:
        """`text` broken to fit in `room` points, between words where that is possible."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer, size) <= room:
                lines[-1] = longer
                continue
            if lines[-1]:
                lines.append("")
            for character in word:
                if lines[-1] and self.width(lines[-1] + character, size) > room:
                    lines.append("")
                lines[-1] += character
        return lines

    def shortened(self, text: str, size: float, room: float) -> str:
        """`text`, or its beginning and an ellipsis, in `room` points."""
        if self.width(text, size) <= room:
            return text
        while text and self.width(f"{text}…", size) > room:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def put(self, writer: ObjectWriter) -> int:
        """The number of the font's object."""
        file = writer.stream(f"/Length1 {len(self.program)}", self.program)
        box = " ".join(str(side) for side in self.bounds)
        metrics = f"/FontBBox[{box}]/Ascent {self.ascent}/Descent {self.descent}/CapHeight {self.ascent}"
        more = f"/Flags 4/ItalicAngle 0/StemV 80/FontFile2 {file} 0 R"
        descriptor = writer.put(f"<</Type/FontDescriptor/FontName/{self.name}{metrics}{more}>>")
        widths = " ".join(map(str, self.widths))
        return _put_font(writer, self.name, descriptor, f"/CIDToGIDMap/Identity/W[0[{widths}]]", self._meanings())

    def _glyph(self, character: str) -> int:
        return self.glyphs.get(character) or self.glyphs["?"]

    def _meanings(self) -> str:
        known = sorted((glyph, character) for character, glyph in self.glyphs.items())
        rows = [f"<{glyph:04x}> <{ord(character):04x}>" for glyph, character in known]
        blocks = (rows[start : start + 100] for start in range(0, len(rows), 100))
        return "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)


def lettering(characters: str) -> Lettering:
    """The plain letters, and those that `characters` need besides. Raises Misconfigured where no face is installed."""
    more = set(characters) - _PLAIN
    if not more:
        return _plain_lettering()
    wanted = sorted(_PLAIN | more)
    return _measured(borrowed(reduced(_whole_face(), wanted), wanted))


def whole_lettering(more: str = "") -> Lettering:
    """Every letter of the face, and those that `more` needs besides. Raises as `lettering` does."""
    foreign = sorted(set(more) - _whole_lettering().glyphs.keys())
    return _measured(borrowed(_whole_face(), foreign)) if foreign else _whole_lettering()


def warm_up() -> None:
    """Find and read the face once. Raises as `lettering` does."""
    _whole_lettering()
    _plain_lettering()


@cache
def _plain_lettering() -> Lettering:
    return _measured(reduced(_whole_face(), sorted(_PLAIN)))


@cache
def _whole_lettering() -> Lettering:
    return _measured(_whole_face())


@cache
def _whole_face() -> bytes:
    return reduced(ordinary_face(), [chr(code) for code in (*_CHARACTERS, *_SIGNS)])


def _measured(program: bytes) -> Lettering:
    font = TTFont(io.BytesIO(program), recalcTimestamp=False)
    scale = 1000 / font["head"].unitsPerEm
    head, lines = font["head"], font["hhea"]
    return Lettering(
        name="AAAAAA+VaultSans",
        program=program,
        glyphs={chr(code): font.getGlyphID(name) for code, name in sorted(font.getBestCmap().items())},
        widths=tuple(round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()),
        ascent=round(lines.ascent * scale),
        descent=round(lines.descent * scale),
        bounds=tuple(round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)),
    )


def put_unseen_letters(writer: ObjectWriter) -> int:
    """The number of a font in which every character is a line that nobody sees, half as wide as it is high."""
    program = _empty_face()
    file = writer.stream(f"/Length1 {len(program)}", program)
    metrics = "/FontBBox[0 0 500 1000]/Ascent 1000/Descent 0/CapHeight 1000/Flags 5/ItalicAngle 0/StemV 80"
    name = "AAAAAB+VaultUnseen"
    descriptor = writer.put(f"<</Type/FontDescriptor/FontName/{name}{metrics}/FontFile2 {file} 0 R>>")
    everywhere = writer.stream("", b"\x00\x01" * 65536)
    rows = (f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256))
    blocks = _blocks(rows)
    return _put_font(writer, name, descriptor, f"/CIDToGIDMap {everywhere} 0 R/DW 500", blocks)


def unseen(text: str) -> str:
    """`text` as the operand of Tj in that font."""
    return f"<{text.encode('utf-16-be', 'replace').hex()}>"


def _blocks(rows: Iterable[str]) -> str:
    listed = list(rows)
    parts = (listed[start : start + 100] for start in range(0, len(listed), 100))
    return "\n".join(f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in parts)


def _put_font(writer: ObjectWriter, name: str, descriptor: int, more: str, ranges: str) -> int:
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    kind = f"/Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
    descendant = writer.put(f"<<{kind}{system}/FontDescriptor {descriptor} 0 R{more}>>")
    meanings = writer.stream("", _CMAP.format(ranges=ranges).encode())
    font = f"/Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
    return writer.put(f"<<{font}/DescendantFonts[{descendant} 0 R]/ToUnicode {meanings} 0 R>>")


@cache
def _empty_face() -> bytes:
    empty, line = TTGlyphPen(None).glyph(), TTGlyphPen(None)
    # Without area, so that nothing is there to be seen; as high as a letter, since readers pass over letters without height.
    line.moveTo((0, 0))
    line.lineTo((500, 800))
    line.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "unseen"])
    builder.setupCharacterMap({0x20: "unseen"})
    builder.setupGlyf({".notdef": empty, "unseen": line.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "unseen": (500, 0)})
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupOS2()
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()
