"""The pages of an original taken over as leaves: with their vectors where that shows the same, else drawn.

Only to be used in the sandbox.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

from vault.composing.pdf_objects import ObjectWriter
from vault.composing.press.conformance import flaws_of_pages, may_conform
from vault.composing.press.document import bare_file
from vault.composing.press.leaves import DrawnLeaves, Leaf, VectorLeaves
from vault.composing.press.likeness import is_like
from vault.composing.press.original import Original, PdfOriginal, open_original
from vault.composing.press.placing import Placing
from vault.domain.errors import Unreadable
from vault.sandbox.limits import Limits

DPI = 200.0
_LOOK_DPI = 48.0


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A leaf for each page, in order. `flaws`: what keeps those with vectors from conforming to PDF/A; `drawn`: the
    pages that were made pictures.
    """

    leaves: Mapping[int, Leaf]
    flaws: Sequence[str] = ()
    drawn: int = 0


def take_over(data: bytes, limits: Limits, writer: ObjectWriter, *, archival: bool) -> TakenOver:
    """Every page of an original, with form fields and annotations. The objects of `writer` count from 1.

    `archival`: no page keeps vectors that do not conform to PDF/A. Raises Unreadable.
    """
    original = open_original(data, limits)
    if not isinstance(original, PdfOriginal) or (archival and not may_conform(data)):
        return _drawn(original, writer, _pages(original))
    looks = {number: original.draw(number, _LOOK_DPI).convert("L") for number in _pages(original)}
    placings = _placings(original)
    had = len(writer)
    try:
        clean = original.flattened()
        found = _with_vectors(clean, placings, writer)
        unlike = _unlike(looks, bare_file(writer, found.leaves.values()), limits)
    except Unreadable:
        writer.forget(had)
        return _drawn(open_original(data, limits), writer, _pages(original))
    if not unlike and not (archival and found.flaws):
        return found
    writer.forget(had)  # nothing stays of a page that shows something else
    drawn = _drawn(open_original(data, limits), writer, _pages(original) if archival and found.flaws else unlike)
    kept = {number: placing for number, placing in placings.items() if number not in drawn.leaves}
    found = _with_vectors(clean, kept, writer) if kept else TakenOver({})
    return TakenOver(dict(sorted({**drawn.leaves, **found.leaves}.items())), found.flaws, drawn.drawn)


def take_over_copy(data: bytes, limits: Limits, writer: ObjectWriter, *, archival: bool) -> TakenOver:
    """Every page of a copy that `take_over` has made, which shows what it should. Raises Unreadable."""
    had, copy = len(writer), PdfOriginal(data, limits)
    found = _with_vectors(data, _placings(copy), writer)
    if not (archival and found.flaws):
        return found
    writer.forget(had)
    return _drawn(copy, writer, _pages(copy))


def _with_vectors(clean: bytes, placings: Mapping[int, Placing], writer: ObjectWriter) -> TakenOver:
    vectors = VectorLeaves(clean, writer)
    leaves = {number: vectors.leaf(number, placing) for number, placing in placings.items()}
    vectors.finish()
    return TakenOver(leaves, flaws_of_pages(vectors.reader))


def _drawn(original: Original, writer: ObjectWriter, pages: Collection[int]) -> TakenOver:
    drawing = DrawnLeaves(writer)
    leaves = {
        number: drawing.leaf(original.draw(number, DPI), original.size(number), original.words(number))
        for number in pages
    }
    return TakenOver(leaves, (), len(leaves))


def _unlike(looks: Mapping[int, Image.Image], copy: bytes, limits: Limits) -> list[int]:
    bare = PdfOriginal(copy, limits)
    return [number for number, look in looks.items() if not is_like(look, bare.draw(number, _LOOK_DPI))]


def _pages(original: Original) -> range:
    return range(1, len(original) + 1)


def _placings(original: PdfOriginal) -> dict[int, Placing]:
    return {number: original.placing(number) for number in _pages(original)}
