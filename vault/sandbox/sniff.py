"""The kind of a file by its content. The name and what the browser claims are never asked."""

from vault.sandbox.refusals import unreadable

PDF = "application/pdf"
HEIC = "image/heic"
JUNK_BEFORE_PDF = 1024
HEAD_BYTES = JUNK_BEFORE_PDF + 16

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
)
# ISO base media brands of still pictures coded with HEVC (ISO/IEC 23008-12, annex B).
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def sniff(head: bytes) -> str | None:
    """The media type, or None when the vault does not read such files.

    `head` is the first `HEAD_BYTES` of the file (more does no harm). Scanners put junk before ``%PDF-``:
    up to 1 KiB of it is tolerated, unless the file begins as a picture does.
    """
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return HEIC
    return PDF if b"%PDF-" in head[:HEAD_BYTES] else None


def require_known(data: bytes) -> str:
    """As `sniff`, but raises Unreadable (``empty``, ``unsupported_type``) instead of returning None."""
    if not data:
        raise unreadable("empty")
    media_type = sniff(data[:HEAD_BYTES])
    if media_type is None:
        raise unreadable("unsupported_type")
    return media_type
