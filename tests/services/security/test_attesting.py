"""Attesting a security duty: who may, what is refused, and how a mistake is taken back."""

from datetime import date

import pytest

from tests.invoices.compose import make_buyer
from tests.security_desk import GOOD_PASSWORD, TWO_WAYS, SecurityDesk
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.security import ControlAttestation
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.register import GrantKind
from vault.domain.roles import Role
from vault.domain.security import Control
from vault.services.access import Actor
from vault.services.security import control_records, security
from vault.services.security.control_statements import Statement

TODAY = date(2026, 10, 31)


def problems_of(desk: SecurityDesk, said: Statement) -> set[str]:
    with pytest.raises(Invalid) as refused:
        control_records.attest(desk.vault, desk.actor, desk.account_id, said)
    return set(refused.value.problems)


def other_account(desk: SecurityDesk) -> SecurityDesk:
    """A second seller account of the same owner, with a person of its own."""
    buyer = make_buyer(2, "fr")
    now = desk.vault.clock()
    account = SellerAccount(id=new_id(), name=buyer.name, legal_name=buyer.name, marketplaces=[], created_at=now)
    with desk.vault.database.transaction() as session:
        session.add(account)
    actor = Actor(desk.actor.id, desk.actor.name, {account.id: Role.OWNER})
    there = SecurityDesk(desk.vault, actor, account.id, "")
    return SecurityDesk(desk.vault, actor, account.id, there.admit("Bruno"))


def test_assistants_attest_and_auditors_only_look(desk: SecurityDesk) -> None:
    assistant = Actor("a", "Noor", {desk.account_id: Role.ASSISTANT})
    auditor = Actor("b", "Iris", {desk.account_id: Role.AUDITOR})
    said = Statement(Control.CONTACT, TODAY)
    assert control_records.attest(desk.vault, assistant, desk.account_id, said).done_by == "Noor"
    with pytest.raises(Forbidden):
        control_records.attest(desk.vault, auditor, desk.account_id, said)
    assert security.overview(desk.vault, auditor, desk.account_id).standing.ok == 1
    with pytest.raises(NotFound):
        security.overview(desk.vault, Actor("c", "C"), desk.account_id)


def test_nobody_attests_for_a_person_a_paper_or_a_document_of_another_account(desk: SecurityDesk) -> None:
    there = other_account(desk)
    their_paper = there.file_paper("identity", "", with_copy=False)
    for about in (there.anna, desk.admit("An agency", kind=GrantKind.AGENCY), new_id(), ""):
        with pytest.raises(NotFound):
            desk.attest(Control.TRAINING, about)
    for about in (their_paper, new_id()):
        with pytest.raises(NotFound):
            desk.file_paper("identity", "", about, with_copy=False)
        with pytest.raises(NotFound):
            control_records.retire_paper(desk.vault, desk.actor, desk.account_id, about)
    with pytest.raises(NotFound):
        desk.attest(Control.CONTACT, desk.anna)
    for document_id in (there.upload(), new_id(), "nonsense"):
        assert problems_of(desk, Statement(Control.CONTACT, TODAY, document_id=document_id)) == {"document_id"}


def test_a_day_to_come_cannot_be_attested(desk: SecurityDesk) -> None:
    assert problems_of(desk, Statement(Control.CONTACT, date(2026, 11, 1))) == {"done_on"}


def test_there_is_no_place_for_a_password(desk: SecurityDesk) -> None:
    details = {**GOOD_PASSWORD, "password": "yes"}
    row = desk.attest(Control.PASSWORD, desk.anna, details)
    assert row.details == GOOD_PASSWORD
    said = Statement(Control.PASSWORD, TODAY, desk.anna, details=GOOD_PASSWORD, note="lanterne-pivoine-27")
    assert problems_of(desk, said) == {"note"}
    assert problems_of(desk, Statement(Control.PASSWORD, TODAY, desk.anna, details={"unique": "Xq7!pz"})) == {"unique"}


@pytest.mark.parametrize("device", ["", "  ", "…", "+33 6 12 34 56 78", "phone 0612345678", "x" * 81])
def test_a_device_has_a_name_and_no_number(desk: SecurityDesk, device: str) -> None:
    said = Statement(Control.TWO_STEP, TODAY, desk.anna, details={**TWO_WAYS, "backup_device": device})
    assert problems_of(desk, said) == {"backup_device"}


@pytest.mark.parametrize(
    ("control", "details", "wrong"),
    [
        (Control.TWO_STEP, {}, {"primary_method", "backup_method"}),
        (Control.TWO_STEP, {**TWO_WAYS, "primary_method": "pigeon"}, {"primary_method"}),
        (Control.PAPER, {"kind": "poem", "holder": ""}, {"kind", "holder"}),
        (Control.PAPER, {"kind": "identity", "holder": "Anna", "expires_on": "31/12"}, {"expires_on"}),
        (Control.ALERTS, {"sign_ins": "perhaps"}, {"sign_ins"}),
    ],
)
def test_answers_that_cannot_be_are_refused_at_their_field(
    desk: SecurityDesk, control: Control, details: dict[str, str], wrong: set[str]
) -> None:
    about = desk.anna if control is Control.TWO_STEP else ""
    assert problems_of(desk, Statement(control, TODAY, about, details=details)) == wrong


def test_a_mistake_is_taken_back_and_stays_readable(desk: SecurityDesk) -> None:
    desk.attest(Control.CONTACT, done_on=date(2026, 3, 1))
    mistake = desk.attest(Control.CONTACT)
    assert desk.outcome("contact") == "pass"
    control_records.take_back(desk.vault, desk.actor, desk.account_id, mistake.id)
    assert (desk.outcome("contact"), desk.tasks()["contact"].outcome) == ("fail", "fail")
    shown = security.overview(desk.vault, desk.actor, desk.account_id)
    assert [event.id in shown.taken_back for event in shown.events] == [True, False]
    with pytest.raises(Invalid):
        control_records.take_back(desk.vault, desk.actor, desk.account_id, mistake.id)


def test_what_another_account_attested_cannot_be_taken_back(desk: SecurityDesk) -> None:
    theirs = other_account(desk).attest(Control.CONTACT)
    ours = desk.attest(Control.CONTACT)
    control_records.take_back(desk.vault, desk.actor, desk.account_id, ours.id)
    with desk.vault.database.reading() as session:
        answer = session.query(ControlAttestation.id).filter_by(takes_back=ours.id).scalar()
    for attestation_id in (theirs.id, new_id(), answer):
        with pytest.raises(NotFound):
            control_records.take_back(desk.vault, desk.actor, desk.account_id, attestation_id)
