"""Making copies and pages in the sandbox: the side that asks.

Nothing that comes back is believed: it is bytes of a bounded size that are written where they belong, and read by
nobody here.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from vault.composing.associated import Attachment
from vault.composing.copies import Boxes, Copy, Words
from vault.composing.pdf_objects import Fragment
from vault.composing.requests import (
    CheckRequest,
    CountRequest,
    MarkRequest,
    PrintRequest,
    RedactRequest,
    Request,
    StampsRequest,
    TakeRequest,
    TypesetRequest,
    dump_request,
)
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import reader_died, unreadable
from vault.sandbox.sandbox import Sandbox

TASKS = "vault.composing.tasks"
_MOST_PAGES = 1_000_000
_MOST_FLAWS = 200
LIMITS = Limits(output=512 << 20, threads=1)


class Composer(Sandbox):
    """Every method raises Unreadable for what cannot be read, ReaderDied when the process ended without an answer,
    Misconfigured when the sandbox cannot start, OSError for a path that cannot be opened.

    The same arguments give the same bytes.
    """

    def __init__(
        self,
        limits: Limits = LIMITS,
        *,
        allow_unsandboxed: bool = False,
        tasks: str = TASKS,
        extra: Sequence[Path] = (),
    ) -> None:
        super().__init__(tasks, limits, allow_unsandboxed=allow_unsandboxed, extra=extra)

    def marked(self, original: bytes | Path, boxes: Boxes, note: str, *, archival: bool = False) -> Copy:
        """Every page, with `boxes` highlighted and `note` in small print below it.

        Vectors and text are kept where the copy then shows exactly what the original shows, form fields and
        annotations included; other pages are drawn, and with `archival` those that do not conform to PDF/A too, so
        that the copy does. Attachments, scripts, links and the like are not taken over.
        """
        return self._copy(MarkRequest(boxes, note, archival), original)

    def redacted(self, original: bytes | Path, boxes: Boxes, note: str, words: Words | None = None) -> Copy:
        """Every page as a picture in which `boxes` are black, with `note` below it: nothing of them is left anywhere.

        `words` (of the reading) can be searched in the copy, except those that touch a box, and except whatever has
        the same text as one of these.
        """
        return self._copy(RedactRequest(boxes, note, words or {}), original)

    def printed(self, html: str, title: str = "", language: str = "", attachments: Sequence[Attachment] = ()) -> Copy:
        """HTML that holds all it needs (styles and pictures inside) as pages. Nothing is fetched.

        With `attachments` the file is PDF/A-3b, with these as its data.
        """
        return self._copy(PrintRequest(title, language, tuple(attachments)), html.encode())

    def typeset(self, html: str) -> Copy:
        """HTML as pages for a combined PDF, with the links to places of that."""
        return self._copy(TypesetRequest(), html.encode())

    def count(self, document: bytes | Path) -> int:
        """How many pages it has."""
        return _pages(_parsed(self.ask(dump_request(CountRequest()), document)))

    def check(self, pdf: bytes | Path) -> tuple[str, ...]:
        """Codes of what keeps a PDF from conforming to PDF/A-2b or -3b, as far as `press.conformance` looks."""
        return _flaws(_parsed(self.ask(dump_request(CheckRequest()), pdf)))

    def stamps(self, request: StampsRequest) -> Fragment:
        """The letters of stamps; `pages[0]` is the font's number."""
        return self._fragment(request, request.first, b"-")

    def taken(self, request: TakeRequest, document: bytes | Path) -> Fragment:
        """The pages of a document for a larger file."""
        return self._fragment(request, request.first, document)

    def _copy(self, request: Request, document: bytes | Path) -> Copy:
        """Raises Unreadable(``too_large``) for a copy that could not be taken over."""
        line, _, content = self.ask(dump_request(request), document).partition(b"\n")
        head = _parsed(line)
        if not isinstance(head, dict):
            raise reader_died()
        if len(content) > self.limits.size:
            raise unreadable("too_large", self.limits)
        return Copy(content, _pages(head.get("pages")), _flaws(head.get("flaws")), _drawn(head.get("drawn")))

    def _fragment(self, request: Request, first: int, document: bytes | Path) -> Fragment:
        try:
            return Fragment.load(self.ask(dump_request(request), document), first)
        except (ValueError, RecursionError) as error:
            raise reader_died() from error


def _parsed(answer: bytes) -> object:
    try:
        found: object = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise reader_died() from error
    return found


def _pages(found: object) -> int:
    if type(found) is not int or not 0 < found < _MOST_PAGES:
        raise reader_died()
    return found


def _drawn(found: object) -> int:
    if type(found) is not int or not 0 <= found < _MOST_PAGES:
        raise reader_died()
    return found


def _flaws(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or len(found) > _MOST_FLAWS:
        raise reader_died()
    return tuple(str(flaw)[:60] for flaw in found)
