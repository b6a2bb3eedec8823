"""Can the whole document be read? Source: policy (resolution, nothing cropped, legible)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import Page, PageSource

_RESCAN = N_("Scan it again: flat, in good light, at 300 dpi, with all four edges in the picture.")
# A word this near to the edge of the scan (as a fraction of its width) is likely cut; so many make a cropped page.
_EDGE = 0.003
_CUT_WORDS = 4


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    gaps = [finding for page in facts.reading.pages if (finding := _judge(page, answer))]
    if gaps:
        yield from gaps
    elif not any(page.words for page in facts.reading.pages):
        yield answer.unknown(Message(N_("There is nothing to read in this document.")), Message(_RESCAN))
    else:
        yield answer.passed(Message(N_("Every page can be read.")))


def _judge(page: Page, answer: Answer) -> Finding | None:
    stated = {"page": str(page.number)}
    details = {"item": f"page {page.number}", "why": {**stated, "confidence": f"{page.confidence:.2f}"}}
    if page.source is PageSource.UNREAD:
        return answer.unknown(
            Message(N_("Page %(page)s could not be read."), stated),
            Message(N_("Look at the page. If it matters, upload it on its own or as a better scan.")),
            **details,
        )
    if page.source is PageSource.TEXT or not page.words:
        return None
    if page.confidence < answer.rule.fraction("hopeless_page_confidence"):
        return answer.failed(Message(N_("Page %(page)s is not legible."), stated), Message(_RESCAN), **details)
    if page.confidence < answer.rule.fraction("min_page_confidence"):
        return answer.warned(Message(N_("Page %(page)s is hard to read."), stated), Message(_RESCAN), **details)
    if page.dpi is not None and page.dpi < answer.rule.number("min_dpi"):
        coarse = {**stated, "dpi": f"{page.dpi:.0f}"}
        return answer.warned(Message(N_("Page %(page)s has only %(dpi)s dpi."), coarse), Message(_RESCAN), **details)
    if _cut_words(page) >= _CUT_WORDS:
        return answer.warned(
            Message(N_("Page %(page)s seems to be cut at its edge."), stated), Message(_RESCAN), **details
        )
    return None


def _cut_words(page: Page) -> int:
    return sum(word.box.x0 < _EDGE or word.box.x1 > 1 - _EDGE for word in page.words)
