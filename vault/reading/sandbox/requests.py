"""What the parent asks the sandbox to do with the document that follows."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from vault.domain.readings import Box


@dataclass(frozen=True, slots=True)
class ReadRequest:
    use_xml: bool


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """`page` counts from 1, `width` is pixels."""

    page: int
    width: int


@dataclass(frozen=True, slots=True)
class WordsRequest:
    """What a mail, or a page's source, says."""


@dataclass(frozen=True, slots=True)
class AttachmentRequest:
    """The bytes of what a mail holds; `number` as `vault.domain.mails.Attached` has it."""

    number: int


@dataclass(frozen=True, slots=True)
class LookRequest:
    """Look again at a page (from 1) of a copy. Answer: a `Look` as JSON.

    `ratio`: height over width of the original's page; what the copy has below it is a note. `covered`: what is black
    there. `read`: where words were read on the original. `language`: ISO 639-1, empty when unknown.
    """

    page: int
    ratio: float
    covered: tuple[Box, ...]
    read: tuple[Box, ...] = ()
    language: str = ""


Request = ReadRequest | RenderRequest | WordsRequest | AttachmentRequest | LookRequest
_KINDS: Mapping[str, type[Any]] = {
    "read": ReadRequest,
    "render": RenderRequest,
    "words": WordsRequest,
    "attachment": AttachmentRequest,
    "look": LookRequest,
}


def dump_request(request: Request) -> bytes:
    name = next(name for name, kind in _KINDS.items() if isinstance(request, kind))
    return json.dumps({"do": name, **asdict(request)}).encode()


def parse_request(payload: bytes) -> Request:
    values = json.loads(payload)
    kind = _KINDS[values.pop("do")]
    boxes = {name: tuple(Box(**box) for box in values[name]) for name in ("covered", "read") if name in values}
    request: Request = kind(**values | boxes)
    return request
