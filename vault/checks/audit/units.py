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
        "credited": str(need.credited),
        "notes": str(need.credits_unread),
        "unknown": str(need.days_unknown),
        "unnamed": str(need.unnamed),
    }
    details = {"item": part.asin, "why": {name: stated[name] for name in ("asin", "bought", "wanted")}}
    if need.short:
        return answer.failed(Message(_too_few(need), stated), _ask(part, stated), **details)
    if unsure := _unsure(need):
        text, advice = unsure
        return answer.unknown(Message(text, stated), Message(advice), **details)
    return answer.passed(Message(N_("Invoices show %(bought)s units, %(wanted)s are needed."), stated), **details)


def _too_few(need: Need) -> str:
    if need.credited:
        return N_(
            "Invoices show %(bought)s of %(wanted)s units of %(title)s (%(asin)s), without the %(credited)s that credit notes take back."
        )
    return N_("Invoices show %(bought)s of %(wanted)s units of %(title)s (%(asin)s).")


def _unsure(need: Need) -> tuple[str, str] | None:
    """What keeps enough units from being a pass, and what to do about it."""
    if need.credits_unread:
        return (
            N_("Credit notes over %(asin)s could not be read whole (%(notes)s): more units may have been taken back."),
            N_("Open them, and correct the quantity of each line and the date."),
        )
    if need.days_unknown:
        return (
            N_("Sales of %(asin)s are not known for %(unknown)s days before the notice: more may have been sold."),
            N_("Import the all-orders report for these days."),
        )
    if need.unnamed:
        return (
            N_("Units sold under SKUs that the catalogue does not know: %(unnamed)s. Some may be of %(asin)s."),
            N_("Import the all-listings report: it says which product a SKU is."),
        )
    return None


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
