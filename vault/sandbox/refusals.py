"""Every reason for which a document cannot be read, with what to do about it.

The sandboxed reader names a reason only; the sentence is looked up here, so no text of a stranger gets through.
"""

from collections.abc import Mapping

from vault.domain.errors import Unreadable, VaultError
from vault.domain.message import N_
from vault.sandbox.limits import Limits

REASONS: Mapping[str, str] = {
    "empty": N_("The file is empty. Save or scan the document again and upload that file."),
    "unsupported_type": N_(
        "The content is neither a PDF nor a picture. Upload the invoice as PDF, JPEG, PNG, GIF, TIFF, WebP or HEIC."
    ),
    "encrypted": N_("The PDF is locked with a password. Save a copy without the password and upload that."),
    "damaged": N_(
        "The file is damaged or incomplete. Open it on your computer, save or scan it again, and upload that."
    ),
    "too_large": N_(
        "The file is larger than %(megabytes)s MB or a picture in it has more than %(megapixels)s million pixels. "
        "Scan it at 300 dots per inch, or split it, and upload that."
    ),
    "too_many_pages": N_("The document has more than %(pages)s pages. Split it and upload the parts."),
    "too_many_parts": N_(
        "The mail is larger, or has more parts, than any that people write. Save what it says as a PDF and upload that."
    ),
    "timeout": N_(
        "Reading took longer than %(seconds)s seconds. Save it as a plain PDF, or split it, and upload that."
    ),
    "out_of_memory": N_("Reading needs more memory than one document may use. Save it as a plain PDF and upload that."),
}


class ReaderDied(VaultError):
    """The reader ended without an answer. Worth another try; a document that does it again and again is poison."""

    code = "reader_died"


def unreadable(reason: str, limits: Limits | None = None) -> Unreadable:
    """The error for one of `REASONS`. Raises KeyError for any other reason."""
    bounds = limits or Limits()
    return Unreadable(
        reason,
        REASONS[reason],
        megabytes=str(bounds.size >> 20),
        megapixels=str(bounds.pixels // 1_000_000),
        pages=str(bounds.pages),
        seconds=f"{bounds.seconds:g}",
    )


def reader_died() -> ReaderDied:
    return ReaderDied(
        N_(
            "The reader ended without an answer. Try again; if it happens again, save it as a plain PDF and upload that."
        )
    )
