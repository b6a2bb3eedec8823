"""What signs of editing mean under each profile."""

import pytest

from tests.checks.builders import ON_PAGE, good_facts, page, with_reading
from vault.checks.facts import InvoiceFacts
from vault.checks.judge import judge_invoice
from vault.domain.findings import Finding, Outcome, Severity, Verdict, verdict_of
from vault.domain.readings import SIGNS_IN_PART, PageSource, Problem, Sign, SignKind
from vault.rules.loader import load_rules

COVERED = Sign(SignKind.COVERED, "98.50", "58.50", 1, ON_PAGE)
SAVED_LATER = Sign(SignKind.SAVED_LATER, "2026-03-05 10:00", "2026-03-01 09:00")
TOOL = Sign(SignKind.EDITING_TOOL, "Sejda", "Billing 7")
DEMANDING = ("appeal", "ungating", "responsible-sourcing")


def judged(facts: InvoiceFacts, profile: str = "guide") -> list[Finding]:
    findings = judge_invoice(facts, load_rules().profiles[profile])
    return [finding for finding in findings if finding.check == "invoice.unaltered"]


def only(facts: InvoiceFacts, profile: str = "guide") -> Finding:
    (finding,) = judged(facts, profile)
    return finding


@pytest.mark.parametrize("profile", ["guide", *DEMANDING])
def test_a_document_without_signs_passes(profile: str) -> None:
    assert only(good_facts(), profile).outcome is Outcome.PASS


@pytest.mark.parametrize("profile", DEMANDING)
def test_what_goes_to_amazon_fails_by_a_sign_that_decides(profile: str) -> None:
    finding = only(with_reading(signs=(COVERED,)), profile)
    assert (finding.outcome, finding.severity) == (Outcome.FAIL, Severity.HIGH)


def test_in_the_vault_a_sign_is_a_warning_and_the_document_still_counts() -> None:
    findings = judge_invoice(with_reading(signs=(COVERED,)), load_rules().profiles["guide"])
    assert verdict_of(findings) is Verdict.WARN


def test_a_finding_points_at_its_place_and_says_what_was_compared() -> None:
    finding = only(with_reading(signs=(COVERED,)))
    assert finding.evidence is not None
    assert (finding.evidence.page, finding.evidence.box, finding.evidence.raw) == (1, ON_PAGE, "98.50")
    assert str(finding.message) == "“58.50” was covered up, and “98.50” was written over it."
    assert finding.advice is not None
    assert "ask the supplier" in finding.advice.text


@pytest.mark.parametrize("kind", [SignKind.EDITING_TOOL, SignKind.LAID_OVER, SignKind.CHANGED_LOOK])
def test_what_may_have_a_good_reason_warns_everywhere(kind: SignKind) -> None:
    for profile in ("guide", *DEMANDING):
        assert only(with_reading(signs=(Sign(kind, "Paid", "58.50", 1, ON_PAGE),)), profile).outcome is Outcome.WARN


def test_a_file_that_was_only_saved_again_passes_and_says_so() -> None:
    finding = only(with_reading(signs=(SAVED_LATER,)), "appeal")
    assert finding.outcome is Outcome.PASS
    assert finding.why == {"saved_later": "2026-03-01 09:00 → 2026-03-05 10:00"}


def test_beside_another_sign_it_counts() -> None:
    findings = judged(with_reading(signs=(TOOL, SAVED_LATER)))
    assert [finding.outcome for finding in findings] == [Outcome.WARN, Outcome.WARN]


def test_all_signs_of_a_document_are_one_task() -> None:
    findings = judged(with_reading(signs=(COVERED, COVERED, TOOL)))
    assert {finding.gap for finding in findings} == {"altered"}
    assert len({finding.item for finding in findings}) == 3


@pytest.mark.parametrize("profile", DEMANDING)
def test_a_document_that_nobody_looked_at_is_unknown_where_it_goes_to_amazon(profile: str) -> None:
    finding = only(with_reading(signs=None), profile)
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.advice is not None


def test_in_the_vault_nothing_is_said_of_it_until_it_is_read_again() -> None:
    assert only(with_reading(signs=None)).outcome is Outcome.NOT_APPLICABLE


def test_a_page_that_could_not_be_read_is_unknown_and_a_sign_on_another_still_counts() -> None:
    unread = (page(PageSource.UNREAD),)
    assert only(with_reading(signs=(), pages=unread)).outcome is Outcome.UNKNOWN
    assert only(with_reading(signs=(COVERED,), pages=unread), "appeal").outcome is Outcome.FAIL


@pytest.mark.parametrize("profile", ["guide", *DEMANDING])
def test_a_document_that_was_looked_at_in_part_is_unknown_everywhere(profile: str) -> None:
    problems = (Problem(SIGNS_IN_PART, 2), Problem(SIGNS_IN_PART, 7))
    finding = only(with_reading(signs=(), problems=problems), profile)
    assert finding.outcome is Outcome.UNKNOWN
    assert "page 2, 7" in str(finding.message)
    assert only(with_reading(signs=(SAVED_LATER,), problems=problems), profile).outcome is Outcome.UNKNOWN
    assert "%(" not in str(only(with_reading(signs=(), problems=(Problem(SIGNS_IN_PART),)), profile).message)


def test_a_sign_on_a_document_that_was_looked_at_in_part_still_counts() -> None:
    in_part = with_reading(signs=(COVERED,), problems=(Problem(SIGNS_IN_PART, 7),))
    assert only(in_part, "appeal").outcome is Outcome.FAIL
    assert only(in_part).outcome is Outcome.WARN


def test_another_problem_of_the_reading_says_nothing_about_signs() -> None:
    assert only(with_reading(problems=(Problem("text_layer_replaced", 1),))).outcome is Outcome.PASS


@pytest.mark.parametrize("kind", [SignKind.CHANGED_TEXT, SignKind.COVERED, SignKind.LAID_OVER])
@pytest.mark.parametrize(("raw", "compared"), [("98.50", "58.50"), ("98.50", ""), ("", "58.50")])
def test_what_is_not_known_is_not_quoted(kind: SignKind, raw: str, compared: str) -> None:
    said = str(only(with_reading(signs=(Sign(kind, raw, compared, 1, ON_PAGE),))).message)
    assert "“”" not in said
    assert (raw or compared) in said


@pytest.mark.parametrize("profile", ["guide", *DEMANDING])
def test_the_rule_book_names_kinds_that_there_are(profile: str) -> None:
    rules = {rule.check: rule for rule in load_rules().profiles[profile].rules}
    named = [*rules["invoice.unaltered"].words("decisive"), *rules["invoice.unaltered"].words("never_alone")]
    assert len(named) == len({SignKind(kind) for kind in named})


def test_every_kind_of_sign_has_words_of_its_own() -> None:
    said = {str(judged(with_reading(signs=(Sign(each, "98.50", "58.50", 1), TOOL)))[0].message) for each in SignKind}
    assert len(said) == len(SignKind)
