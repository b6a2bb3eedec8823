"""Reading and drawing documents in the sandbox."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from vault.domain.errors import Damaged
from vault.domain.readings import Reading
from vault.reading.sandbox.requests import ReadRequest, RenderRequest, dump_request
from vault.reading.schema import load_reading
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
