"""Whole letters: nothing is found in good ones, everything in bad ones."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.letters.builders import SURROUNDINGS, full_facts, without
from vault.domain.audits import AuditKind
from vault.letters.draft import Draft
from vault.letters.facts import LetterKind
from vault.letters.lint import can_be_sent, lint
from vault.rules.loader import load_rules

SAMPLES = Path(__file__).parent / "samples"
RULES = load_rules().letters
ABOUT = {
    "products": full_facts(AuditKind.AUTHENTICITY),
    "order": full_facts(AuditKind.A_TO_Z),
    "link": replace(
        full_facts(AuditKind.LINKED_ACCOUNTS), related_accounts=("Larkhill Goods",), case_id="11245567801", order_ids=()
    ),
}


def samples(name):
    return tomllib.loads((SAMPLES / f"{name}.toml").read_text("utf-8"))["letter"]


@pytest.mark.parametrize("letter", samples("good"), ids=lambda letter: f"{letter['language']} {letter['about']}")
def test_nothing_is_found_in_a_good_letter(letter):
    draft = Draft(letter["text"], LetterKind.ANSWER, letter["language"], ABOUT[letter["about"]], SURROUNDINGS)
    assert [(each.rule, draft.text[each.start : each.end]) for each in lint(draft, RULES)] == []


@pytest.mark.parametrize("letter", samples("bad"), ids=lambda letter: letter["language"])
def test_everything_is_found_in_a_bad_letter(letter):
    facts = without(ABOUT["products"], "actions")
    found = lint(Draft(letter["text"], LetterKind.ANSWER, letter["language"], facts, SURROUNDINGS), RULES)
    assert set(letter["rules"]) <= {each.rule for each in found}
    assert not can_be_sent(found)


def sentences(name):
    return tomllib.loads((SAMPLES / f"{name}.toml").read_text("utf-8"))["sentence"]


@pytest.mark.parametrize("said", sentences("hard"), ids=lambda said: f"{said['language']} {said['rule'] or 'calm'}")
def test_a_sentence_is_found_where_it_should_be_and_left_alone_where_it_is_calm(said):
    found = rules_in(said)
    assert said["rule"] in found if said["rule"] else found == set()


@pytest.mark.parametrize(
    "said", [each for each in sentences("held_out") if not each["rule"]], ids=lambda said: said["text"]
)
def test_a_calm_sentence_that_nobody_thought_of_raises_no_alarm(said):
    assert rules_in(said) == set()


def rules_in(said):
    facts = without(ABOUT["products"], "actions")
    rest = "\n B0C7NLT9QX B09XK2LMPR invoice-2026-0117.pdf invoice-2025-0988.pdf"
    draft = Draft(said["text"] + rest, LetterKind.ANSWER, said["language"], facts, SURROUNDINGS)
    return {each.rule for each in lint(draft, RULES)}
