"""Is there time to answer? Source: the notice; where it names no deadline, the rule book's hours for its kind."""

from collections.abc import Iterator
from datetime import timedelta

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    if not facts.state.is_ours or not facts.is_confirmed:
        yield answer.not_applicable(Message(N_("No answer is due now.")))
        return
    if facts.deadline is None:
        yield answer.unknown(
            Message(N_("Nobody has said until when this notice must be answered.")),
            _advice(facts.hours),
        )
        return
    yield _judge(facts, answer)


def _advice(hours: int) -> Message:
    if not hours:
        return Message(N_("Look for the deadline in the notice and enter it. Where it names none, answer at once."))
    text = N_("Look for the deadline in the notice and enter it. Where it names none, answer within %(hours)s hours.")
    return Message(text, {"hours": str(hours)})


def _judge(facts: AuditFacts, answer: Answer) -> Finding:
    assert facts.deadline is not None, "judged only where there is one"
    stated = {"date": facts.deadline.date().isoformat()}
    advice = Message(N_("Send what you have in time, and say what follows: an incomplete answer is better than none."))
    if facts.deadline <= facts.now:
        late = N_("The answer was due on %(date)s.")
        again = N_("Answer at once all the same, and say why it took longer.")
        return answer.failed(Message(late, stated), Message(again), why=stated)
    if facts.deadline - facts.now <= timedelta(days=answer.rule.number("warn_days")):
        return answer.warned(Message(N_("The answer is due on %(date)s."), stated), advice, why=stated)
    return answer.passed(Message(N_("The answer is due on %(date)s."), stated), why=stated)
