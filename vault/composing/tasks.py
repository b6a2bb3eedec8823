"""What is done inside the sandbox: copy an original, print a page, put pages into a larger file, check a file."""

import json
from collections.abc import Callable

from vault.composing.copies import Copy
from vault.composing.press import binding, conformance, copying, lettering, printing
from vault.composing.press.original import open_original
from vault.composing.requests import (
    CheckRequest,
    CountRequest,
    MarkRequest,
    PrintRequest,
    RedactRequest,
    StampsRequest,
    TakeRequest,
    TypesetRequest,
    parse_request,
)
from vault.domain.readings import Box
from vault.sandbox.limits import Limits

_A_BOX = {1: [Box(0, 0, 1, 1)]}
_WARM_UP = TakeRequest(1, 1, 1, "", (595, 842), "1", "1", "{page}", 1, 1, copied=True)


def warm_up() -> None:
    """Do once, with a page of our own, what is done with others: whatever is loaded or kept on first use is there then
    in every process that is forked from this one.
    """
    lettering.warm_up()
    limits = Limits()
    page = printing.printed(printing.WARM_UP).content
    copy = copying.marked(page, limits, _A_BOX, "1", archival=True)
    copying.redacted(page, limits, _A_BOX, "1", {})
    binding.taken(_WARM_UP, copy.content, limits)
    conformance.flaws_of(page)


def perform(request: bytes, data: bytes, limits: Limits, progress: Callable[[int, int], None]) -> bytes:
    """The answer to `request`, as its class says. Raises Unreadable."""
    match parse_request(request):
        case MarkRequest(boxes, note, archival):
            return _copy(copying.marked(data, limits, boxes, note, archival=archival))
        case RedactRequest(boxes, note, words):
            return _copy(copying.redacted(data, limits, boxes, note, words))
        case PrintRequest() as wanted:
            return _copy(printing.printed_copy(data.decode(), wanted, limits))
        case TypesetRequest():
            return _copy(printing.typeset(data.decode(), limits))
        case CountRequest():
            return str(len(open_original(data, limits))).encode()
        case StampsRequest() as wanted:
            return binding.stamps(wanted).dump()
        case TakeRequest() as wanted:
            return binding.taken(wanted, data, limits).dump()
        case CheckRequest():
            return json.dumps(conformance.flaws_of(data)).encode()


def _copy(copy: Copy) -> bytes:
    head = {"pages": copy.pages, "flaws": copy.flaws, "drawn": copy.drawn}
    return b"".join((json.dumps(head).encode(), b"\n", copy.content))
