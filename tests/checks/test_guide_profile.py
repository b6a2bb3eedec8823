"""The guide profile as a whole, and each check through one changed fact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.checks.builders import (
    LAMP,
    findings_of,
    good_facts,
    line,
    matched,
    outcomes,
    page,
    seen,
    with_fields,
    with_reading,
)
from vault.checks.facts import Buyer, Twin
from vault.checks.judge import judge_invoice
from vault.domain.findings import Outcome, Verdict, verdict_of
from vault.domain.products import Candidate, Decision, LineMatch
from vault.domain.readings import DocumentKind, PageSource
from vault.rules.loader import load_rules


def only(check, facts):
    (finding,) = findings_of(check, facts)
    return finding


def test_a_good_invoice_passes():
    findings = judge_invoice(good_facts(), load_rules().profiles["guide"])
    assert {finding.outcome for finding in findings} <= {Outcome.PASS, Outcome.NOT_APPLICABLE}
    assert verdict_of(findings) is Verdict.PASS


def test_judging_the_same_facts_again_gives_the_same_findings():
    profile = load_rules().profiles["guide"]
    assert judge_invoice(good_facts(), profile) == judge_invoice(good_facts(), profile)


def test_every_finding_names_the_profile_and_its_version():
    findings = judge_invoice(good_facts(), load_rules().profiles["guide"])
    assert {finding.rule for finding in findings} == {"guide/2"}


def test_every_gap_says_what_to_do():
    broken = with_reading(lines=(), pages=(page(PageSource.UNREAD),), kind=seen(DocumentKind.QUOTE))
    gaps = [finding for finding in judge_invoice(broken, load_rules().profiles["guide"]) if finding.is_gap]
    assert len(gaps) >= 4
    assert all(finding.advice for finding in gaps)


@pytest.mark.parametrize(
    "kind", [kind for kind in DocumentKind if kind not in (DocumentKind.INVOICE, DocumentKind.OTHER)]
)
def test_anything_but_an_invoice_is_refused(kind):
    assert only("invoice.kind", with_reading(kind=seen(kind))).outcome is Outcome.FAIL


def test_a_kind_that_is_not_clear_is_unknown():
    assert only("invoice.kind", with_reading(kind=seen(DocumentKind.OTHER))).outcome is Outcome.UNKNOWN
    assert only("invoice.kind", with_reading(kind=seen(DocumentKind.INVOICE, 0.2))).outcome is Outcome.UNKNOWN


def test_a_date_in_the_future_fails_and_points_at_its_place():
    finding = only("invoice.issue_date", with_fields(issue_date=seen(date(2026, 4, 2))))
    assert finding.outcome is Outcome.FAIL
    assert finding.path == "issue_date"
    assert finding.evidence is not None
    assert finding.evidence.page == 1


def test_a_date_of_today_passes():
    assert only("invoice.issue_date", with_fields(issue_date=seen(date(2026, 4, 1)))).outcome is Outcome.PASS


def test_a_window_refuses_the_day_before_it_begins():
    profile = load_rules().profiles["guide"]
    rule = next(rule for rule in profile.rules if rule.check == "invoice.issue_date")
    narrow = replace(profile, rules=(replace(rule, settings={**rule.settings, "window_days": 31}),))
    inside, outside = (with_fields(issue_date=seen(date(2026, month, day))) for month, day in ((3, 1), (2, 28)))
    assert [finding.outcome for finding in judge_invoice(inside, narrow)] == [Outcome.PASS]
    assert [finding.outcome for finding in judge_invoice(outside, narrow)] == [Outcome.FAIL]


@pytest.mark.parametrize(
    ("check", "field"),
    [
        ("invoice.issue_date", "issue_date"),
        ("invoice.supplier_name", "supplier_name"),
        ("invoice.supplier_address", "supplier_address"),
    ],
)
def test_what_is_missing_fails_on_a_clear_page_and_is_unknown_on_a_poor_scan(check, field):
    clear = with_fields(**{field: None})
    poor = replace(clear, reading=replace(clear.reading, pages=(page(PageSource.OCR, 0.4),)))
    assert only(check, clear).outcome is Outcome.FAIL
    assert only(check, poor).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("field", ["issue_date", "supplier_name", "supplier_address", "total"])
def test_what_was_read_with_doubt_is_unknown(field):
    value = getattr(good_facts().reading.fields, field).value
    check = "invoice.price" if field == "total" else f"invoice.{field}"
    assert "unknown" in outcomes(findings_of(check, with_fields(**{field: seen(value, 0.2)}))).values()


@pytest.mark.parametrize(
    ("address", "country", "outcome"),
    [
        ("Hauptstraße 5\n10115 Berlin", "DE", "pass"),
        ("Via Garibaldi 3\n20121 Milano (MI)\nItalia", "IT", "pass"),
        ("Unit 4, Riverside Park\nLeeds\nLS1 4AP", "GB", "pass"),
        ("500 Main Street, Springfield, IL 62701", "US", "pass"),
        ("Calle Mayor 8, 28013 Madrid", "ES", "pass"),
        ("Flat B, 9/F, Kingsway House, 42 Queen's Road\nKowloon", "HK", "pass"),
        ("P.O. Box 1234\n10115 Berlin", "DE", "fail"),
        ("Postfach 12 34\n10115 Berlin", "DE", "fail"),
        ("Hauptstraße 5", "DE", "fail"),
        ("10115 Berlin", "DE", "fail"),
        ("Hauptstraße 5\n10115 Berlin", "", "fail"),
    ],
)
def test_an_address_is_complete_with_street_postcode_town_and_country(address, country, outcome):
    facts = with_fields(supplier_address=seen(address), supplier_country=seen(country) if country else None)
    assert only("invoice.supplier_address", facts).outcome.value == outcome


def test_an_invoice_to_another_company_is_a_warning_under_the_guide():
    buyer = Buyer("Boutique du Lac SAS")
    right = replace(with_fields(buyer_name=seen("BOUTIQUE DU LAC S.A.S.")), buyer=buyer)
    wrong = replace(with_fields(buyer_name=seen("Atelier du Nord GmbH")), buyer=buyer)
    assert only("invoice.buyer", right).outcome is Outcome.PASS
    assert only("invoice.buyer", wrong).outcome is Outcome.WARN


def test_prices_currency_and_total_are_each_asked_for():
    facts = with_reading(lines=(line(), replace(line(), unit_price=None, amount=None)))
    facts = replace(
        facts, reading=replace(facts.reading, fields=replace(facts.reading.fields, currency=None, total=None))
    )
    assert outcomes(findings_of("invoice.price", facts)) == {"total": "fail", "currency": "fail", "unit_price": "fail"}


@pytest.mark.parametrize(
    ("source", "priced", "outcome"),
    [
        (PageSource.TEXT, True, "fail"),
        (PageSource.OCR, True, "unknown"),  # most likely not read
        (PageSource.OCR, False, "fail"),  # no price at all: most likely not printed
    ],
)
def test_one_price_missing_on_a_scan_asks_a_person(source, priced, outcome):
    bare = replace(line(), unit_price=None, amount=None)
    facts = with_reading(lines=(line() if priced else bare, bare), pages=(page(source),))
    assert outcomes(findings_of("invoice.price", facts))["unit_price"] == outcome


def test_without_lines_prices_and_descriptions_are_unknown():
    facts = with_reading(lines=())
    assert outcomes(findings_of("invoice.price", facts))["unit_price"] == "unknown"
    assert only("invoice.description", facts).outcome is Outcome.UNKNOWN


def test_without_a_catalogue_descriptions_are_unknown():
    assert only("invoice.description", good_facts(has_catalogue=False)).outcome is Outcome.UNKNOWN


def test_each_line_is_judged_by_its_match():
    none, several = (
        LineMatch(Decision.NONE),
        LineMatch(Decision.AMBIGUOUS, None, (Candidate("p1", 0.5), Candidate("p2", 0.5))),
    )
    lines = (line(), line(), line(), line(text="Frais de port"), line(text="Portable fan"))
    facts = replace(with_reading(lines=lines), matches=(matched(LAMP), several, none, none, none))
    assert outcomes(findings_of("invoice.description", facts)) == {
        "line 1": "pass",
        "line 2": "unknown",
        "line 3": "fail",
        "line 4": "not_applicable",
        "line 5": "fail",
    }


def test_a_line_without_a_description_is_unknown():
    facts = replace(with_reading(lines=(replace(line(), description=None),)), matches=(LineMatch(Decision.NONE),))
    assert only("invoice.description", facts).outcome is Outcome.UNKNOWN


def test_a_line_that_a_person_set_aside_is_not_for_sale():
    facts = good_facts(matches=(LineMatch(Decision.NONE, by_person=True),))
    assert only("invoice.description", facts).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "outcome"),
    [
        ("10", "12.50", "125.00", "pass"),
        ("3", "0.333", "1.00", "pass"),
        ("10", "12.50", "112.50", "unknown"),  # ten per cent off, and no discount was read
        ("10", "12.50", "126.00", "fail"),
        ("1000", "0.12", "121.00", "pass"),  # 0.121, printed with two digits
        ("1000", "0.12", "126.00", "fail"),
    ],
)
def test_quantity_times_price_is_the_amount(quantity, price, amount, outcome):
    total = {"net": seen(Decimal(amount)), "tax": None, "total": seen(Decimal(amount))}
    facts = with_reading(lines=(line(quantity, price, amount),))
    facts = replace(facts, reading=replace(facts.reading, fields=replace(facts.reading.fields, **total)))
    assert only("invoice.arithmetic", facts).outcome.value == outcome


@pytest.mark.parametrize(("discount", "outcome"), [("12.50", "pass"), ("12.00", "unknown")])
def test_a_printed_discount_explains_a_lower_amount(discount, outcome):
    total = {"net": seen(Decimal("112.50")), "tax": None, "total": seen(Decimal("112.50"))}
    facts = with_reading(lines=(replace(line(amount="112.50"), discount=seen(Decimal(discount))),))
    facts = replace(facts, reading=replace(facts.reading, fields=replace(facts.reading.fields, **total)))
    assert only("invoice.arithmetic", facts).outcome.value == outcome


def test_net_and_tax_make_the_total():
    finding = only("invoice.arithmetic", with_fields(total=seen(Decimal("151.00"))))
    assert (finding.outcome, finding.path) == (Outcome.FAIL, "total")


def test_an_implausible_tax_is_a_failure():
    facts = with_fields(tax=seen(Decimal("75.00")), total=seen(Decimal("200.00")))
    assert only("invoice.arithmetic", facts).outcome is Outcome.FAIL


def test_lines_that_do_not_add_up_ask_a_person():
    facts = with_fields(net=seen(Decimal("130.00")), tax=None, total=seen(Decimal("130.00")))
    assert only("invoice.arithmetic", facts).outcome is Outcome.UNKNOWN


def test_a_doubtful_number_makes_a_contradiction_unknown():
    assert only("invoice.arithmetic", with_fields(total=seen(Decimal("151.00"), 0.3))).outcome is Outcome.UNKNOWN


def test_without_numbers_the_arithmetic_is_unknown_and_not_passed():
    facts = with_fields(net=None, tax=None, total=None)
    assert only("invoice.arithmetic", facts).outcome is Outcome.UNKNOWN


def test_the_same_number_twice_fails_and_the_same_date_and_total_warns():
    same_number, same_total = Twin("d1", "a.pdf", "same number"), Twin("d2", "b.pdf", "same date and total")
    facts = good_facts(twins=(same_number, same_total))
    assert outcomes(findings_of("invoice.duplicate", facts)) == {"d1": "fail", "d2": "warn"}


@pytest.mark.parametrize(
    ("scan", "outcome"),
    [
        (page(), "pass"),
        (page(PageSource.OCR, 0.9, 300), "pass"),
        (page(PageSource.OCR, 0.9, 100), "warn"),
        (page(PageSource.OCR, 0.5, 300), "warn"),
        (page(PageSource.OCR, 0.2, 300), "fail"),
        (page(PageSource.UNREAD), "unknown"),
        (replace(page(), words=()), "unknown"),
    ],
)
def test_a_page_has_to_be_legible(scan, outcome):
    assert only("invoice.legible", with_reading(pages=(scan,))).outcome.value == outcome
