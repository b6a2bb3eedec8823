"""The pages of one PDF made objects of a larger file. Only to be used in the sandbox."""

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from vault.composing.pdf_objects import Fragment, ObjectWriter, numbers, text_string
from vault.composing.press.conformance import flaws_of_pages
from vault.composing.press.copying import marked
from vault.composing.press.leaves import BROKEN, VectorLeaves
from vault.composing.press.lettering import whole_lettering
from vault.composing.press.original import PdfOriginal
from vault.composing.press.sheets import Desk, Stamp
from vault.composing.press.taking import take_over_copy
from vault.composing.press.transplant import resolved
from vault.composing.requests import StampsRequest, TakeRequest
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import unreadable

PLACE = "place:"
"""What the address of a link begins with that leads to another page of the same file; a named destination follows."""


def stamps(request: StampsRequest) -> Fragment:
    writer = ObjectWriter(request.first)
    return writer.fragment([whole_lettering(request.characters).put(writer)])


def taken(request: TakeRequest, data: bytes, limits: Limits) -> Fragment:
    """Raises Unreadable."""
    if request.size is None:
        return _own_pages(request, data, limits)
    if request.copied:
        return _framed_pages(request, request.size, data, limits)
    copy = marked(data, limits, {}, "", archival=request.archival)
    return _framed_pages(request, request.size, copy.content, limits, copy.drawn)


def _framed_pages(
    request: TakeRequest, size: tuple[float, float], copy: bytes, limits: Limits, drawn: int = 0
) -> Fragment:
    """Pages of others, each on a sheet with a frame. `drawn`: how many of them are pictures already."""
    desk = _desk(request)
    found = take_over_copy(copy, limits, desk.writer, archival=request.archival)
    pages = [desk.framed(leaf, size, _stamp(request, number)) for number, leaf in found.leaves.items()]
    return desk.writer.fragment(pages, found.flaws, found.drawn or drawn)


def _own_pages(request: TakeRequest, data: bytes, limits: Limits) -> Fragment:
    """Pages that were printed for this sheet, with their links to other pages of the same file."""
    desk = _desk(request)
    vectors, original = VectorLeaves(data, desk.writer), PdfOriginal(data, limits)
    pages = []
    for number in range(1, len(original) + 1):
        leaf = vectors.leaf(number, original.placing(number))
        links = _links(vectors.reader, number, desk.writer)
        pages.append(desk.plain(leaf, _stamp(request, number), links))
    vectors.finish()
    return desk.writer.fragment(pages, flaws_of_pages(vectors.reader))


def _desk(request: TakeRequest) -> Desk:
    return Desk(ObjectWriter(request.first), whole_lettering(request.characters), request.font, request.parent)


def _stamp(request: TakeRequest, number: int) -> Stamp:
    page, total = str(request.page + number - 1), str(request.total)
    return Stamp(request.above, request.left, request.numbering.replace("{page}", page).replace("{total}", total))


def _links(reader: PdfReader, number: int, writer: ObjectWriter) -> list[int]:
    try:
        annotations = resolved(reader.pages[number - 1].get("/Annots"))
        found = map(resolved, annotations if isinstance(annotations, ArrayObject) else ())
        return [writer.put(link) for item in found if (link := _link(item))]
    except BROKEN as error:
        raise unreadable("damaged") from error


def _link(item: object) -> str | None:
    """Links that lead anywhere else are left behind."""
    action = resolved(item.get("/A")) if isinstance(item, DictionaryObject) else None
    if not isinstance(item, DictionaryObject) or not isinstance(action, DictionaryObject):
        return None
    address, sides = str(action.get("/URI", "")), resolved(item.get("/Rect"))
    if not address.startswith(PLACE) or not isinstance(sides, ArrayObject):
        return None
    rectangle = numbers(*(float(side) for side in sides))
    where = text_string(address.removeprefix(PLACE))
    return f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{rectangle}]/A<</S/GoTo/D {where}>>>>"
