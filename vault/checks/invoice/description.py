"""Does each line meant for sale mean one product of the catalogue?

Source: guide (“the slightest divergence is an anomaly”).
"""

import re
from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.products import Decision, LineMatch
from vault.domain.readings import LineItem


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    if not facts.reading.lines:
        yield answer.unknown(
            Message(N_("No line items were found, so nothing could be compared with the catalogue.")),
            Message(N_("Look at the page: a supplier invoice lists what was bought.")),
        )
    elif not facts.has_catalogue:
        yield answer.unknown(
            Message(N_("There is no catalogue to compare the lines with.")),
            Message(N_("Import the all-listings report of this seller account.")),
        )
    else:
        charges = _charge_pattern(answer.rule.words("charge_words"))
        for position, (line, match) in enumerate(zip(facts.reading.lines, facts.matches, strict=True)):
            yield _judge(facts, answer, position, line, match, charges)


def _judge(
    facts: InvoiceFacts, answer: Answer, position: int, line: LineItem, match: LineMatch, charges: re.Pattern[str]
) -> Finding:
    text = line.description.value if line.description else ""
    stated = {"line": str(position + 1), "text": text}
    details = {
        "seen": line.description,
        "item": f"line {position + 1}",
        "path": f"lines.{position}.product",
        "why": {**stated, **_best(match)},
    }
    product = facts.products.get(match.product_id or "")
    if match.decision is Decision.MATCH and product:
        return answer.passed(
            Message(
                N_("Line %(line)s is %(asin)s, %(title)s."), {**stated, "asin": product.asin, "title": product.title}
            ),
            **details,
        )
    if match.by_person or charges.match(text.casefold().strip()):
        return answer.not_applicable(Message(N_("Line %(line)s is not for sale: “%(text)s”."), stated), **details)
    if not text:
        return answer.unknown(
            Message(N_("The description of line %(line)s could not be read."), stated),
            Message(N_("Enter what is printed, pick the product, or mark the line as not for sale.")),
            **details,
        )
    if match.decision is Decision.AMBIGUOUS:
        return answer.unknown(
            Message(N_("Line %(line)s, “%(text)s”, could be more than one product."), stated),
            Message(N_("Pick the product that was bought.")),
            **details,
        )
    return answer.failed(
        Message(N_("Line %(line)s, “%(text)s”, matches no product of the catalogue."), stated),
        Message(
            N_(
                "Pick the product, or mark the line as not for sale. Goods whose invoice does not match must not be stocked."
            )
        ),
        **details,
    )


def _best(match: LineMatch) -> dict[str, str]:
    if not match.candidates:
        return {}
    best = match.candidates[0]
    return {"candidate": best.product_id, "score": f"{best.score:.2f}", "reasons": "; ".join(best.reasons)}


def _charge_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)")
