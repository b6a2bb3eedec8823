"""What one document may cost at most. Everything that reads a stranger's bytes is given one of these."""

import os
from dataclasses import dataclass, field


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds`: wall time for the whole document.

    `memory`: bytes of data one process may hold. The reader and `threads` Tesseracts have it each, so a document may
    hold (1 + `threads`) times as much at the worst; on a machine of many cores give a worker fewer of them.

    `pixels`: of one picture, before it is decoded. `words`: of one page. `output`: bytes of the answer.
    `threads`: pages read by OCR at the same time.
    """

    seconds: float = 60.0
    memory: int = 1 << 30
    size: int = 256 << 20
    pages: int = 200
    pixels: int = 100_000_000
    words: int = 20_000
    output: int = 64 << 20
    threads: int = field(default_factory=_cores)

    @property
    def page_seconds(self) -> float:
        """The time that pages may use; the rest is kept for understanding and answering."""
        return self.seconds * 0.8

    @property
    def search_seconds(self) -> float:
        """When the search for signs of editing has to be over, so that there is time left for answering."""
        return self.seconds * 0.9
