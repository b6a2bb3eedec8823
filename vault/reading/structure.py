"""What a PDF carries besides its pages, by pypdf. Only to be used in the sandbox."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_MOST_FILES = 50
# pypdf raises these, besides its own, from broken structures.
_BROKEN = (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, RecursionError)


def embedded_files(data: bytes, most_bytes: int) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files embedded in a PDF, none larger than `most_bytes`. Broken ones are left out."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        files = list(reader.attachment_list)[:_MOST_FILES]
    except (*_BROKEN, NotImplementedError, ImportError):
        return
    for file in files:
        try:
            name, content = str(file.name), file.content
        except _BROKEN:
            continue
        if len(content) <= most_bytes:
            yield name, content
