"""What is found about a paper that is no supplier invoice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from vault.checks.judge import judge
from vault.checks.paper.facts import PaperFacts
from vault.checks.registry import PAPER_CHECKS
from vault.domain.findings import Finding, Outcome
from vault.domain.papers import PaperKind
from vault.domain.readings import Box, Page, PageSource, Word
from vault.rules.loader import load_rules

TODAY = date(2026, 10, 31)
WORDS = (Word("Licence", Box(0.1, 0.1, 0.2, 0.12)),)
PAGE = Page(1, PageSource.TEXT, 595, 842, WORDS)
PAPER = PaperFacts(TODAY, (PAGE,), expires=True)


def found(facts: PaperFacts) -> dict[str, Finding]:
    findings = judge(facts, load_rules().profiles["papers"], PAPER_CHECKS)
    return {f"{finding.check} {finding.item}".strip(): finding for finding in findings}


def test_every_kind_of_paper_has_a_rule() -> None:
    assert set(load_rules().papers) == set(PaperKind)


@pytest.mark.parametrize(
    ("pages", "name", "outcome"),
    [
        ((PAGE,), "paper.legible", Outcome.PASS),
        ((), "paper.legible", Outcome.UNKNOWN),
        ((replace(PAGE, words=()),), "paper.legible", Outcome.UNKNOWN),
        ((PAGE, replace(PAGE, number=2, source=PageSource.UNREAD)), "paper.legible page 2", Outcome.UNKNOWN),
        ((replace(PAGE, source=PageSource.OCR, confidence=0.36),), "paper.legible", Outcome.PASS),
        ((replace(PAGE, source=PageSource.OCR, confidence=0.34),), "paper.legible page 1", Outcome.WARN),
    ],
)
def test_it_has_to_be_legible(pages: tuple[Page, ...], name: str, outcome: Outcome) -> None:
    findings = found(replace(PAPER, pages=pages))
    assert findings[name].outcome is outcome
    assert len(findings) == 2


def test_nothing_has_to_be_read_on_a_picture() -> None:
    facts = replace(PAPER, pages=(replace(PAGE, words=(), source=PageSource.OCR, confidence=0.0),), is_picture=True)
    assert found(facts)["paper.legible"].outcome is Outcome.PASS


def test_its_last_day_is_asked_for_where_its_kind_has_one() -> None:
    finding = found(PAPER)["paper.expiry"]
    assert (finding.outcome, finding.path) == (Outcome.UNKNOWN, "valid_until")
    assert found(replace(PAPER, expires=False))["paper.expiry"].outcome is Outcome.NOT_APPLICABLE
    assert found(replace(PAPER, never_expires=True))["paper.expiry"].outcome is Outcome.PASS


def test_a_last_day_counts_whatever_the_kind() -> None:
    gone = TODAY - timedelta(days=1)
    for expires in (True, False):
        finding = found(replace(PAPER, expires=expires, valid_until=gone))["paper.expiry"]
        assert (finding.outcome, finding.why) == (Outcome.FAIL, {"due_on": "2026-10-30"})


def test_what_another_area_looks_after_is_told_there() -> None:
    gone = TODAY - timedelta(days=1)
    assert found(replace(PAPER, valid_until=gone, is_watched=True))["paper.expiry"].outcome is Outcome.NOT_APPLICABLE
