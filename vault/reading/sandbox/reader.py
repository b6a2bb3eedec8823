"""Reading and drawing documents, taking mails apart, and looking again at copies, in the sandbox."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from vault.domain.errors import Damaged
from vault.domain.mails import Attached, Mail
from vault.domain.readings import Reading
from vault.reading.look import Look
from vault.reading.mail.message import LONGEST_NAME, LONGEST_TEXT, MOST_ATTACHMENTS
from vault.reading.sandbox.requests import (
    AttachmentRequest,
    LookRequest,
    ReadRequest,
    RenderRequest,
    WordsRequest,
    dump_request,
)
from vault.reading.schema import load_look, load_reading
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import reader_died
from vault.sandbox.sandbox import Sandbox, no_progress

TASKS = "vault.reading.sandbox.tasks"


class SandboxedReader(Sandbox):
    """`tasks` and `extra` let tests put a misbehaving reader inside."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_unsandboxed: bool = False,
        tasks: str = TASKS,
        extra: Sequence[Path] = (),
    ) -> None:
        super().__init__(tasks, limits, allow_unsandboxed=allow_unsandboxed, extra=extra)

    def read(
        self, document: bytes | Path, *, use_xml: bool = True, progress: Callable[[int, int], None] = no_progress
    ) -> Reading:
        """The reading of a document. `progress` is called with (pages done, pages in all). Raises as `ask` does."""
        answer = self.ask(dump_request(ReadRequest(use_xml)), document, progress)
        try:
            return load_reading(json.loads(answer))
        except (ValueError, RecursionError, Damaged) as error:
            raise reader_died() from error

    def render(self, document: bytes | Path, page: int, width: int) -> bytes:
        """A page (from 1) as WebP, `width` pixels wide. Raises as `ask` does."""
        return self.ask(dump_request(RenderRequest(page, width)), document)

    def look(self, copy: bytes | Path, request: LookRequest) -> Look:
        """What is seen and said on a page of a copy in which boxes were covered. Raises as `ask` does."""
        answer = self.ask(dump_request(request), copy)
        try:
            return load_look(json.loads(answer))
        except (ValueError, RecursionError, Damaged) as error:
            raise reader_died() from error

    def words(self, document: bytes | Path) -> Mail:
        """What a mail, or the source of a page, says. Raises as `ask` does."""
        answer = self.ask(dump_request(WordsRequest()), document)
        try:
            return _load_mail(json.loads(answer))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise reader_died() from error

    def attachment(self, document: bytes | Path, number: int) -> bytes:
        """What a mail holds, byte for byte. Raises as `ask` does."""
        return self.ask(dump_request(AttachmentRequest(number)), document)


def _load_mail(answer: Any) -> Mail:
    """Believed no further than a stranger's word. Raises ValueError, TypeError, KeyError."""
    attachments = tuple(Attached(**each) for each in answer["attachments"])
    if not isinstance(answer["text"], str) or len(answer["text"]) > LONGEST_TEXT or len(attachments) > MOST_ATTACHMENTS:
        raise ValueError("no mail")
    for each in attachments:
        if (type(each.number), type(each.size), type(each.name), type(each.media_type)) != (int, int, str, str):
            raise ValueError("no attachment")
    return Mail(answer["text"], tuple(replace(each, name=each.name[:LONGEST_NAME]) for each in attachments))
