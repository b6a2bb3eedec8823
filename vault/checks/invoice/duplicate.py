"""Is the same invoice kept already? Source: good practice; the same file sent again is a reason for refusal."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts, Twin
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    if facts.twins is None:
        yield answer.not_applicable(Message(N_("There is no vault to look for the same invoice in.")))
    elif not facts.twins:
        yield answer.passed(Message(N_("No other document is the same invoice.")))
    for twin in facts.twins or ():
        yield _judge(twin, answer)


def _judge(twin: Twin, answer: Answer) -> Finding:
    stated = {"file": twin.filename}
    details = {"item": twin.document_id, "why": {"document": twin.document_id, "how": twin.how}}
    if twin.how == "same number":
        return answer.failed(
            Message(N_("“%(file)s” is an invoice of the same supplier with the same number."), stated),
            Message(N_("Compare the two. Keep using one; correct the number if it was misread.")),
            path="number",
            **details,
        )
    return answer.warned(
        Message(N_("“%(file)s” may be the same invoice: same supplier, date and total."), stated),
        Message(N_("Compare the two, so that nothing is counted twice.")),
        **details,
    )
