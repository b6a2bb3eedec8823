"""Is the issue date there, real, not in the future and inside the profile's window? Source: guide, policy."""

from collections.abc import Iterator
from datetime import date, timedelta

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import Extracted


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    seen = facts.reading.fields.issue_date
    if seen is None:
        yield answer.missing(
            facts,
            Message(N_("No issue date was found.")),
            Message(N_("If the date is printed, enter it here; if not, ask the supplier for a dated invoice.")),
            path="issue_date",
        )
        return
    yield _judge(seen, facts.as_of, answer)


def _judge(seen: Extracted[date], today: date, answer: Answer) -> Finding:
    # The day of judging is no part of `why`: it is kept with the judgement, and a new day alone changes no finding.
    window = answer.rule.number("window_days")
    stated = {"date": seen.value.isoformat()}
    details = {
        "seen": seen,
        "path": "issue_date",
        "why": {**stated, "window_days": str(window)},
    }
    if answer.is_doubtful(seen):
        return answer.unknown(
            Message(N_("The issue date may be %(date)s, but it could not be read with certainty."), stated),
            Message(N_("Compare it with the page and confirm or correct it.")),
            **details,
        )
    if seen.value > today:
        return answer.failed(
            Message(N_("The issue date %(date)s lies in the future."), stated),
            Message(N_("Correct it if it was misread; otherwise ask the supplier for a corrected invoice.")),
            **details,
        )
    if window and seen.value < today - timedelta(days=window):
        return answer.failed(
            Message(N_("The issue date %(date)s is more than %(days)s days ago."), {**stated, "days": str(window)}),
            Message(N_("Find a more recent invoice for these products, or ask the supplier for one.")),
            **details,
        )
    return answer.passed(Message(N_("Issued on %(date)s."), stated), **details)
