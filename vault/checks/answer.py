"""How a check answers: one place that knows what a failure weighs under a rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Evidence, Finding, Outcome
from vault.domain.message import Message
from vault.domain.readings import Extracted, Page, PageSource
from vault.rules.book import CheckRule


@dataclass(frozen=True, slots=True)
class Answer:
    """Makes the findings of one check under one rule of one profile (``guide/1``)."""

    rule: CheckRule
    profile: str

    def passed(self, message: Message, **details: Any) -> Finding:
        return self._finding(Outcome.PASS, message, **details)

    def failed(self, message: Message, advice: Message, **details: Any) -> Finding:
        """A failure, or a warning where the profile does not require the check."""
        outcome = Outcome.FAIL if self.rule.required else Outcome.WARN
        return self._finding(outcome, message, advice, **details)

    def warned(self, message: Message, advice: Message, **details: Any) -> Finding:
        return self._finding(Outcome.WARN, message, advice, **details)

    def unknown(self, message: Message, advice: Message, **details: Any) -> Finding:
        """Could not be read or decided: a person must look."""
        return self._finding(Outcome.UNKNOWN, message, advice, **details)

    def not_applicable(self, message: Message, **details: Any) -> Finding:
        return self._finding(Outcome.NOT_APPLICABLE, message, **details)

    def missing(self, facts: InvoiceFacts, message: Message, advice: Message, **details: Any) -> Finding:
        """Something that is not there: a failure where the whole document was read well, else unknown."""
        make = self.failed if read_well(facts) else self.unknown
        return make(message, advice, **details)

    def is_doubtful(self, seen: Extracted[Any]) -> bool:
        """True when the value was read with less confidence than the rule asks for."""
        return seen.confidence < self.rule.fraction("min_confidence")

    def _finding(
        self,
        outcome: Outcome,
        message: Message,
        advice: Message | None = None,
        *,
        seen: Extracted[Any] | None = None,
        item: str = "",
        path: str = "",
        why: Mapping[str, str] | None = None,
        gap: str = "",
    ) -> Finding:
        return Finding(
            check=self.rule.check,
            outcome=outcome,
            message=message,
            rule=self.profile,
            severity=self.rule.severity,
            advice=advice,
            item=item,
            path=path,
            evidence=Evidence(seen.page, seen.box, seen.raw, seen.confidence) if seen else None,
            why=why or {},
            gap=gap,
        )


# Below this mean confidence of a page, "not found" may only mean "not read".
_WELL_READ = 0.6


def read_well(facts: InvoiceFacts) -> bool:
    """True when every page was read, and read clearly enough that what was not found is most likely not there."""
    pages = facts.reading.pages
    return bool(pages) and all(_is_well_read(page) for page in pages)


def _is_well_read(page: Page) -> bool:
    return page.source is PageSource.TEXT or (page.source is PageSource.OCR and page.confidence >= _WELL_READ)
