"""The linter: what must be found, where it stands, and what must not be found."""

from dataclasses import replace

import pytest

from tests.letters.builders import (
    ASIN,
    ORDER,
    PAPERS_ONLY,
    SECOND_ASIN,
    STRANGE_ASIN,
    STRANGE_ORDER,
    SURROUNDINGS,
    full_facts,
    supplier_facts,
    without,
)
from vault.domain.audits import AuditKind
from vault.domain.errors import Misconfigured
from vault.domain.findings import Outcome
from vault.letters.draft import Draft, fold
from vault.letters.facts import LANGUAGES, CitedProduct, LetterKind
from vault.letters.lint import can_be_sent, lint
from vault.letters.phrases import phrases
from vault.letters.registry import LETTER_RULES, require_known_rules
from vault.rules.loader import load_rules

BOOK = load_rules()
FACTS = full_facts(AuditKind.AUTHENTICITY)
REST = f" {ASIN} {SECOND_ASIN} invoice-2026-0117.pdf invoice-2025-0988.pdf"
"""What an answer has to name, so that nothing but the sentence before it is found."""


def found_in(sentence, language="en", facts=FACTS, kind=LetterKind.ANSWER, rest=REST):
    draft = Draft(sentence + "\n" + rest, kind, language, facts, SURROUNDINGS)
    return [(each.rule, draft.text[each.start : each.end]) for each in lint(draft, BOOK.letters)]


def rules_of(*args, **kwargs):
    return {rule for rule, _ in found_in(*args, **kwargs)}


TONE = [
    ("letter.accusation", "en", "You have wrongly suspended our account."),
    ("letter.accusation", "en", "This is your mistake."),
    ("letter.accusation", "en", "The buyer lied about the parcel."),
    ("letter.accusation", "en", "Your system is broken."),
    ("letter.accusation", "en", "These are false accusations by a dishonest competitor."),
    ("letter.accusation", "de", "Sie haben unser Konto zu Unrecht gesperrt."),
    ("letter.accusation", "de", "Der Käufer lügt."),
    ("letter.accusation", "de", "Das ist eine Frechheit."),
    ("letter.accusation", "fr", "Vous avez injustement suspendu notre compte."),
    ("letter.accusation", "fr", "C’est la faute de l’acheteur."),
    ("letter.accusation", "it", "Avete ingiustamente sospeso il nostro account."),
    ("letter.accusation", "it", "L’acquirente ha mentito."),
    ("letter.accusation", "es", "Han suspendido injustamente nuestra cuenta."),
    ("letter.accusation", "es", "El comprador miente."),
    ("letter.emotion", "en", "We beg you to give us another chance."),
    ("letter.emotion", "en", "We are deeply disappointed; our livelihood depends on this."),
    ("letter.emotion", "de", "Wir flehen Sie an, unsere Existenz ist bedroht."),
    ("letter.emotion", "de", "Wir sind zutiefst enttäuscht."),
    ("letter.emotion", "fr", "Nous vous supplions de nous accorder une seconde chance."),
    ("letter.emotion", "fr", "Nous sommes très déçus."),
    ("letter.emotion", "it", "Vi supplichiamo, siamo disperati."),
    ("letter.emotion", "it", "Siamo una piccola impresa sull’orlo del fallimento."),
    ("letter.emotion", "es", "Les suplicamos otra oportunidad."),
    ("letter.emotion", "es", "Estamos desesperados por nuestras familias."),
    ("letter.threat", "en", "Otherwise our lawyer will take legal action."),
    ("letter.threat", "en", "We are going to the press."),
    ("letter.threat", "de", "Andernfalls leiten wir rechtliche Schritte ein."),
    ("letter.threat", "de", "Unser Anwalt meldet sich bei Ihnen."),
    ("letter.threat", "fr", "À défaut, notre avocat saisira le tribunal."),
    ("letter.threat", "it", "In caso contrario adiremo le vie legali."),
    ("letter.threat", "es", "De lo contrario emprenderemos acciones legales."),
    ("letter.promise", "en", "We will check every delivery."),
    ("letter.promise", "en", "We're going to train our staff."),
    ("letter.promise", "de", "Wir werden jede Lieferung prüfen."),
    ("letter.promise", "de", "Künftig werden wir besser prüfen."),
    ("letter.promise", "fr", "Nous contrôlerons chaque livraison."),
    ("letter.promise", "fr", "Nous allons former notre équipe."),
    ("letter.promise", "it", "Controlleremo ogni consegna."),
    ("letter.promise", "it", "Ci impegniamo a formare il personale."),
    ("letter.promise", "es", "Revisaremos cada entrega."),
    ("letter.promise", "es", "Vamos a formar al personal."),
    ("letter.promise", "en", "It will never happen again."),
    ("letter.promise", "de", "Das wird nicht wieder vorkommen."),
    ("letter.promise", "fr", "Cela ne se reproduira plus."),
    ("letter.promise", "it", "Non succederà più."),
    ("letter.promise", "es", "No volverá a ocurrir."),
    ("letter.shouting", "en", "PLEASE READ THIS CAREFULLY"),
    ("letter.shouting", "en", "Our goods are genuine!"),
    ("letter.shouting", "de", "Unsere Ware ist ORIGINAL."),
    ("letter.other_accounts", "en", "We also have another seller account."),
    ("letter.other_accounts", "de", "Wir betreiben noch ein weiteres Verkäuferkonto."),
    ("letter.other_accounts", "fr", "Notre autre compte n’a jamais eu ce problème."),
    ("letter.other_accounts", "it", "Il nostro altro account non ha reclami."),
    ("letter.other_accounts", "es", "Nuestra otra cuenta no tiene reclamaciones."),
]


@pytest.mark.parametrize(("rule", "language", "sentence"), TONE)
def test_what_turns_the_reader_against_the_letter_is_found(rule, language, sentence):
    facts = without(FACTS, "actions")
    assert rule in rules_of(sentence, language, facts)


BELONGS_NOT = [
    ("letter.bank", "Our account is DE89 3704 0044 0532 0130 00 at our bank.", "DE89 3704 0044 0532 0130 00"),
    ("letter.bank", "IBAN GB29NWBK60161331926819.", "GB29NWBK60161331926819"),
    ("letter.bank", "routing number 021000021, account 12345678", "021000021"),
    ("letter.card", "paid with 4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("letter.card", "Amex 378282246310005.", "378282246310005"),
    ("letter.contacts", "Call the buyer: +49 30 901820.", "+49 30 901820"),
    ("letter.contacts", "Phone 020 7946 0018.", "020 7946 0018"),
    ("letter.contacts", "Write to jane.doe@mail.example.", "jane.doe@mail.example"),
    ("letter.contacts", "The buyer’s relay a1b2c3@marketplace.amazon.co.uk.", "a1b2c3@marketplace.amazon.co.uk"),
    ("letter.identity", "Passport number: C01X00T47.", "C01X00T47"),
    ("letter.identity", "P<GBRHOLT<<MAREN<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "P<GBRHOLT<<MAREN<<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
    ("letter.staff", "Our colleague Ola Brandt packed it.", "Ola Brandt"),
    ("letter.other_accounts", "Blue Fern Trading sells it too.", "Blue Fern Trading"),
    ("letter.other_accounts", "Merchant A2XK99PLMN41QQ.", "A2XK99PLMN41QQ"),
    ("letter.foreign", f"The same is true of {STRANGE_ASIN}.", STRANGE_ASIN),
    ("letter.foreign", f"See order {STRANGE_ORDER}.", STRANGE_ORDER),
    ("letter.attached", "The contract is in licence-2024.pdf.", "licence-2024.pdf"),
    ("letter.attached", "Test reports are attached.", "Test reports"),
    ("letter.unfilled", "Signed by [to be filled: name].", "[to be filled: name]"),
    ("letter.unfilled", "Ursache: [zu ergänzen: Ursache]", "[zu ergänzen: Ursache]"),
    ("letter.unfilled", "Dear {{ name }},", "{{"),
    ("letter.unfilled", "The cause was XXXX.", "XXXX"),
    ("letter.unfilled", "The cause was TODO.", "TODO"),
]


@pytest.mark.parametrize(("rule", "sentence", "spot"), BELONGS_NOT)
def test_what_does_not_belong_is_found_where_it_stands(rule, sentence, spot):
    assert (rule, spot) in found_in(sentence)


@pytest.mark.parametrize("written", ["Zoe\u0308 Mu\u0308ller", "Zoë\nMüller", "ZOE MULLER"])
@pytest.mark.parametrize(("rule", "where"), [("letter.staff", "staff"), ("letter.other_accounts", "other_accounts")])
def test_a_name_is_found_however_its_accents_and_blanks_are_written(rule, where, written):
    around = replace(SURROUNDINGS, **{where: frozenset({"Zoë Müller"})})
    draft = Draft(f"Here is {written} again.{REST}", LetterKind.ANSWER, "de", FACTS, around)
    found = [(each.rule, draft.text[each.start : each.end]) for each in lint(draft, BOOK.letters)]
    assert (rule, written) in found


ATTACHED = [
    ("en", "Please find attached our invoices."),
    ("de", "Die Rechnungen fügen wir bei."),
    ("de", "Die Lieferantenrechnung liegt als Anlage bei."),
    ("fr", "Vous trouverez ci-joint nos factures."),
    ("it", "In allegato le fatture."),
    ("es", "Adjuntamos las facturas."),
]


@pytest.mark.parametrize(("language", "sentence"), ATTACHED)
def test_an_invoice_said_to_be_attached_has_to_be_there(language, sentence):
    assert "letter.attached" not in rules_of(sentence, language)
    empty = without(FACTS, "evidence")
    assert "letter.attached" in rules_of(sentence, language, empty)
    other = replace(FACTS, evidence=full_facts(AuditKind.A_TO_Z).evidence)
    assert "letter.attached" in rules_of(sentence, language, other)


def test_a_product_without_a_paper_is_found_where_it_is_named():
    facts = replace(FACTS, evidence=FACTS.evidence[:1])
    assert ("letter.proof", SECOND_ASIN) in found_in(
        "Here is our answer.", facts=facts, rest=REST.replace("invoice-2025-0988.pdf", "")
    )


def test_a_product_or_a_paper_that_the_letter_passes_over_is_missed():
    messages = [str(each.message) for each in lint(Draft("Here it is.", LetterKind.ANSWER, "en", FACTS), BOOK.letters)]
    assert f"The letter does not speak of {ASIN}, which Amazon asks about." in messages
    assert "invoice-2026-0117.pdf is in the bundle, but the letter does not mention it." in messages


def test_a_book_is_spoken_of_by_its_own_number():
    facts = replace(FACTS, products=(CitedProduct("0306406152"),))
    found = lint(Draft("The book 0306406152.", LetterKind.ANSWER, "en", facts), BOOK.letters)
    assert [str(each.message) for each in found if each.outcome is Outcome.FAIL] == [
        "Nothing in the bundle proves anything about 0306406152."
    ]


def test_a_paper_that_is_not_mentioned_only_warns():
    found = lint(Draft(f"{ASIN} {SECOND_ASIN}", LetterKind.ANSWER, "en", FACTS), BOOK.letters)
    assert {each.outcome for each in found} == {Outcome.WARN}
    assert can_be_sent(found)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Our plan of action follows."),
        ("de", "Unser Maßnahmenplan folgt."),
        ("fr", "Voici notre plan d’action."),
        ("it", "Ecco il nostro piano d’azione."),
        ("es", "Este es nuestro plan de acción."),
    ],
)
def test_a_plan_is_found_where_only_papers_were_asked_for(language, sentence):
    assert "letter.plan" in rules_of(sentence, language, full_facts(AuditKind.AUTHENTICITY, PAPERS_ONLY))
    assert "letter.plan" not in rules_of(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We will send the rest by 4 March 2026."),
        ("de", "Den Rest werden wir bis zum 4. März 2026 senden."),
        ("fr", "Nous enverrons le reste au plus tard le 4 mars 2026."),
        ("it", "Invieremo il resto entro il 4 marzo 2026."),
        ("es", "Enviaremos el resto a más tardar el 04/03/2026."),
    ],
)
def test_a_promise_with_its_day_passes(language, sentence):
    assert rules_of(sentence, language, without(FACTS, "actions")) == set()


def test_as_many_promises_pass_as_dated_acts_stand_beside_them():
    assert rules_of("We will check every delivery.") == set()
    assert found_in("We will check. We will count.") == [("letter.promise", "We will")]


def test_in_an_audit_about_linked_accounts_those_may_be_named_that_amazon_speaks_of():
    facts = replace(full_facts(AuditKind.LINKED_ACCOUNTS), related_accounts=("Blue Fern Trading",))
    rest = f" {ORDER} delivery-proof.pdf"
    assert rules_of("Blue Fern Trading is our other account.", facts=facts, rest=rest) == set()
    assert rules_of("A2XK99PLMN41QQ is one too.", facts=facts, rest=rest) == {"letter.other_accounts"}


def test_a_long_letter_and_a_long_sentence_are_found():
    assert "letter.length" in rules_of("Word. " * 950)
    assert "letter.length" in rules_of("word " * 50 + ".")
    assert "letter.length" not in rules_of("- " + "word " * 950)


GOOD = [
    ("en", "We bought all units from Tarn Mills Ltd, 4 Dock Road, Leeds, +44 113 496 0123, sales@tarnmills.example."),
    ("en", "The supplier's name was misspelt on one invoice; Tarn Mills corrected it on 20 February 2026."),
    ("en", "Since 20 February 2026 each delivery is compared with its order before it is listed."),
    ("en", "The cause was a missing check at goods-in. We understand that buyers rely on genuine products."),
    ("en", "We are sorry that the buyer was not satisfied. The willingness to help is there. Mills will confirm it."),
    ("en", "NORTHGRAIN 1.2 l and 0.8 l carry the EAN 4006381333931 and were shipped by UPS, 1Z999AA10123456784."),
    ("en", "Invoice number 2026-0117, customer 4539 1488, total 12,480.00 GBP, delivered on 2026-01-19."),
    ("en", "The courtesy call and the court yard have nothing to do with it."),
    ("de", "Die Ware stammt von der Tarn Mills Ltd. Seit dem 20. Februar 2026 wird jede Lieferung geprüft."),
    ("de", "Die Ursache lag im Wareneingang. Der Käufer hat sein Geld am 3. März 2026 zurückerhalten."),
    ("de", "Die Rechnungen werden von unserem Lieferanten bestätigt. Wir haben die Angaben verglichen."),
    ("fr", "Nous préparons, assurons et montrons chaque contrôle. Nous considérons le point comme traité."),
    (
        "fr",
        "Depuis le 20 février 2026, chaque livraison est comparée à sa commande. L’erreur venait de notre réception.",
    ),
    ("fr", "Nous espérons que ces documents répondent à votre demande."),
    ("it", "La merce proviene da Tarn Mills Ltd. Dal 20 febbraio 2026 ogni consegna viene confrontata con l’ordine."),
    ("it", "L’errore era nel nostro magazzino. Le fatture allegate portano il nome dell’azienda."),
    ("es", "La mercancía procede de Tarn Mills Ltd. Desde el 20 de febrero de 2026 se comprueba cada entrega."),
    ("es", "Queremos confirmar que las facturas adjuntas son las originales. El error estaba en nuestro almacén."),
]


@pytest.mark.parametrize(("language", "sentence"), GOOD)
def test_a_calm_sentence_has_nothing_to_be_found(language, sentence):
    assert found_in(sentence, language) == []


def test_a_request_to_a_supplier_may_speak_of_invoices_that_are_not_there():
    sentence = f"Please send the invoice for {ASIN}, attached to your answer."
    assert found_in(sentence, facts=supplier_facts(), kind=LetterKind.SUPPLIER_REQUEST, rest="") == []


def test_findings_come_in_the_order_of_the_text_with_their_source_and_what_to_do():
    draft = Draft("We beg you! [to be filled: x] Your mistake.", LetterKind.ANSWER, "en", FACTS)
    found = lint(draft, BOOK.letters)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(each.source and str(each.advice) and str(each.message) for each in found)
    assert found == lint(draft, BOOK.letters)


def test_no_finding_repeats_a_number_or_a_name_that_does_not_belong():
    text = "DE89370400440532013000 4111111111111111 +49 30 901820 jane.doe@mail.example Ola Brandt Blue Fern Trading"
    for each in lint(Draft(text, LetterKind.ANSWER, "en", FACTS, SURROUNDINGS), BOOK.letters):
        if each.end > each.start:
            assert text[each.start : each.end] not in f"{each.message} {each.advice}"


def test_the_rule_book_names_every_rule_and_no_other():
    require_known_rules(BOOK)
    assert {rule.check for rule in BOOK.letters} == set(LETTER_RULES)
    with pytest.raises(Misconfigured, match=r"letter\.horoscope"):
        require_known_rules(replace(BOOK, letters=(replace(BOOK.letters[0], check="letter.horoscope"),)))


def test_an_operator_makes_a_rule_a_warning_or_leaves_it_out():
    draft = Draft("We beg you.", LetterKind.ANSWER, "en", without(FACTS, "products", "evidence"))
    emotion = next(rule for rule in BOOK.letters if rule.check == "letter.emotion")
    assert [each.outcome for each in lint(draft, [emotion])] == [Outcome.FAIL]
    assert [each.outcome for each in lint(draft, [replace(emotion, required=False)])] == [Outcome.WARN]
    assert lint(draft, []) == ()


def test_folding_keeps_every_character_in_its_place():
    text = "Straße ÉTÉ ﬁn œuvre’s İstanbul \u00a0 ½ …"
    assert len(fold(text)) == len(text)
    assert fold("Élevé") == "eleve"


@pytest.mark.parametrize("name", ["accusation", "emotion", "threat", "promise", "plan", "other_accounts", "identity"])
def test_every_list_of_wordings_has_its_source_and_every_language(name):
    listed = phrases(name)
    assert listed.source
    assert set(listed.patterns) == set(LANGUAGES)


@pytest.mark.parametrize(
    "piece",
    ["a ", "we will ", "(", "DE89 3704 ", "4111 1111 ", "+49 30 ", "A", "!", "[to be filled: ", "B0C7NLT9QX ", ". "],
)
def test_a_letter_without_end_is_looked_over_as_far_as_a_letter_goes(piece):
    found = lint(Draft(piece * (1_000_000 // len(piece)), LetterKind.ANSWER, "en", FACTS), BOOK.letters)
    assert all(each.end <= 100_000 for each in found)
