"""Does the register hold what links to other accounts would be seen by? Source: guide (signals of linked accounts)."""

from collections.abc import Collection, Iterable, Iterator

from vault.checks.account.facts import AccountFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.register import AttributeKind

# Where either of two will do.
_ALSO = {AttributeKind.IP_ADDRESS: AttributeKind.IP_NETWORK}


def missing_kinds(kinds: Collection[AttributeKind], wanted: Iterable[str]) -> list[AttributeKind]:
    """Which of the `wanted` kinds a register that holds `kinds` has no value of."""
    return [kind for kind in map(AttributeKind, wanted) if not {kind, _ALSO.get(kind, kind)}.intersection(kinds)]


def check(facts: AccountFacts, answer: Answer) -> Iterator[Finding]:
    missing = missing_kinds(facts.kinds, answer.rule.words("kinds"))
    if not missing:
        yield answer.passed(Message(N_("The register holds everything that links would be seen by.")))
        return
    yield answer.unknown(
        Message(N_("The register is not complete, so links to other accounts may stay unseen.")),
        Message(
            N_(
                "Open the register and fill in what it marks as missing. What is not there cannot be compared with other "
                "accounts."
            )
        ),
        why={"missing": ", ".join(missing)},
    )
