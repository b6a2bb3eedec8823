"""Whether a PDF conforms to PDF/A-2b or PDF/A-3b, as far as that can be seen from its structure. Only to be used in the sandbox.

ISO 19005-2, and -3 where files are embedded; the clause is named at each rule. Not looked at: most operators of
page contents, whether widths and CMaps agree with the embedded fonts, whether separations of one name are the same. A
file of strangers therefore also has to say itself that it conforms.
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from vault.composing.press.leaves import BROKEN
from vault.composing.press.transplant import resolved
from vault.sandbox.refusals import unreadable

_MOST_OBJECTS = 500_000
_CLAIM = re.compile(rb"pdfaid:part(?:>|\s*=\s*[\"'])\s*[1-3]")
_CLAIMS_3 = re.compile(rb"pdfaid:part(?:>|\s*=\s*[\"'])\s*3")
_BLENDS = frozenset(
    {
        *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge"),
        *("/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color"),
        "/Luminosity",
    }
)
_ACTS = frozenset(
    {
        *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans"),
        *("/GoTo3DView", "/JavaScript"),
    }
)
# The operators that set a colour of printing inks. The same letters in a shown text are blamed too: it is safe to.
_INKS = re.compile(rb"[\d.]\s+[kK]\s")
_NOT_ALLOWED = frozenset({"/3D", "/Sound", "/Screen", "/Movie"})


def may_conform(data: bytes) -> bool:
    """Whether a file says itself that it conforms: its metadata are not compressed then (6.6.2.1)."""
    return _CLAIM.search(data) is not None


def flaws_of(data: bytes) -> list[str]:
    """Codes of what does not conform, sorted; none: it conforms as far as was looked. Raises Unreadable(``damaged``)."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        return sorted({*_of_file(data, reader), *_of_contents(reader), *_of_objects(reader)})
    except BROKEN as error:
        raise unreadable("damaged") from error


def flaws_of_pages(reader: PdfReader) -> list[str]:
    """As `flaws_of`, of what is taken over with the pages: their resources, and what the file says of itself."""
    try:
        found = {*_of_claim(reader), *_of_contents(reader)}
        for page in reader.pages:
            found |= {flaw for item in _reached(_of_page(page)) for flaw in _of_object(item)}
        return sorted(found)
    except BROKEN as error:
        raise unreadable("damaged") from error


def _of_file(data: bytes, reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if not data.startswith(b"%PDF-1.") or data[8:10] not in (b"\n%", b"\r\n", b"\r%"):  # 6.1.2
        yield "header"
    if "/Encrypt" in reader.trailer:  # 6.1.3
        yield "encrypted"
    if "/ID" not in reader.trailer:  # 6.1.3
        yield "identifier"
    if "/AA" in root or any("/AA" in page for page in reader.pages):  # 6.5.2
        yield "additional_actions"
    form = resolved(root.get("/AcroForm"))
    if isinstance(form, DictionaryObject) and ("/XFA" in form or form.get("/NeedAppearances")):  # 6.4
        yield "form"
    names = resolved(root.get("/Names"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:  # 6.5.1
        yield "action"
    yield from _of_claim(reader)


def _of_claim(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    metadata = resolved(root.get("/Metadata"))
    if not isinstance(metadata, StreamObject) or not _CLAIM.search(metadata.get_data()):  # 6.6.4
        yield "no_claim"
    intents = resolved(root.get("/OutputIntents"))
    for intent in map(resolved, intents if isinstance(intents, ArrayObject) else ()):  # 6.2.3
        profile = resolved(intent.get("/DestOutputProfile")) if isinstance(intent, DictionaryObject) else None
        if isinstance(profile, StreamObject) and profile.get("/N") not in (1, 3):
            yield "output_intent"  # another one than ours: its colours would come out wrong


def _of_page(page: DictionaryObject) -> ArrayObject:
    """What is taken over of a page beside its content."""
    return ArrayObject(page[key] for key in ("/Resources", "/Group") if key in page)


def _of_contents(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        content = page.get_contents()
        if content is not None and _INKS.search(content.get_data() + b"\n"):  # 6.2.4.3
            yield "inks"


def _of_objects(reader: PdfReader) -> Iterator[str]:
    belonging = _belonging(reader)
    for item in _reached(reader.trailer):
        if not any(item is one for one in belonging):
            yield from _of_object(item)


def _belonging(reader: PdfReader) -> list[object]:
    """Files that a PDF/A-3 embeds as that asks for (ISO 19005-3, 6.8): of the document, and with all that names them."""
    metadata, listed = resolved(reader.root_object.get("/Metadata")), resolved(reader.root_object.get("/AF"))
    if not isinstance(metadata, StreamObject) or not _CLAIMS_3.search(metadata.get_data()):
        return []
    found = map(resolved, listed if isinstance(listed, ArrayObject) else ())
    return [one for one in found if isinstance(one, DictionaryObject) and _is_described(one)]


def _is_described(item: DictionaryObject) -> bool:
    held = resolved(item.get("/EF"))
    stream = resolved(held.get("/F")) if isinstance(held, DictionaryObject) else None
    if not isinstance(stream, StreamObject) or "/Subtype" not in stream:
        return False
    return all(key in item for key in ("/F", "/UF", "/AFRelationship"))


def _of_object(item: object) -> Iterator[str]:
    if not isinstance(item, DictionaryObject):
        return
    if isinstance(item, StreamObject):
        yield from _of_stream(item)
    if any(_has_inks(value) for value in dict.values(item)) or _letters_have_inks(item):
        yield "inks"  # 6.2.4.3: our output intent is for light
    kind, sort = resolved(item.get("/Type")), resolved(item.get("/Subtype"))
    if kind == "/Font" and sort not in ("/Type0", "/Type3") and not _is_embedded(item):  # 6.2.11.4
        yield "font_not_embedded"
    if "/TR" in item or item.get("/TR2") not in (None, "/Default") or "/HTP" in item:  # 6.2.5
        yield "transfer_function"
    if (blend := resolved(item.get("/BM"))) is not None and not _is_known_blend(blend):  # 6.2.10
        yield "blend_mode"
    if resolved(item.get("/S")) in _ACTS:  # 6.5.1
        yield "action"
    if kind == "/Annot" and (sort in _NOT_ALLOWED or (sort not in ("/Popup", "/Link") and "/AP" not in item)):  # 6.3
        yield "annotation"
    if kind == "/Filespec" and "/EF" in item:  # 6.8: allowed in part 3 only, unless it is PDF/A itself
        yield "embedded_file"


def _of_stream(item: StreamObject) -> Iterator[str]:
    if "/F" in item or "/FFilter" in item:  # 6.1.7.1
        yield "external_stream"
    filters = resolved(item.get("/Filter"))
    named = [resolved(one) for one in filters] if isinstance(filters, ArrayObject) else [filters]
    if "/LZWDecode" in named or "/Crypt" in named:  # 6.1.7.2
        yield "filter"
    sort = resolved(item.get("/Subtype"))
    if sort == "/PS" or item.get("/Subtype2") == "/PS" or "/PS" in item:  # 6.2.9
        yield "postscript"
    if sort == "/Image" and (item.get("/Interpolate") or "/Alternates" in item or "/OPI" in item):  # 6.2.8
        yield "image"
    draws = sort == "/Form" or item.get("/PatternType") == 1
    if draws and _INKS.search(item.get_data() + b"\n"):  # 6.2.4.3
        yield "inks"
    if sort == "/Form" and ("/Ref" in item or "/OPI" in item):  # 6.2.9
        yield "reference"


def _has_inks(value: object) -> bool:
    return value == "/DeviceCMYK" or (isinstance(value, ArrayObject) and any(_has_inks(one) for one in value))


def _letters_have_inks(font: DictionaryObject) -> bool:
    """Whether a glyph of a Type 3 font, which is a content of its own, is drawn in them."""
    letters = resolved(font.get("/CharProcs"))
    drawn = map(resolved, dict.values(letters) if isinstance(letters, DictionaryObject) else ())
    return any(isinstance(one, StreamObject) and _INKS.search(one.get_data() + b"\n") for one in drawn)


def _is_embedded(font: DictionaryObject) -> bool:
    described = resolved(font.get("/FontDescriptor"))
    return isinstance(described, DictionaryObject) and any(
        isinstance(resolved(described.get(name)), StreamObject) for name in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _is_known_blend(blend: object) -> bool:
    return all(resolved(one) in _BLENDS for one in (blend if isinstance(blend, ArrayObject) else [blend]))


def _reached(start: object) -> Iterator[object]:
    """Every object that can be reached, each once."""
    waiting, seen = [start], set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            key = (item.idnum, item.generation)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > _MOST_OBJECTS:
                raise unreadable("damaged")
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            waiting.extend(item)
