"""Does the register hold what links to other accounts would be seen by? Source: guide (signals of linked accounts)."""

from collections.abc import Iterator

from vault.checks.account.facts import AccountFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.register import AttributeKind

# Where either of two will do.
_ALSO = {AttributeKind.IP_ADDRESS: AttributeKind.IP_NETWORK}


def check(facts: AccountFacts, answer: Answer) -> Iterator[Finding]:
    wanted = map(AttributeKind, answer.rule.words("kinds"))
    missing = [kind for kind in wanted if not {kind, _ALSO.get(kind, kind)} & facts.kinds]
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
