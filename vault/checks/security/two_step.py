"""Has everybody with access a second step, and a different way in when its device is lost? Source: policy, guide."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.security.age import Wording, judge_age
from vault.checks.security.facts import Attested, Person, SecurityFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.security import TwoStepMethod

_WORDING = Wording(
    never=N_("It is not known whether %(name)s signs in with two-step verification."),
    fine=N_("%(name)s signs in with two-step verification; both ways were tried on %(done_on)s."),
    due=N_("%(name)s should try both ways of the two-step verification again: the last time was %(done_on)s."),
    overdue=N_("%(name)s has not tried the two-step verification since %(done_on)s."),
    advice=N_(
        "Ask %(name)s to sign in once with each method (Seller Central › Settings › Login settings › Two-step "
        "verification), then attest it here with both devices."
    ),
)
_SET_UP = N_(
    "Seller Central › Settings › Login settings › Two-step verification: add a backup of another kind on another "
    "device, try both, then attest it here."
)


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    for person in facts.people:
        yield _judge(person, facts, answer)
    if not facts.people:
        yield answer.unknown(
            Message(N_("Nobody is recorded as having access, so nobody's sign-in is known to be protected.")),
            Message(N_("Record who has access to the account (Seller Central › Settings › User permissions).")),
        )


def _judge(person: Person, facts: SecurityFacts, answer: Answer) -> Finding:
    if problem := _problem(person.two_step):
        return answer.failed(Message(problem, {"name": person.name}), Message(_SET_UP), item=person.id)
    return judge_age(person.two_step, facts.today, answer, _WORDING, item=person.id, name=person.name)


def _problem(attested: Attested | None) -> str | None:
    if attested is None:
        return None
    said = attested.details
    primary, backup = said.get("primary_method", TwoStepMethod.NONE), said.get("backup_method", TwoStepMethod.NONE)
    if primary == TwoStepMethod.NONE:
        return N_("%(name)s signs in without two-step verification.")
    if backup == TwoStepMethod.NONE:
        return N_("%(name)s has no backup for the two-step verification: a lost device locks the account.")
    if _plain(said.get("primary_device", "")) == _plain(said.get("backup_device", "")):
        return N_("%(name)s has both ways of the two-step verification on the same device.")
    if primary == backup:
        return N_("%(name)s has the same method twice for the two-step verification.")
    return None


def _plain(device: str) -> str:
    """A device's name as it is compared: “Anna's  iPhone” and “annas iphone” are one."""
    return "".join(character for character in device.casefold() if character.isalnum())
