"""Does Amazon send its alerts: sign-ins, changed payment and shipping details, odd orders …? Source: guide."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.security.age import Wording, judge_age
from vault.checks.security.facts import SecurityFacts
from vault.checks.security.words import known_words
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.security import AlertKind

_WORDING = Wording(
    never=N_("It is not known which of Amazon's alerts are switched on."),
    fine=N_("Amazon's alerts were looked at on %(done_on)s; look again on %(due_on)s."),
    due=N_("Look at Amazon's alerts again: the last time was %(done_on)s."),
    overdue=N_("Nobody has looked at Amazon's alerts since %(done_on)s."),
    advice=N_(
        "Open Seller Central › Settings › Notification preferences, see that each alert goes to somebody who reads it, "
        "and attest here which are on."
    ),
)
_OFF = {
    AlertKind.SIGN_INS: N_("The alert about sign-ins is off."),
    AlertKind.PAYMENT_CHANGES: N_("The alert about changed payment details is off."),
    AlertKind.SHIPPING_CHANGES: N_("The alert about changed shipping details is off."),
    AlertKind.ODD_ORDERS: N_("The alert about odd orders is off."),
    AlertKind.LISTING_CHANGES: N_("The alert about changed listings is off."),
    AlertKind.USER_CHANGES: N_("The alert about new users and changed permissions is off."),
}
_ADVICE = N_("Switch it on in Seller Central › Settings › Notification preferences, then attest the alerts again here.")


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    """`kinds` of the rule: the alerts that have to be on."""
    yield judge_age(facts.alerts, facts.today, answer, _WORDING)
    if facts.alerts is not None:
        for kind in known_words(answer.rule, "kinds", AlertKind):
            if facts.alerts.details.get(kind) != "yes":
                yield answer.failed(Message(_OFF[kind]), Message(_ADVICE), item=kind.value)
