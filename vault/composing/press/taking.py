"""The pages of an original taken over as leaves: with their vectors where that shows the same, else drawn.

Only to be used in the sandbox.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from vault.composing.pdf_objects import ObjectWriter
from vault.composing.press.conformance import flaws_of_pages
from vault.composing.press.document import Document
from vault.composing.press.leaves import DrawnLeaves, Leaf, VectorLeaves
from vault.composing.press.likeness import is_like
from vault.composing.press.original import Original, PdfOriginal, open_original
from vault.domain.errors import Unreadable
from vault.sandbox.limits import Limits

DPI = 200.0
_LOOK_DPI = 48.0


def pages_to_draw(data: bytes, limits: Limits) -> Collection[int]:
    """The pages that cannot be taken over, or would not show what the original shows: all of a picture file's.

    Raises Unreadable where a page cannot even be drawn.
    """
    original = open_original(data, limits)
    everything = range(1, len(original) + 1)
    if not isinstance(original, PdfOriginal):
        return everything
    looks = {number: original.draw(number, _LOOK_DPI) for number in everything}
    try:
        bare = PdfOriginal(_bare_copy(original), limits)
        return [number for number, look in looks.items() if not is_like(look, bare.draw(number, _LOOK_DPI))]
    except Unreadable:
        return everything


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A leaf for each page, in order. `flaws`: what keeps those with vectors from conforming to PDF/A."""

    leaves: Mapping[int, Leaf]
    flaws: Sequence[str] = ()


def take_over(original: Original, writer: ObjectWriter, to_draw: Collection[int]) -> TakenOver:
    """Every page, those `to_draw` as pictures. The original cannot be used any more then. Raises Unreadable."""
    drawing, found = DrawnLeaves(writer), {}
    flaws: Sequence[str] = ()
    for number in to_draw:  # first: taking the others over changes the original
        picture, words = original.draw(number, DPI), original.words(number)
        found[number] = drawing.leaf(picture, original.size(number), words)
    kept = [number for number in range(1, len(original) + 1) if number not in found]
    if kept and isinstance(original, PdfOriginal):
        placings = {number: original.placing(number) for number in kept}
        vectors = VectorLeaves(original.flattened(), writer)
        found |= {number: vectors.leaf(number, placing) for number, placing in placings.items()}
        vectors.finish()
        flaws = flaws_of_pages(vectors.reader)
    return TakenOver(dict(sorted(found.items())), flaws)


def _bare_copy(original: PdfOriginal) -> bytes:
    document = Document("")
    for leaf in take_over(original, document.writer, ()).leaves.values():
        document.pages.append(document.desk.bare(leaf))
    return document.written(conforms=False)
