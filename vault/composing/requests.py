"""What the parent asks the sandbox to do with the bytes that follow, and how that is written on the pipe."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from vault.composing.associated import Attachment
from vault.composing.copies import Boxes, Words
from vault.domain.readings import Box, Word


@dataclass(frozen=True, slots=True)
class MarkRequest:
    """Copy the original with these boxes highlighted. Answer: what `Copy` says as JSON, then the PDF.

    `archival`: what does not conform to PDF/A is drawn.
    """

    boxes: Boxes
    note: str
    archival: bool = False


@dataclass(frozen=True, slots=True)
class RedactRequest:
    """Copy the original without what is in these boxes. Answer: as for marking."""

    boxes: Boxes
    note: str
    words: Words


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """The bytes are HTML. Answer: as for marking, with `attachments` in the PDF."""

    title: str
    language: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class TypesetRequest:
    """The bytes are HTML for a larger file: its links to places of that are kept. Answer: as for marking."""


@dataclass(frozen=True, slots=True)
class CountRequest:
    """Answer: pages."""


@dataclass(frozen=True, slots=True)
class StampsRequest:
    """Objects for the letters of stamps, numbered from `first`. Answer: a fragment whose one page is the font.

    `characters`: what is going to be stamped; a `TakeRequest` has to name the same.
    """

    first: int
    characters: str


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """The pages of the PDF as objects of a larger file, numbered from `first`. Answer: a fragment.

    `font` and `parent` are numbers of objects of that file. `size` is the sheet's, None where the pages are ready for
    it. `numbering` has places for {page}, counted from `page`, and {total}. `archival`: what does not conform to PDF/A
    is drawn. `copied`: the PDF is a copy that was made by an earlier request; what it shows was looked at then.
    """

    first: int
    parent: int
    font: int
    characters: str
    size: tuple[float, float] | None
    above: str
    left: str
    numbering: str
    page: int
    total: int
    archival: bool = False
    copied: bool = False


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Answer: what keeps the PDF from conforming to PDF/A-2b, as JSON."""


Request = (
    MarkRequest
    | RedactRequest
    | PrintRequest
    | TypesetRequest
    | CountRequest
    | StampsRequest
    | TakeRequest
    | CheckRequest
)
_KINDS: Mapping[str, type[Any]] = {
    "mark": MarkRequest,
    "redact": RedactRequest,
    "print": PrintRequest,
    "typeset": TypesetRequest,
    "count": CountRequest,
    "stamps": StampsRequest,
    "take": TakeRequest,
    "check": CheckRequest,
}


def dump_request(request: Request) -> bytes:
    name = next(name for name, kind in _KINDS.items() if isinstance(request, kind))
    return json.dumps({"do": name, **asdict(request)}).encode()


def parse_request(payload: bytes) -> Request:
    values = json.loads(payload)
    kind = _KINDS[values.pop("do")]
    if "boxes" in values:
        values["boxes"] = {int(page): [Box(**box) for box in boxes] for page, boxes in values["boxes"].items()}
    if "words" in values:
        values["words"] = {int(page): [_word(**word) for word in words] for page, words in values["words"].items()}
    if "attachments" in values:
        values["attachments"] = tuple(Attachment(**each) for each in values["attachments"])
    if values.get("size"):
        values["size"] = tuple(values["size"])
    request: Request = kind(**values)
    return request


def _word(text: str, box: Mapping[str, float], confidence: float) -> Word:
    return Word(text, Box(**box), confidence)
