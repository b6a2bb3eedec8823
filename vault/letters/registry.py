"""Every rule for letters, by the name that rule books and findings use. A new rule is a new line here."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.letters.draft import Draft, Remark
from vault.letters.rules import (
    accusation,
    attached,
    bank,
    card,
    contacts,
    emotion,
    foreign,
    identity,
    length,
    other_accounts,
    plan,
    promise,
    proof,
    shouting,
    staff,
    threat,
    unfilled,
)
from vault.rules.book import CheckRule, RuleBook

Rule = Callable[[Draft, CheckRule], Iterable[Remark]]

LETTER_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "letter.unfilled": unfilled.check,
        "letter.attached": attached.check,
        "letter.proof": proof.check,
        "letter.promise": promise.check,
        "letter.plan": plan.check,
        "letter.accusation": accusation.check,
        "letter.threat": threat.check,
        "letter.emotion": emotion.check,
        "letter.shouting": shouting.check,
        "letter.foreign": foreign.check,
        "letter.other_accounts": other_accounts.check,
        "letter.bank": bank.check,
        "letter.card": card.check,
        "letter.contacts": contacts.check,
        "letter.identity": identity.check,
        "letter.staff": staff.check,
        "letter.length": length.check,
    }
)


def require_known_rules(book: RuleBook) -> None:
    """Raises Misconfigured when the book names a rule for letters that does not exist: it would never be looked at."""
    for rule in book.letters:
        if rule.check not in LETTER_RULES:
            raise Misconfigured(
                N_("The rule book names the rule for letters “%(rule)s”, which does not exist. Correct the rule book."),
                rule=rule.check,
            )
