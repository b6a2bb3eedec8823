"""Can the paper be read? Source: policy (legible, complete); what cannot be read is not found by a search either."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.paper.facts import PaperFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import Page, PageSource

_RESCAN = N_("Scan it again: flat, in good light, at 300 dpi, with all four edges in the picture.")


def check(facts: PaperFacts, answer: Answer) -> Iterator[Finding]:
    """`min_page_confidence`: below that percentage a scanned page counts as not legible."""
    if facts.is_picture:
        yield answer.passed(Message(N_("It shows something: nothing has to be read on it.")))
        return
    gaps = [finding for page in facts.pages if (finding := _judge(page, answer))]
    if gaps:
        yield from gaps
    elif not any(page.words for page in facts.pages):
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
    is_scanned = page.source is not PageSource.TEXT and page.words
    if is_scanned and page.confidence < answer.rule.fraction("min_page_confidence"):
        return answer.failed(Message(N_("Page %(page)s is not legible."), stated), Message(_RESCAN), **details)
    return None
