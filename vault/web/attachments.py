"""Names for downloads: what a stranger called a file, made harmless for headers and disks."""

import re
import unicodedata
from urllib.parse import quote

from flask import Response

from vault.services.documents.originals import Original

_LONGEST = 150
_UNSAFE = re.compile(r'[\\/:*?"<>|%;]')
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._ ()+-]")
# Nobody's browser may do anything with an original but save it.
_ORIGINAL_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def saved(original: Original) -> Response:
    """An original as an attachment, byte for byte."""
    response = Response(original.chunks, mimetype="application/octet-stream", headers=_ORIGINAL_HEADERS)
    response.headers["Content-Disposition"] = attachment(original.filename)
    response.content_length = original.size
    response.set_etag(original.sha256)
    return response


def attachment(filename: str) -> str:
    """A Content-Disposition header: saved, never opened, under an ASCII name and the full one (RFC 6266, RFC 5987)."""
    name = safe_name(filename)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _NOT_PLAIN.sub("_", plain).strip(" .") or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def safe_name(filename: str) -> str:
    """`filename` without folders, control and direction characters, not hidden; its ending stays where it is long."""
    visible = "".join(c for c in filename if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    name = _UNSAFE.sub("_", visible).strip(" .") or "document"
    if len(name) <= _LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:_LONGEST]
    return f"{stem[: _LONGEST - len(ending) - 1]}.{ending}"
