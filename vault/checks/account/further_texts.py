"""What the plan of a further account has to say in words. Source: guide (a real reason and a management plan)."""

from collections.abc import Callable, Iterator

from vault.checks.account.further_facts import FurtherFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message

# What is there, what is missing, what to write.
_SAID = {
    "reason": (
        N_("The business reason is written down."),
        N_("The business reason is missing."),
        N_("Write why this business cannot run in the account that is there: another brand, another company, another kind of goods."),
    ),
    "run_by": (
        N_("It is said who will run the account."),
        N_("It is not said who will run the account."),
        N_("Name who signs in and decides, on which computers, and who steps in."),
    ),
    "inventory": (
        N_("It is said how the stock is kept apart."),
        N_("It is not said how the stock is kept apart."),
        N_("Write where the stock is bought, stored and shipped from: none of it may be the other account's."),
    ),
    "products": (
        N_("It is said what will be sold."),
        N_("It is not said what will be sold."),
        N_("Name the brands and kinds of goods, none of which the other account offers."),
    ),
    "strategy": (
        N_("The way of selling is written down."),
        N_("The way of selling is missing."),
        N_("Write how prices, offers and listings are decided, apart from the other account."),
    ),
}  # fmt: skip


def text_check(name: str) -> Callable[[FurtherFacts, Answer], Iterator[Finding]]:
    """A check that the plan's text `name` says enough: at least the rule's ``min_characters``."""
    there, missing, advice = _SAID[name]

    def check(facts: FurtherFacts, answer: Answer) -> Iterator[Finding]:
        length, least = len(facts.texts[name].strip()), answer.rule.number("min_characters")
        why = {"characters": str(length), "least": str(least)}
        if length >= least:
            yield answer.passed(Message(there), path=name, why=why)
        elif length:
            too_short = Message(N_("Too short to convince anybody: write at least %(least)s characters."), why)
            yield answer.failed(too_short, Message(advice), path=name, why=why)
        else:
            yield answer.failed(Message(missing), Message(advice), path=name, why=why)

    return check
