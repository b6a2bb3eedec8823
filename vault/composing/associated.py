"""Files inside a PDF that belong to it as a whole: its data, for programs (ISO 19005-3, 6.8; ISO 32000-2, 7.11 and 14.13)."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from vault.composing.pdf_objects import PdfFile, text_string


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text that goes into a PDF as a file in UTF-8. `changed_at`: as PDF writes it, ``D:20261103090000Z``."""

    name: str
    media_type: str
    description: str
    text: str
    changed_at: str


def attach(file: PdfFile, attachments: Sequence[Attachment]) -> tuple[str, str]:
    """Writes them. What the catalogue says of them: its entry ``/AF``, and what belongs among its ``/Names``."""
    if not attachments:
        return "", ""
    numbers = {each.name: _attach(file, each) for each in sorted(attachments, key=lambda each: each.name)}
    listed = " ".join(f"{number} 0 R" for number in numbers.values())
    named = "".join(f"{text_string(name)} {number} 0 R" for name, number in numbers.items())
    return f"/AF[{listed}]", f"/EmbeddedFiles<</Names[{named}]>>"


def _attach(file: PdfFile, attachment: Attachment) -> int:
    content, embedded, described = attachment.text.encode(), file.reserve(), file.reserve()
    sort = attachment.media_type.replace("/", "#2F")
    checksum = hashlib.md5(content, usedforsecurity=False).hexdigest()  # of that kind, ISO 32000-2, table 45
    params = f"<</Size {len(content)}/ModDate({attachment.changed_at})/CheckSum<{checksum}>>>"
    entries = f"/Type/EmbeddedFile/Subtype/{sort}/Params{params}/Filter/FlateDecode"
    file.stream(embedded, entries, zlib.compress(content, 6))
    name, description = text_string(attachment.name), text_string(attachment.description)
    where = f"/EF<</F {embedded} 0 R/UF {embedded} 0 R>>"
    file.put(described, f"<</Type/Filespec/F {name}/UF {name}/Desc {description}/AFRelationship/Data{where}>>")
    return described
