"""How much of what does not belong in a letter is found, and how often a calm sentence is taken for it.

``python -m tests.bench.bench_letters [--mistakes]``

Sentences in five languages, one by one in an answer that is otherwise in order: those that the wordings were mended on,
and those that were kept apart; then every template of every kind of audit and letter in every language, in which nothing may be found.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

from tests.letters.builders import (
    ASIN,
    PAPERS_ONLY,
    PLAN,
    SECOND_ASIN,
    SURROUNDINGS,
    TEMPLATES,
    full_facts,
    supplier_facts,
    without,
)
from vault.domain.audits import AuditKind
from vault.letters.draft import Draft
from vault.letters.facts import LANGUAGES, LetterKind
from vault.letters.lint import lint
from vault.letters.writing import write_letter
from vault.rules.loader import load_rules

SAMPLES = Path(__file__).parents[1] / "letters" / "samples"
RULES = load_rules().letters
FACTS = without(full_facts(AuditKind.AUTHENTICITY), "actions")
REST = f"\n {ASIN} {SECOND_ASIN} invoice-2026-0117.pdf invoice-2025-0988.pdf"


def main() -> None:
    for name, title in (("hard", "mended on"), ("held_out", "kept apart")):
        measure(title, tomllib.loads((SAMPLES / f"{name}.toml").read_text("utf-8"))["sentence"])
    letters = list(written())
    print(f"templates: {sum(bool(lint(each, RULES)) for each in letters)} of {len(letters)} letters with a finding")


def measure(title: str, sentences: Sequence[Mapping[str, str]]) -> None:
    wanted, hit, calm, alarms = Counter[str](), Counter[str](), 0, 0
    for each in sentences:
        found = found_in(each["text"], each["language"])
        is_mistake = bool(found) if not each["rule"] else each["rule"] not in found
        if each["rule"]:
            wanted[each["rule"]] += 1
            hit[each["rule"]] += not is_mistake
        else:
            calm += 1
            alarms += is_mistake
        if is_mistake and "--mistakes" in sys.argv:
            print(f"    {each['language']} {each['rule'] or 'calm'}: {each['text']} {sorted(found)}")
    shares = ", ".join(f"{rule.partition('.')[2]} {hit[rule]}/{wanted[rule]}" for rule in wanted)
    print(f"{title}: found {hit.total()}/{wanted.total()} ({shares}); false alarms {alarms}/{calm}")


def found_in(sentence: str, language: str) -> set[str]:
    draft = Draft(sentence + REST, LetterKind.ANSWER, language, FACTS, SURROUNDINGS)
    return {each.rule for each in lint(draft, RULES)}


def written() -> list[Draft]:
    """Every letter of the product with all its facts."""
    drafts = []
    for kind, requests, language in product(AuditKind, (PLAN, PAPERS_ONLY), LANGUAGES):
        for letter in (LetterKind.ACKNOWLEDGEMENT, LetterKind.ANSWER):
            facts = full_facts(kind, requests)
            text = write_letter(letter, language, facts, [TEMPLATES])
            drafts.append(Draft(text, letter, language, facts, SURROUNDINGS))
    for language in LANGUAGES:
        text = write_letter(LetterKind.SUPPLIER_REQUEST, language, supplier_facts(), [TEMPLATES])
        drafts.append(Draft(text, LetterKind.SUPPLIER_REQUEST, language, supplier_facts(), SURROUNDINGS))
    return drafts


if __name__ == "__main__":
    main()
