"""Looking a letter over: what could turn its reader against it, and what does not belong in it. Pure and replayable."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vault.domain.findings import Outcome, Severity
from vault.domain.message import Message
from vault.letters.draft import Draft, Remark
from vault.letters.registry import LETTER_RULES
from vault.letters.writing import LONGEST_LETTER
from vault.rules.book import CheckRule


@dataclass(frozen=True, slots=True)
class LetterFinding:
    """What one rule found at the characters `start` … `end` of the letter; equal where something is missing.

    `outcome` is fail (it must not be sent like this) or warn; `severity` how much it hurts; `source` why the rule is.
    """

    rule: str
    outcome: Outcome
    severity: Severity
    start: int
    end: int
    message: Message
    advice: Message
    source: str


def lint(draft: Draft, rules: Iterable[CheckRule]) -> tuple[LetterFinding, ...]:
    """What `rules` (``RuleBook.letters``) find in the letter, in the order of its text.

    The same letter and the same rules always give the same findings. Of a letter longer than any letter may be, the
    beginning is looked over; the rule of length says so.
    """
    bounded = replace(draft, text=draft.text[:LONGEST_LETTER])
    found = [_finding(rule, remark) for rule in rules for remark in _once(LETTER_RULES[rule.check](bounded, rule))]
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.rule)))


def can_be_sent(findings: Iterable[LetterFinding]) -> bool:
    """Whether nothing was found that must not be sent."""
    return not any(each.outcome is Outcome.FAIL for each in findings)


def _finding(rule: CheckRule, remark: Remark) -> LetterFinding:
    outcome = Outcome.FAIL if rule.required and not remark.is_mild else Outcome.WARN
    return LetterFinding(
        rule.check, outcome, rule.severity, remark.start, remark.end, remark.message, remark.advice, rule.source
    )


def _once(remarks: Iterable[Remark]) -> Iterator[Remark]:
    seen: set[tuple[int, int, str]] = set()
    for remark in remarks:
        key = (remark.start, remark.end, str(remark.message))
        if key not in seen:
            seen.add(key)
            yield remark
