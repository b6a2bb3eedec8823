"""People of a seller account: inviting, joining, roles, and taking access away."""

from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.first_use import PASSWORD, Owner, make_owner
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.services.access import Actor
from vault.services.people import invitations, joining, people, users
from vault.services.register import accounts
from vault.services.vault import Vault

DETAILS = accounts.AccountDetails("Lavandine", "Lavandine SARL", PostalAddress("4 quai", "69001", "Lyon", "", "FR"))


@pytest.fixture
def owner(vault: Vault) -> Owner:
    return make_owner(vault)


@pytest.fixture
def account_id(vault: Vault, owner: Owner) -> str:
    return accounts.open_account(vault, owner.actor, DETAILS).id


def actor_of(vault: Vault, user_id: str) -> Actor:
    person = users.find(vault, user_id)
    assert person is not None
    return person.actor()


def token(link: str) -> str:
    return link.rsplit("/", 1)[1]


def join(vault: Vault, owner: Owner, account_id: str, role: Role, email: str = "bo@lavandine.example") -> str:
    """Invites somebody, who accepts. Returns the id of the user."""
    link = invitations.invite(vault, actor_of(vault, owner.actor.id), account_id, email, role)
    return joining.accept_as_new(vault, token(link), "Bo", PASSWORD).id


def test_whoever_opens_an_account_owns_it(vault: Vault, owner: Owner, account_id: str) -> None:
    assert actor_of(vault, owner.actor.id).roles == {account_id: Role.OWNER}


def test_only_an_administrator_opens_accounts(vault: Vault, owner: Owner, account_id: str) -> None:
    assistant = actor_of(vault, join(vault, owner, account_id, Role.ASSISTANT))
    with pytest.raises(Forbidden):
        accounts.open_account(vault, assistant, DETAILS)


def test_an_administrator_sees_no_account_without_a_role_in_it(vault: Vault, owner: Owner, account_id: str) -> None:
    other = make_owner(vault, "Eve", "eve@lavandine.example")
    assert accounts.list_accounts(vault, other.actor) == []
    with pytest.raises(NotFound):
        people.list_members(vault, other.actor, account_id)


def test_an_invitation_gives_its_role_and_no_other(vault: Vault, owner: Owner, account_id: str) -> None:
    joined = actor_of(vault, join(vault, owner, account_id, Role.AUDITOR))
    assert joined.roles == {account_id: Role.AUDITOR}
    assert not joined.is_administrator


def test_a_manager_may_do_nothing_before_the_second_factor(vault: Vault, owner: Owner, account_id: str) -> None:
    joined = actor_of(vault, join(vault, owner, account_id, Role.MANAGER))
    assert joined.roles == {}


def test_an_invitation_works_once_and_for_a_week(vault: Vault, owner: Owner, account_id: str, clock: Clock) -> None:
    link = invitations.invite(vault, actor_of(vault, owner.actor.id), account_id, "bo@x.example", Role.AUDITOR)
    joining.accept_as_new(vault, token(link), "Bo", PASSWORD)
    with pytest.raises(NotFound):
        joining.accept_as_new(vault, token(link), "Bo", PASSWORD)
    late = invitations.invite(vault, actor_of(vault, owner.actor.id), account_id, "cy@x.example", Role.AUDITOR)
    clock.advance(timedelta(days=8))
    with pytest.raises(NotFound):
        joining.accept_as_new(vault, token(late), "Cy", PASSWORD)


def test_a_withdrawn_invitation_is_useless(vault: Vault, owner: Owner, account_id: str) -> None:
    actor = actor_of(vault, owner.actor.id)
    link = invitations.invite(vault, actor, account_id, "bo@x.example", Role.AUDITOR)
    [waiting] = invitations.list_invitations(vault, actor, account_id)
    invitations.withdraw(vault, actor, account_id, waiting.id)
    with pytest.raises(NotFound):
        invitations.find_invitation(vault, token(link))


def test_an_invitation_for_somebody_else_cannot_be_taken(vault: Vault, owner: Owner, account_id: str) -> None:
    link = invitations.invite(vault, actor_of(vault, owner.actor.id), account_id, "bo@x.example", Role.OWNER)
    thief = joining.create_user(vault, joining.NewPerson("T", "t@x.example", PASSWORD), False, "terminal")
    with pytest.raises(NotFound):
        joining.accept_as_known(vault, token(link), thief)


def test_a_known_person_adds_the_account_to_those_held_already(vault: Vault, owner: Owner, account_id: str) -> None:
    second = accounts.open_account(vault, owner.actor, DETAILS).id
    user_id = join(vault, owner, account_id, Role.AUDITOR)
    link = invitations.invite(vault, actor_of(vault, owner.actor.id), second, "bo@lavandine.example", Role.ASSISTANT)
    person = users.find(vault, user_id)
    assert person is not None
    joining.accept_as_known(vault, token(link), person)
    assert actor_of(vault, user_id).roles == {account_id: Role.AUDITOR, second: Role.ASSISTANT}


@pytest.mark.parametrize("email", ["", "bo", "bo@", "bo@x", "a b@x.example", "x" * 250 + "@x.example"])
def test_only_an_e_mail_address_can_be_invited(vault: Vault, owner: Owner, account_id: str, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        invitations.invite(vault, actor_of(vault, owner.actor.id), account_id, email, Role.AUDITOR)
    assert set(refused.value.problems) == {"email"}


def test_the_last_owner_stays(vault: Vault, owner: Owner, account_id: str) -> None:
    actor = actor_of(vault, owner.actor.id)
    with pytest.raises(Conflict):
        people.change_role(vault, actor, account_id, actor.id, Role.AUDITOR)
    with pytest.raises(Conflict):
        people.remove_member(vault, actor, account_id, actor.id)
    people.change_role(vault, actor, account_id, join(vault, owner, account_id, Role.AUDITOR), Role.OWNER)
    people.remove_member(vault, actor, account_id, actor.id)
    assert actor_of(vault, actor.id).roles == {}


def test_a_changed_role_counts_at_once(vault: Vault, owner: Owner, account_id: str) -> None:
    user_id = join(vault, owner, account_id, Role.ASSISTANT)
    people.change_role(vault, actor_of(vault, owner.actor.id), account_id, user_id, Role.AUDITOR)
    assert actor_of(vault, user_id).roles == {account_id: Role.AUDITOR}
    people.remove_member(vault, actor_of(vault, owner.actor.id), account_id, user_id)
    assert actor_of(vault, user_id).roles == {}


def test_nobody_but_an_owner_decides_who_has_access(vault: Vault, owner: Owner, account_id: str) -> None:
    assistant = actor_of(vault, join(vault, owner, account_id, Role.ASSISTANT))
    with pytest.raises(Forbidden):
        people.change_role(vault, assistant, account_id, assistant.id, Role.OWNER)
    with pytest.raises(Forbidden):
        invitations.invite(vault, assistant, account_id, "x@x.example", Role.OWNER)


def test_an_administrator_cannot_disable_themselves(vault: Vault, owner: Owner) -> None:
    with pytest.raises(Conflict):
        people.disable(vault, owner.actor, owner.actor.id)


def test_two_people_cannot_share_an_e_mail_address(vault: Vault, owner: Owner) -> None:
    with pytest.raises(Conflict):
        joining.create_user(vault, joining.NewPerson("B", owner.email.upper(), PASSWORD), False, "terminal")
