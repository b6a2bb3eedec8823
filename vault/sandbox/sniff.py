"""The kind of a file by its content. The name and what the browser claims are never asked."""

import re

from vault.sandbox.refusals import unreadable

PDF = "application/pdf"
HEIC = "image/heic"
MAIL = "message/rfc822"
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
# How a mail begins (RFC 5322): lines of a name, a colon and a value, or of more value behind a blank.
_BEFORE_MAIL = b"\xef\xbb\xbf\r\n\t "
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|$)")
_MAIL_HEADERS = frozenset(
    {
        b"from", b"to", b"cc", b"date", b"subject", b"sender", b"reply-to", b"message-id", b"mime-version", b"received",
        b"return-path", b"delivered-to", b"content-type", b"dkim-signature", b"arc-seal", b"authentication-results",
        b"x-originating-ip", b"received-spf", b"x-received", b"x-original-to", b"envelope-to", b"thread-topic",
    }
)  # fmt: skip
_ENOUGH_HEADERS = 2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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
    if b"%PDF-" in head[:HEAD_BYTES]:
        return PDF
    return MAIL if _is_mail(head[:HEAD_BYTES]) else None


def is_outlook(head: bytes) -> bool:
    """Whether a file is one of Outlook's own (``.msg``, or an old Office document), which the vault does not read."""
    return head.startswith(_OLE)


def _is_mail(head: bytes) -> bool:
    """Whether the lines of the head are a mail's, as far as they go; the last may be cut anywhere."""
    lines = head.lstrip(_BEFORE_MAIL).split(b"\n")
    if lines[0].startswith(b"From "):
        del lines[0]  # as mail programs keep several in one file
    names = set()
    for place, line in enumerate(lines):
        if not line.strip():
            break
        is_cut = len(head) == HEAD_BYTES and place == len(lines) - 1
        found = _HEADER.match(line.rstrip(b"\r"))
        if found is not None:
            names.add(found[1].lower())
        elif (not names or line[:1] not in b" \t") and not is_cut:
            return False
    return len(names & _MAIL_HEADERS) >= _ENOUGH_HEADERS


def require_known(data: bytes) -> str:
    """As `sniff`, but raises Unreadable (``empty``, ``unsupported_type``) instead of returning None."""
    if not data:
        raise unreadable("empty")
    media_type = sniff(data[:HEAD_BYTES])
    if media_type is None:
        raise unreadable("unsupported_type")
    return media_type
