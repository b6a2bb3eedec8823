"""What is read from notices: offers with their place in the text."""

from datetime import UTC, date, datetime

import pytest

from tests.reading.notice.corpus import as_mail, as_scan, held_out, no_audits, tuned
from vault.domain.audits import AuditKind, Request
from vault.domain.notice_readings import Term, TermUnit
from vault.domain.values import Asin
from vault.reading.notice.read_notice import read_notice

PLAIN = [*tuned(), *held_out()]
AS_THEY_COME = [form(sample) for sample in PLAIN for form in (as_mail, as_scan)]


def named(sample):
    return sample.name


@pytest.mark.parametrize("sample", PLAIN, ids=named)
def test_the_kind_of_a_notice_is_the_first_offer_with_its_reasons(sample):
    offers = read_notice(sample.text).kinds
    assert offers[0].kind is sample.kind
    assert offers[0].reasons
    assert sum(offer.confidence for offer in offers) <= 1.001


@pytest.mark.parametrize("sample", [*PLAIN, *AS_THEY_COME], ids=named)
def test_products_and_orders_are_found_in_mails_and_scans_too(sample):
    read = read_notice(sample.text)
    assert {str(each.value) for each in read.asins} == sample.asins
    assert {each.value for each in read.order_ids} == sample.orders


@pytest.mark.parametrize("sample", tuned(), ids=named)
def test_the_deadline_is_the_first_offer(sample):
    deadlines = [each.value for each in read_notice(sample.text).deadlines]
    first = [f"{each.term.count} {each.term.unit}" if each.term else str(each.day) for each in deadlines[:1]]
    assert first == ([sample.deadline] if sample.deadline else [])
    assert all(each.sentence for each in deadlines)


@pytest.mark.parametrize("sample", [*PLAIN, *AS_THEY_COME], ids=named)
def test_everything_read_stands_where_it_says(sample):
    read = read_notice(sample.text)
    passages = [*read.asins, *read.order_ids, *read.deadlines, *read.demands, *read.brands, *read.case_ids]
    passages += [reason for offer in read.kinds for reason in offer.reasons]
    passages += [each for each in (read.dated, read.sent_at, read.marketplace) if each]
    assert passages
    for each in passages:
        assert sample.text[each.start : each.end] == each.raw
        assert 0 < each.confidence <= 1


@pytest.mark.parametrize("sample", no_audits(), ids=named)
def test_a_mail_that_is_no_audit_is_of_no_kind(sample):
    assert all(offer.confidence < 0.3 for offer in read_notice(sample.text).kinds)


@pytest.mark.parametrize("sample", PLAIN, ids=named)
def test_the_language_is_told(sample):
    assert read_notice(sample.text).language == sample.language


def test_the_same_text_gives_the_same_reading():
    for sample in AS_THEY_COME:
        assert read_notice(sample.text) == read_notice(sample.text)


def test_a_term_runs_from_the_moment_in_the_head_of_the_mail():
    read = read_notice("Date: Tue, 03 Mar 2026 10:15:00 +0100\nFrom: x\n\nPlease reply within 72 hours.")
    assert read.sent_at.value == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    assert read.dated.value == date(2026, 3, 3)
    assert read.deadlines[0].value.moment == datetime(2026, 3, 6, 9, 15, tzinfo=UTC)
    assert read.deadlines[0].value.sentence == "Please reply within 72 hours."


def test_of_a_mail_that_was_passed_on_amazons_own_head_counts():
    read = read_notice(
        "Date: Fri, 06 Mar 2026 08:00:00 +0100\nFrom: Maren <maren@shop.example>\nSubject: FW: notice\n\n"
        "please have a look at what came in this week, and tell me who of us has time to gather the papers for it. "
        "I am away until Monday, but can be reached by phone in the evening. Best, Maren. "
        + "-" * 20
        + "\n" * 2
        + "x " * 120
        + "\nFrom: Seller Performance <notice@amazon.de>\nDate: Tue, 03 Mar 2026 10:15:00 +0100\n\nPlease reply within 72 hours."
    )
    assert read.sent_at.value == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    assert read.dated.value == date(2026, 3, 3)


def test_a_term_without_an_hour_to_run_from_gives_a_day_alone():
    deadline = read_notice("5 May 2026\n\nPlease send your answer within 10 days.").deadlines[0].value
    assert (deadline.day, deadline.moment) == (date(2026, 5, 15), None)


def test_a_term_without_any_date_waits_for_a_person():
    deadline = read_notice("Bitte antworten Sie binnen 48 Stunden.").deadlines[0].value
    assert (deadline.day, deadline.term) == (None, Term(48, TermUnit.HOURS))
    begun = datetime(2026, 1, 30, 12, tzinfo=UTC)
    assert deadline.counted_from(begun).moment == datetime(2026, 2, 1, 12, tzinfo=UTC)


def test_business_days_leave_out_the_weekend():
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert Term(2, TermUnit.BUSINESS_DAYS).end(friday) == datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Please provide invoices of the last 365 days.",
        "Senden Sie uns Rechnungen der letzten 180 Tage.",
        "Veuillez fournir des factures des 365 derniers jours.",
        "Si prega di inviare le fatture degli ultimi 365 giorni.",
        "Envíe facturas de los últimos 365 días.",
        "Send us an invoice that is not older than 180 days.",
    ],
)
def test_a_look_back_is_no_deadline_but_says_of_how_many_days(text):
    read = read_notice(text)
    assert read.deadlines == ()
    assert [each.value.request for each in read.demands] == [Request.INVOICES]
    assert read.demands[0].value.days in (180, 365)


@pytest.mark.parametrize(
    "text",
    [
        "We will answer within 48 hours.",
        "Wir werden Ihre Unterlagen innerhalb von 48 Stunden ansehen.",
        "Nous vous répondrons sous 48 heures.",
        "Esamineremo i documenti entro 48 ore.",
        "Revisaremos la documentación en un plazo de 48 horas.",
    ],
)
def test_what_amazon_gives_itself_is_no_deadline_of_ours(text):
    assert all(each.confidence <= 0.1 for each in read_notice(text).deadlines)


def test_units_asked_for_are_read():
    demand = read_notice("Please send invoices for at least 40 units dated within the last 12 months.").demands[0].value
    assert (demand.units, demand.days) == (40, 365)


def test_a_date_of_figures_is_read_the_way_of_its_store():
    assert read_notice("amazon.com\nDear seller, please answer by 03/04/2026.").deadlines[0].value.day == date(
        2026, 3, 4
    )
    assert read_notice("amazon.co.uk\nPlease answer by 03/04/2026.").deadlines[0].value.day == date(2026, 4, 3)


def test_slips_of_a_scan_are_put_right_with_less_confidence():
    read = read_notice("ASIN: BOC7NLT9QX\nOrder 3O2-55l9283-774I902 and\n302-5519283-\n7741903")
    assert [str(each.value) for each in read.asins] == ["B0C7NLT9QX"]
    assert [each.value for each in read.order_ids] == ["302-5519283-7741902", "302-5519283-7741903"]
    assert read.asins[0].confidence < 0.8
    assert read.order_ids[0].confidence < read.order_ids[1].confidence


def test_words_and_long_numbers_are_no_products_and_no_orders():
    read = read_notice(
        "BOOKKEEPER BOTTLENECK IBAN DE89370400440532013000 tracking 1Z999AA10123456784 1302-5519283-7741902"
    )
    assert read.asins == ()
    assert read.order_ids == ()


def test_a_book_is_a_product_behind_its_label_only():
    assert [str(each.value) for each in read_notice("ASIN: 0306406152").asins] == ["0306406152"]
    assert read_notice("call 0306406152, complaint ID: 0306406152").asins == ()


def test_labelled_values_are_read():
    read = read_notice(
        "Seller SKU: NG-001-BLK, NG-001-RED\nBrand: Northgrain Home\nCase ID: 11245567801\nComplaint ID: 8812340971"
    )
    assert [each.value for each in read.skus] == ["NG-001-BLK", "NG-001-RED"]
    assert [each.value for each in read.brands] == ["Northgrain Home"]
    assert [each.value for each in read.case_ids] == ["11245567801"]
    assert [each.value for each in read.complaint_ids] == ["8812340971"]


def test_the_store_is_told_by_its_address_and_not_by_that_of_the_sender():
    read = read_notice("From: notice@amazon.com\n\nIhr Konto bei Amazon.de, Hilfe auf sellercentral.amazon.de")
    assert read.marketplace.value == "DE"


def test_a_word_broken_at_the_end_of_its_line_is_read_whole():
    offers = read_notice("We doubt the authen-\nticity of your prod-\nucts.").kinds
    assert offers[0].kind is AuditKind.AUTHENTICITY


def test_an_empty_text_says_nothing():
    assert read_notice("").kinds == ()
    assert read_notice(" \n>\n\u200b").asins == ()


def test_asins_are_values_of_their_type():
    assert read_notice("B0C7NLT9QX").asins[0].value == Asin("B0C7NLT9QX")


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous avons besoin d’une facture établie il y a moins de 180 jours.",
        "Necesitamos una factura emitida hace menos de 180 días.",
        "Senden Sie uns eine Rechnung, die jünger als 180 Tage ist.",
    ],
)
def test_how_old_an_invoice_may_be_is_no_deadline(sentence):
    assert read_notice(sentence).deadlines == ()
