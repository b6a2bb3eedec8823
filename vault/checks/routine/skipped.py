"""Is the duty skipped too often? Source: guide, the routines protect only when they are kept."""

from collections.abc import Iterator
from datetime import timedelta

from vault.checks.answer import Answer
from vault.checks.routine.facts import RoutineFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.routines import OccurrenceState


def check(facts: RoutineFacts, answer: Answer) -> Iterator[Finding]:
    window = answer.rule.number("window_days")
    since = facts.as_of - timedelta(days=window)
    settled = [each for each in facts.occurrences if each.due_on > since and not each.is_open]
    skipped = sum(each.state is OccurrenceState.SKIPPED for each in settled)
    stated = {"title": facts.title, "skipped": str(skipped), "due": str(len(settled)), "days": str(window)}
    if len(settled) < answer.rule.number("min_due"):
        yield answer.not_applicable(Message(N_("This routine was not due often enough to say.")))
    elif skipped > len(settled) * answer.rule.fraction("max_skipped_percent"):
        yield answer.failed(
            Message(
                N_("“%(title)s” was skipped %(skipped)s of %(due)s times in the last %(days)s days."),
                stated,
            ),
            Message(N_("Give it to somebody who has the time, make it rarer, or end it: an auditor reads the gaps.")),
            why=stated,
        )
    else:
        yield answer.passed(Message(N_("Kept often enough.")), why=stated)
