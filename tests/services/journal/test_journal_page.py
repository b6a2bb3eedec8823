"""The journal as people read it: their account's entries, and the export of the whole chain."""

from datetime import date

import pytest

from tests.first_use import make_owner
from vault.domain.errors import Forbidden, NotFound
from vault.domain.roles import Role
from vault.domain.values import PostalAddress
from vault.journal.entry import Head
from vault.journal.export import parse_lines
from vault.journal.verifier import verify_chain
from vault.services.access import Actor
from vault.services.journal import journal
from vault.services.journal.journal import JournalFilter
from vault.services.people import invitations, users
from vault.services.register import accounts
from vault.services.vault import Vault


def details(name: str) -> accounts.AccountDetails:
    return accounts.AccountDetails(name, f"{name} SARL", PostalAddress("4 quai", "69001", "Lyon", "", "FR"))


@pytest.fixture
def actor(vault: Vault) -> Actor:
    """An administrator who owns two accounts."""
    owner = make_owner(vault)
    for name in ("Alpha", "Beta"):
        accounts.open_account(vault, owner.actor, details(name))
    person = users.find(vault, owner.actor.id)
    assert person is not None
    return person.actor()


@pytest.fixture
def account_id(vault: Vault, actor: Actor) -> str:
    return accounts.list_accounts(vault, actor)[0].id


def test_a_page_shows_one_accounts_entries_newest_first(vault: Vault, actor: Actor, account_id: str) -> None:
    invitations.invite(vault, actor, account_id, "bo@x.example", Role.AUDITOR)
    page = journal.list_entries(vault, actor, account_id, JournalFilter())
    assert [row.action for row in page.rows] == ["person.invited", "account.opened"]
    assert {row.actor for row in page.rows} == {"Ada Marchand"}
    assert page.rows[0].details == {"email": "bo@x.example", "role": "auditor"}
    assert page.head is not None
    assert page.head.seq == page.rows[0].seq


def test_entries_can_be_narrowed_down(vault: Vault, actor: Actor, account_id: str) -> None:
    invitations.invite(vault, actor, account_id, "bo@x.example", Role.AUDITOR)
    today, long_ago = vault.clock().date(), date(2020, 1, 1)
    shown = [
        (JournalFilter(area="person"), 1),
        (JournalFilter(area="per"), 0),
        (JournalFilter(actor=actor.id), 2),
        (JournalFilter(actor="somebody"), 0),
        (JournalFilter(first=today, last=today), 2),
        (JournalFilter(last=long_ago), 0),
    ]
    for wanted, count in shown:
        assert len(journal.list_entries(vault, actor, account_id, wanted).rows) == count, wanted


def test_a_long_journal_comes_in_pages_that_lose_nothing(vault: Vault, actor: Actor, account_id: str) -> None:
    for number in range(journal.PAGE + 5):
        invitations.invite(vault, actor, account_id, f"p{number}@x.example", Role.AUDITOR)
    first = journal.list_entries(vault, actor, account_id, JournalFilter())
    second = journal.list_entries(vault, actor, account_id, JournalFilter(), first.before)
    numbers = [row.seq for row in (*first.rows, *second.rows) if row.seq]
    assert len(numbers) == journal.PAGE + 6
    assert numbers == sorted(numbers, reverse=True)
    assert second.before is None


def test_a_foreign_accounts_journal_does_not_exist(vault: Vault, account_id: str) -> None:
    stranger = Actor("x", "X", {"another": Role.OWNER})
    with pytest.raises(NotFound):
        journal.list_entries(vault, stranger, account_id, JournalFilter())
    with pytest.raises(NotFound):
        journal.list_actors(vault, stranger, account_id)


def test_sign_ins_and_the_like_are_shown_to_administrators_alone(vault: Vault, actor: Actor) -> None:
    page = journal.list_entries(vault, actor, None, JournalFilter())
    assert [row.action for row in page.rows] == ["user.second_factor_enrolled", "user.created"]
    with pytest.raises(Forbidden):
        journal.list_entries(vault, Actor(actor.id, actor.name, actor.roles), None, JournalFilter())


def test_the_export_verifies_from_end_to_end(vault: Vault, actor: Actor) -> None:
    lines = list(journal.export_journal(vault, actor))
    *entries, end = parse_lines(lines)
    assert isinstance(end, Head)
    assert list(verify_chain([*entries, end])) == []
    assert len(entries) == end.seq


def test_the_export_is_refused_to_who_does_not_see_every_account(vault: Vault, actor: Actor, account_id: str) -> None:
    partly = Actor(actor.id, actor.name, {account_id: Role.OWNER}, is_administrator=True)
    for who in (partly, Actor(actor.id, actor.name, actor.roles)):
        with pytest.raises(Forbidden):
            journal.export_journal(vault, who)
