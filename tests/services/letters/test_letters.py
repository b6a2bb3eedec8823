"""Letters: written from what the vault knows, edited by people, looked over, and never sent."""

import unicodedata
from collections.abc import Sequence
from datetime import timedelta

import pytest

from tests.services.audits.test_evidence import OTHER, PRODUCT, keep, open_tasks
from tests.shop import Shop
from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import Audit
from vault.db.entities.letters import AuditLetter
from vault.db.entities.register import RegisterEntry
from vault.domain.audits import AuditKind
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.letters.facts import LetterKind, Signer
from vault.services.access import Actor
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.audits.evidence import sections_of
from vault.services.days import today
from vault.services.letters.answers import Said, SaidAction, SaidPoint, said_of, save_answer
from vault.services.letters.editing import edit_letter, read_letter, take_back
from vault.services.letters.letters import Letter, text_for_bundle
from vault.services.letters.requests import asked_of, language_of
from vault.services.register.accounts import AccountDetails, open_account
from vault.services.register.entries import EntryDetails, add_entry, end_entry
from vault.services.register.other_accounts import OtherDetails, add_other

ANSWER = LetterKind.ANSWER


def case_of(shop: Shop, asins: Sequence[str] = (PRODUCT.asin,)) -> Audit:
    """An audit whose notice has everything that a letter names."""
    audit = audits.open_audit(shop.vault, shop.actor, shop.account_id, "A notice")
    said = Confirmed(
        kind=AuditKind.AUTHENTICITY,
        noticed_on=today(shop.vault),
        deadline=shop.vault.clock() + timedelta(days=9),
        asins=tuple(asins),
        case_id="11245567801",
    )
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, said)
    shop.work()
    return audit


def read(shop: Shop, audit: Audit, kind: LetterKind = ANSWER, language: str = "en", supplier_id: str = "") -> Letter:
    return read_letter(shop.vault, shop.actor, shop.account_id, audit.id, kind, language, supplier_id)


def edit(shop: Shop, audit: Audit, text: str, actor: Actor | None = None) -> None:
    edit_letter(shop.vault, actor or shop.actor, shop.account_id, audit.id, ANSWER, "en", text)


def say(shop: Shop, audit: Audit, proof: str = "", root_cause: str = "Our supplier printed an old address.") -> None:
    proofs = (proof,) if proof else ()
    said = Said(
        points=(SaidPoint("Where do the units come from?", "From the supplier named on the invoice.", proofs),),
        root_cause=root_cause,
        actions=(SaidAction("The address was corrected", today(shop.vault) - timedelta(days=2), proofs),),
        prevention=("Every invoice is compared with the order before it is paid.",),
        signer=Signer("Maren Holt", "Director"),
    )
    save_answer(shop.vault, shop.actor, shop.account_id, audit.id, said)


def test_the_answer_names_the_products_and_the_invoices_as_they_are_called_in_the_bundle(shop: Shop) -> None:
    document = shop.document(keep(shop))
    letter = read(shop, case_of(shop))
    assert PRODUCT.asin in letter.text
    assert f"001-{document.filename}" in letter.text
    assert document.number in letter.text
    assert not letter.is_edited


def test_what_is_missing_is_a_marked_gap_and_a_task_until_it_is_said(shop: Shop) -> None:
    proof = keep(shop)
    audit = case_of(shop)
    assert not read(shop, audit).can_be_sent
    assert "audit.answer" in open_tasks(shop, audit)
    with shop.vault.database.reading() as session:
        assert text_for_bundle(session, shop.vault, session.get_one(Audit, audit.id)) == ""
    say(shop, audit, proof)
    assert [each.message.text for each in read(shop, audit).findings if each.outcome == "fail"] == []
    assert "audit.answer" not in open_tasks(shop, audit)
    with shop.vault.database.reading() as session:
        assert "Maren Holt" in text_for_bundle(session, shop.vault, session.get_one(Audit, audit.id))


def test_what_people_say_is_kept_and_stands_in_the_letter_with_its_proof(shop: Shop) -> None:
    proof = keep(shop)
    audit = case_of(shop)
    say(shop, audit, proof)
    with shop.vault.database.reading() as session:
        said = said_of(session, session.get_one(Audit, audit.id))
    assert said.points[0].proofs == (proof,)
    assert f"Proof: 001-{shop.document(proof).filename}" in read(shop, audit).text
    assert ("audit.answer_said", audit.id) in shop.journal()
    before = shop.journal()
    say(shop, audit, proof)
    assert shop.journal() == before


def test_a_proof_that_does_not_go_in_is_none(shop: Shop) -> None:
    audit = case_of(shop)
    say(shop, audit, "0" * 26)
    with shop.vault.database.reading() as session:
        assert said_of(session, session.get_one(Audit, audit.id)).points[0].proofs == ()


def test_what_was_done_tomorrow_or_without_its_point_is_not_taken(shop: Shop) -> None:
    audit = case_of(shop)
    tomorrow = today(shop.vault) + timedelta(days=1)
    for said, field in (
        (Said(actions=(SaidAction("Trained everybody", tomorrow),)), "actions"),
        (Said(points=(SaidPoint(" ", "An answer"),)), "points"),
        (Said(root_cause="x" * 6000), "root_cause"),
    ):
        with pytest.raises(Invalid) as refused:
            save_answer(shop.vault, shop.actor, shop.account_id, audit.id, said)
        assert list(refused.value.problems) == [field]


def test_an_edited_letter_stays_says_when_the_facts_have_changed_and_can_be_taken_back(shop: Shop) -> None:
    audit = case_of(shop)
    edit(shop, audit, "Subject: ours\n\nDear team, here it is.")
    letter = read(shop, audit)
    assert letter.text == "Subject: ours\n\nDear team, here it is.\n"
    assert letter.is_edited
    assert not letter.is_outdated
    say(shop, audit)
    assert read(shop, audit).is_outdated
    edit(shop, audit, letter.text)
    assert not read(shop, audit).is_outdated
    take_back(shop.vault, shop.actor, shop.account_id, audit.id, ANSWER, "en")
    assert read(shop, audit).text == read(shop, audit).written
    assert shop.count(AuditLetter) == 0


def test_what_is_pasted_with_accents_as_signs_of_their_own_is_looked_over_like_everything_else(shop: Shop) -> None:
    audit = case_of(shop)
    pasted = unicodedata.normalize("NFD", "Das ist unverschämt und lächerlich.")
    edit_letter(shop.vault, shop.actor, shop.account_id, audit.id, ANSWER, "de", pasted)
    say(shop, audit, root_cause=unicodedata.normalize("NFD", "Müller hat verspätet geliefert."))
    letter = read(shop, audit, language="de")
    assert "letter.accusation" in {each.rule for each in letter.findings}
    assert "Müller hat verspätet geliefert." in read(shop, audit).text


def test_a_letter_that_is_as_it_was_written_is_not_kept(shop: Shop) -> None:
    audit = case_of(shop)
    written = read(shop, audit).text
    edit(shop, audit, written.replace("\n", "\r\n"))
    assert shop.count(AuditLetter) == 0
    edit(shop, audit, "Ours")
    edit(shop, audit, written)
    assert shop.count(AuditLetter) == 0


def test_each_language_has_its_own_letter(shop: Shop) -> None:
    audit = case_of(shop)
    edit(shop, audit, "Ours")
    assert read(shop, audit, language="de").text.startswith("Betreff:")
    with pytest.raises(Invalid):
        read(shop, audit, language="xx")


def test_the_acknowledgement_is_ready_at_once_signed_by_who_answers_for_the_audit(shop: Shop) -> None:
    letter = read(shop, case_of(shop), LetterKind.ACKNOWLEDGEMENT)
    assert letter.can_be_sent
    assert PRODUCT.asin in letter.text


def test_the_latest_supplier_is_asked_for_what_is_missing_in_the_language_of_its_country(shop: Shop) -> None:
    old = shop.document(keep(shop, issued=today(shop.vault) - timedelta(days=400)))
    audit = case_of(shop, [PRODUCT.asin, OTHER.asin])
    with shop.vault.database.reading() as session:
        sections = sections_of(session, shop.vault, session.get_one(Audit, audit.id))
        supplier = session.get_one(Supplier, old.supplier_id)
    asked = {each.asin: asked_of(each) for each in sections if each.need}
    assert asked[OTHER.asin] is None
    known = asked[PRODUCT.asin]
    assert known is not None
    assert known.supplier_id == supplier.id
    assert language_of(supplier) == "fr"
    letter = read(shop, audit, LetterKind.SUPPLIER_REQUEST, "fr", supplier.id)
    assert letter.text.startswith("Objet")
    assert PRODUCT.asin in letter.text
    assert OTHER.asin not in letter.text
    with pytest.raises(NotFound):
        read(shop, audit, LetterKind.SUPPLIER_REQUEST, "fr", "0" * 26)


def test_a_name_is_only_found_where_its_reader_may_know_it(shop: Shop) -> None:
    audit = case_of(shop)
    second = AccountDetails("Tilleul", "Tilleul Commerce SARL", PostalAddress("1 rue", "69001", "Lyon", country="FR"))
    further = open_account(shop.vault, shop.actor, second)
    edit(shop, audit, "Subject: ours\n\nSo does Tilleul Commerce SARL.")
    both = Actor(shop.actor.id, shop.actor.name, {**shop.actor.roles, further.id: Role.OWNER})
    assert "letter.other_accounts" in rules(shop, audit, both)
    assert "letter.other_accounts" not in rules(shop, audit, shop.actor)


def test_an_account_that_amazon_itself_names_may_be_named(shop: Shop) -> None:
    notice = "Your account is related to Tilleul Commerce. Tell us why."
    audit = audits.open_audit(shop.vault, shop.actor, shop.account_id, notice)
    said = Confirmed(kind=AuditKind.LINKED_ACCOUNTS, noticed_on=today(shop.vault), deadline=None, case_id="1")
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, said)
    for name in ("Tilleul Commerce", "Cerise Import"):
        add_other(shop.vault, shop.actor, shop.account_id, OtherDetails(name))
    letter = read(shop, audit)
    assert "Tilleul Commerce" in letter.text
    assert "Cerise Import" not in letter.text
    edit(shop, audit, f"{letter.text}\nCerise Import belongs to us too.")
    edited = read(shop, audit)
    named = {edited.text[each.start : each.end] for each in edited.findings if each.rule == "letter.other_accounts"}
    assert named == {"Cerise Import"}


def test_who_may_only_look_changes_no_letter(shop: Shop) -> None:
    audit = case_of(shop)
    looker = Actor(shop.actor.id, "Auditor", {shop.account_id: Role.AUDITOR})
    with pytest.raises(Forbidden):
        edit(shop, audit, "Ours", looker)
    with pytest.raises(Forbidden):
        save_answer(shop.vault, looker, shop.account_id, audit.id, Said())


def rules(shop: Shop, audit: Audit, actor: Actor) -> set[str]:
    letter = read_letter(shop.vault, actor, shop.account_id, audit.id, ANSWER, "en")
    return {each.rule for each in letter.findings}


def found_in(shop: Shop, audit: Audit, text: str, actor: Actor | None = None) -> list[tuple[str, str]]:
    """What is found in an answer that says this, for who is to read it."""
    edit(shop, audit, text)
    letter = read_letter(shop.vault, actor or shop.actor, shop.account_id, audit.id, ANSWER, "en")
    rules = ("letter.contacts", "letter.identity")
    return [(each.rule, letter.text[each.start : each.end]) for each in letter.findings if each.rule in rules]


def hold(shop: Shop, kind: AttributeKind, text: str, holder_id: str = "") -> RegisterEntry:
    return add_entry(shop.vault, shop.actor, holder_id or shop.account_id, kind, text, EntryDetails())


def test_the_contacts_and_numbers_of_the_business_itself_belong_as_the_register_has_them(shop: Shop) -> None:
    audit = case_of(shop)
    text = "Reach us: +33 1 42 68 53 00, Office@Lavandine.example. Tax id, ID card number FR40303265045."
    spots = ["+33 1 42 68 53 00", "Office@Lavandine.example", "FR40303265045"]
    assert [spot for _, spot in found_in(shop, audit, text)] == spots
    hold(shop, AttributeKind.PHONE, "+33142685300")
    mail = hold(shop, AttributeKind.EMAIL, "office@lavandine.example")
    hold(shop, AttributeKind.VAT_NUMBER, "FR 40 303265045")
    assert found_in(shop, audit, text) == []
    end_entry(shop.vault, shop.actor, mail.id, today(shop.vault) - timedelta(days=1))
    assert [spot for _, spot in found_in(shop, audit, text)] == ["Office@Lavandine.example"]


def test_what_belongs_to_a_known_other_account_does_not_belong_here(shop: Shop) -> None:
    audit = case_of(shop)
    other = add_other(shop.vault, shop.actor, shop.account_id, OtherDetails("Blue Fern Trading"))
    hold(shop, AttributeKind.EMAIL, "us@bluefern.example", other.id)
    assert [spot for _, spot in found_in(shop, audit, "Write to us@bluefern.example.")] == ["us@bluefern.example"]


def test_of_one_letter_only_so_many_contacts_are_looked_up(shop: Shop) -> None:
    """Else whoever edits letters could try numbers until one is the register's."""
    audit = case_of(shop)
    hold(shop, AttributeKind.EMAIL, "office@lavandine.example")
    tried = " ".join(f"x{number}@lavandine.example" for number in range(20))
    assert ("letter.contacts", "office@lavandine.example") in found_in(shop, audit, f"{tried} office@lavandine.example")
