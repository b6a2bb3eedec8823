"""The product's letters: whole with all facts, marked where one is missing, replaced by an operator's own."""

import dataclasses

import pytest

from tests.letters.builders import PAPERS_ONLY, PLAN, SURROUNDINGS, TEMPLATES, full_facts, supplier_facts, without
from vault.domain.audits import AuditKind
from vault.domain.errors import Invalid
from vault.domain.findings import Outcome
from vault.letters.draft import Draft
from vault.letters.facts import LANGUAGES, AuditFacts, LetterKind, SupplierFacts
from vault.letters.gaps import find_gaps
from vault.letters.lint import can_be_sent, lint
from vault.letters.writing import write_letter
from vault.rules.loader import load_rules

RULES = load_rules().letters


def written(kind, language, facts, folders=(TEMPLATES,)):
    return write_letter(kind, language, facts, folders)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("requests", [PLAN, PAPERS_ONLY], ids=["plan", "papers only"])
@pytest.mark.parametrize("kind", list(AuditKind))
def test_an_answer_with_all_facts_has_nothing_to_be_found(kind, requests, language):
    facts = full_facts(kind, requests)
    text = written(LetterKind.ANSWER, language, facts)
    assert lint(Draft(text, LetterKind.ANSWER, language, facts, SURROUNDINGS), RULES) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(AuditKind))
def test_an_acknowledgement_has_nothing_to_be_found(kind, language):
    facts = full_facts(kind)
    text = written(LetterKind.ACKNOWLEDGEMENT, language, facts)
    assert lint(Draft(text, LetterKind.ACKNOWLEDGEMENT, language, facts, SURROUNDINGS), RULES) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_to_a_supplier_has_nothing_to_be_found(language):
    facts = supplier_facts()
    text = written(LetterKind.SUPPLIER_REQUEST, language, facts)
    assert lint(Draft(text, LetterKind.SUPPLIER_REQUEST, language, facts, SURROUNDINGS), RULES) == ()
    assert "40" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(AuditKind))
def test_what_is_not_known_is_a_gap_and_no_letter_to_be_sent(kind, language):
    facts = AuditFacts(kind=kind)
    text = written(LetterKind.ANSWER, language, facts)
    gaps = list(find_gaps(text))
    found = lint(Draft(text, LetterKind.ANSWER, language, facts), RULES)
    unfilled = [each for each in found if each.rule == "letter.unfilled"]
    assert [(each.start, each.end) for each in unfilled] == [gap.span() for gap in gaps]
    assert len(gaps) >= 7
    assert all(each.outcome is Outcome.FAIL for each in unfilled)
    assert not can_be_sent(found)
    assert "None" not in text


@pytest.mark.parametrize(
    ("name", "gap"),
    [
        ("case_id", "case number"),
        ("noticed_on", "date of the notice"),
        ("root_cause", "root cause"),
        ("actions", "actions taken, each with its day and proof"),
        ("prevention", "what prevents it"),
        ("evidence", "documents for ASIN B0C7NLT9QX"),
        ("signer", "name of who signs"),
        ("account_name", "legal name of the seller account"),
    ],
)
def test_each_missing_fact_is_named(name, gap):
    text = written(LetterKind.ANSWER, "en", without(full_facts(AuditKind.AUTHENTICITY), name))
    assert f"[to be filled: {gap}]" in text


def test_where_papers_alone_are_asked_for_the_answer_has_no_plan():
    text = written(LetterKind.ANSWER, "en", full_facts(AuditKind.INVOICES, PAPERS_ONLY))
    assert "Root cause" not in text
    assert "invoice-2026-0117.pdf: invoice 2026-0117 of 17 January 2026, Tarn Mills Ltd, 240 units" in text


def test_every_language_has_a_template_for_every_letter():
    folders = {*AuditKind, LetterKind.ACKNOWLEDGEMENT, LetterKind.SUPPLIER_REQUEST, "_answer"}
    assert {path.name for path in TEMPLATES.iterdir()} == set(map(str, folders))
    for folder in folders:
        assert {path.stem for path in (TEMPLATES / folder).iterdir()} == set(LANGUAGES)


def test_an_operators_own_template_comes_first_and_can_build_on_the_products(tmp_path):
    own = tmp_path / "invoices"
    own.mkdir()
    (own / "en.txt").write_text('{% extends "_answer/en.txt" %}{% block recognise %}Our own words.{% endblock %}')
    facts = full_facts(AuditKind.INVOICES)
    text = written(LetterKind.ANSWER, "en", facts, [tmp_path, TEMPLATES])
    assert "Our own words." in text
    assert "invoice-2026-0117.pdf" in text
    assert "Our own words." not in written(LetterKind.ANSWER, "en", facts)


@pytest.mark.parametrize(
    "template",
    [
        "{% if %}",
        "{{ letter.case_id",
        "{{ 1 / 0 }}",
        "{{ letter.products.x() }}",
        "{{ ''.__class__.__mro__ }}{{ letter.__init__.__globals__ }}",
        '{% include "/etc/passwd" %}',
        '{% include "../../../etc/passwd" %}',
        "{% for i in range(100000) %}{{ i }} {% endfor %}",
        "{{ letter.products.append(1) }}",
    ],
)
def test_a_template_with_a_mistake_is_refused_by_name(tmp_path, template):
    (tmp_path / "invoices").mkdir()
    (tmp_path / "invoices" / "en.txt").write_text(template)
    with pytest.raises(Invalid, match=r"invoices/en\.txt"):
        written(LetterKind.ANSWER, "en", full_facts(AuditKind.INVOICES), [tmp_path, TEMPLATES])


def test_a_name_that_no_letter_has_is_a_gap(tmp_path):
    (tmp_path / "invoices").mkdir()
    (tmp_path / "invoices" / "en.txt").write_text("{{ letter.horoscope }} {{ letter.horoscope.sign }} {{ moon }}")
    text = written(LetterKind.ANSWER, "en", full_facts(AuditKind.INVOICES), [tmp_path])
    assert len(list(find_gaps(text))) == 3


def test_what_people_write_is_no_template():
    facts = dataclasses.replace(full_facts(AuditKind.INVOICES), account_name="{{ 7 * 7 }} & Sons <Ltd>")
    assert "{{ 7 * 7 }} & Sons <Ltd>" in written(LetterKind.ANSWER, "en", facts)


def test_only_letters_that_exist_are_written():
    with pytest.raises(Invalid):
        written(LetterKind.ANSWER, "nl", full_facts(AuditKind.INVOICES))
    with pytest.raises(Invalid):
        written(LetterKind.SUPPLIER_REQUEST, "en", full_facts(AuditKind.INVOICES))
    with pytest.raises(Invalid):
        written(LetterKind.ANSWER, "en", SupplierFacts())


def test_the_same_facts_give_the_same_letter():
    facts = full_facts(AuditKind.AUTHENTICITY)
    assert written(LetterKind.ANSWER, "fr", facts) == written(LetterKind.ANSWER, "fr", facts)
