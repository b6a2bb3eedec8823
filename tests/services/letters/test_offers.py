"""The points of an answer that are offered before anybody has written one."""

import pytest

from tests.letters.builders import SURROUNDINGS, full_facts
from tests.services.audits.test_evidence import PRODUCT, keep
from tests.services.letters.test_letters import say
from tests.shop import Shop
from vault.db.entities.audits import Audit
from vault.domain.audits import AuditKind, Request
from vault.letters.draft import Draft
from vault.letters.facts import LANGUAGES, LetterKind
from vault.letters.lint import lint
from vault.letters.offers import offered_point
from vault.rules.loader import load_rules
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.days import today
from vault.services.letters.pages import Sayings, read_sayings

OF_PAPERS = [each for each in Request if each not in (Request.PLAN, Request.EXPLANATION)]


def case_asking_for(shop: Shop, *requests: Request) -> Audit:
    audit = audits.open_audit(shop.vault, shop.actor, shop.account_id, "A notice")
    said = Confirmed(
        kind=AuditKind.INVOICES, noticed_on=today(shop.vault), asins=(PRODUCT.asin,), asked_for=frozenset(requests)
    )
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, said)
    shop.work()
    return audit


def sayings(shop: Shop, audit: Audit) -> Sayings:
    return read_sayings(shop.vault, shop.actor, shop.account_id, audit.id)


def test_what_was_asked_for_and_goes_in_is_offered_with_its_proofs(shop: Shop) -> None:
    proof = keep(shop)
    found = sayings(shop, case_asking_for(shop, Request.INVOICES)).said.points
    assert [each.proofs for each in found] == [(proof,)]
    assert (found[0].point, found[0].answer) == offered_point(Request.INVOICES, "en")


def test_nothing_is_called_attached_that_does_not_go_in(shop: Shop) -> None:
    keep(shop)
    found = sayings(shop, case_asking_for(shop, Request.AUTHORISATION, Request.PHOTOS)).said.points
    assert found == ()


def test_a_plan_and_an_explanation_are_left_to_people(shop: Shop) -> None:
    keep(shop)
    assert sayings(shop, case_asking_for(shop, Request.PLAN, Request.EXPLANATION)).said.points == ()
    assert {offered_point(each, "en") for each in (Request.PLAN, Request.EXPLANATION)} == {None}


def test_what_people_have_said_stands_in_place_of_what_is_offered(shop: Shop) -> None:
    keep(shop)
    audit = case_asking_for(shop, Request.INVOICES)
    say(shop, audit)
    assert [each.point for each in sayings(shop, audit).said.points] == ["Where do the units come from?"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("request_", OF_PAPERS)
def test_every_offered_sentence_passes_what_letters_are_looked_over_for(language: str, request_: Request) -> None:
    offer = offered_point(request_, language)
    assert offer is not None
    facts = full_facts(AuditKind.AUTHENTICITY)
    draft = Draft("\n".join(offer), LetterKind.ANSWER, language, facts, SURROUNDINGS)
    found = {each.rule for each in lint(draft, load_rules().letters) if each.start < each.end}
    assert found <= {"letter.attached"}  # which papers there are is not the sentence's own matter


def test_languages_without_sentences_of_their_own_get_english_ones() -> None:
    assert offered_point(Request.PHOTOS, "nl") == offered_point(Request.PHOTOS, "en")
