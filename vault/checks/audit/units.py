"""Do the invoices show enough units of each product? Source: policy (quantity covers what was sold; a minimum of units)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts, Need, PartFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each product whose invoices go in: its `item` is the ASIN."""
    judged = [part for part in facts.parts if part.need and part.chosen] if facts.is_answered_now else []
    if not judged:
        yield answer.not_applicable(Message(N_("There are no invoices to add up.")))
    for part in judged:
        if part.need:
            yield _judge(part, part.need, answer)


def _judge(part: PartFacts, need: Need, answer: Answer) -> Finding:
    stated = {
        "title": part.title or part.asin,
        "asin": part.asin,
        "supplier": part.supplier,
        "bought": str(need.bought),
        "wanted": str(need.wanted),
        "short": str(need.short),
        "days": str(need.window_days),
    }
    details = {"item": part.asin, "why": {name: stated[name] for name in ("asin", "bought", "wanted")}}
    if need.short and need.credited:
        text = N_(
            "Invoices show %(bought)s of %(wanted)s units of %(title)s (%(asin)s), without the %(credited)s that credit notes take back."
        )
        return answer.failed(Message(text, {**stated, "credited": str(need.credited)}), _ask(part, stated), **details)
    if need.short:
        found = Message(N_("Invoices show %(bought)s of %(wanted)s units of %(title)s (%(asin)s)."), stated)
        return answer.failed(found, _ask(part, stated), **details)
    if need.credits_unread:
        unread = {**stated, "notes": str(need.credits_unread)}
        return answer.unknown(
            Message(
                N_(
                    "Credit notes over %(asin)s could not be read whole (%(notes)s): more units may have been taken back."
                ),
                unread,
            ),
            Message(N_("Open them, and correct the quantity of each line and the date.")),
            **details,
        )
    if need.days_unknown:
        unsure = {**stated, "unknown": str(need.days_unknown)}
        return answer.unknown(
            Message(
                N_("Sales of %(asin)s are not known for %(unknown)s days before the notice: more may have been sold."),
                unsure,
            ),
            Message(N_("Import the all-orders report for these days.")),
            **details,
        )
    if need.unnamed:
        unsure = {**stated, "unnamed": str(need.unnamed)}
        return answer.unknown(
            Message(
                N_("Units sold under SKUs that the catalogue does not know: %(unnamed)s. Some may be of %(asin)s."),
                unsure,
            ),
            Message(N_("Import the all-listings report: it says which product a SKU is.")),
            **details,
        )
    return answer.passed(Message(N_("Invoices show %(bought)s units, %(wanted)s are needed."), stated), **details)


def _ask(part: PartFacts, stated: dict[str, str]) -> Message:
    if part.supplier:
        return Message(
            N_(
                "Ask %(supplier)s for an invoice of at least %(short)s units more, issued in the %(days)s days before the notice."
            ),
            stated,
        )
    return Message(
        N_(
            "Ask the supplier for an invoice of at least %(short)s units more, issued in the %(days)s days before the notice."
        ),
        stated,
    )
