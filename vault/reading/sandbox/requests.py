"""What the parent asks the sandbox to do with the document that follows."""

import json
from dataclasses import asdict, dataclass


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


Request = ReadRequest | RenderRequest | WordsRequest | AttachmentRequest
_KINDS: dict[str, type[Request]] = {
    "read": ReadRequest,
    "render": RenderRequest,
    "words": WordsRequest,
    "attachment": AttachmentRequest,
}


def dump_request(request: Request) -> bytes:
    name = next(name for name, kind in _KINDS.items() if isinstance(request, kind))
    return json.dumps({"do": name, **asdict(request)}).encode()


def parse_request(payload: bytes) -> Request:
    values = json.loads(payload)
    return _KINDS[values.pop("do")](**values)
