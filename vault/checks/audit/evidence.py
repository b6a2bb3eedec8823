"""Is there something for each part that the evidence needs, and does it count?

Source: the rule book's list for the kind of audit; guide (papers ready and unexpired).
"""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.doubts import TEXTS, Doubt
from vault.checks.audit.facts import AuditFacts, DoubtfulPaper, PartFacts
from vault.checks.audit.part_texts import part_title
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each part that is needed, and for each paper that goes in although something speaks against it.

    `item` is the part's name, with the ASIN where each product needs its own; of a paper the document's id.
    """
    if not facts.is_answered_now:
        yield answer.not_applicable(Message(N_("No evidence is gathered now.")))
        return
    if facts.lacks_products:
        yield answer.unknown(
            Message(N_("Nobody has said which products the notice is about.")),
            Message(
                N_("Look for their ASINs in the notice, or ask Amazon for them, and enter them under “Correct it”.")
            ),
            item="products",
        )
    for part in facts.parts:
        if part.required and (not part.chosen or part.chosen > len(part.doubtful)):
            yield _judge(part, answer)
    doubtful = {each.document_id: each for part in facts.parts for each in part.doubtful}
    for document_id in sorted(doubtful):
        yield _doubt(doubtful[document_id], answer)


def _doubt(paper: DoubtfulPaper, answer: Answer) -> Finding:
    """Never a pass. What has expired is wrong; of anything else nobody knows."""
    text, advice = TEXTS[paper.doubt]
    stated = {"name": paper.filename, "expired_on": paper.expired_on.isoformat() if paper.expired_on else ""}
    make = answer.failed if paper.doubt is Doubt.EXPIRED else answer.unknown
    why = {"document": paper.document_id, "doubt": paper.doubt.value}
    return make(Message(text, stated), Message(advice), item=paper.document_id, why=why)


def _judge(part: PartFacts, answer: Answer) -> Finding:
    details = {"item": f"{part.name} {part.asin}".strip(), "why": {"part": part.name, "chosen": str(part.chosen)}}
    stated = {"asin": part.asin, "title": part.title or part.asin, "supplier": part.supplier}
    if part.chosen:
        return answer.passed(Message(N_("There is evidence for this part.")), **details)
    if part.need is None:
        return answer.failed(Message(part_title(part.name)), _get(part), **details)
    missing = Message(N_("No invoice counts for %(title)s (%(asin)s)."), stated)
    ask = {**stated, "units": str(part.need.wanted), "days": str(part.need.window_days)}
    return answer.failed(missing, _ask(part, ask), **details)


def _get(part: PartFacts) -> Message:
    if part.left_out:
        text = N_(
            "“%(name)s” is here, but something speaks against it: look at it under the evidence, and put it right."
        )
        return Message(text, {"name": part.left_out})
    return Message(N_("Upload it, say what kind of document it is, and put it into the audit."))


def _ask(part: PartFacts, stated: dict[str, str]) -> Message:
    if part.supplier:
        text = N_(
            "Ask %(supplier)s for an invoice of at least %(units)s units, not older than %(days)s days on the day of the notice."
        )
    else:
        text = N_(
            "Ask the supplier for an invoice of at least %(units)s units, not older than %(days)s days on the day of the notice."
        )
    return Message(text, stated)
