"""While somebody is away the deputy is asked, and afterwards the turn comes back."""

from datetime import date, timedelta

import pytest

from tests.services.routines.conftest import Team
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.roles import Role
from vault.domain.routines import Turn, Why
from vault.domain.values import PostalAddress
from vault.services.access import Actor
from vault.services.register import accounts
from vault.services.register.accounts import AccountDetails
from vault.services.routines import absences
from vault.services.routines.absences import Away
from vault.services.routines.today import read_day

FIRST, LAST = date(2026, 11, 3), date(2026, 11, 5)


def turns(team: Team, actor: Actor) -> list[Turn]:
    """The turns that the person's day shows."""
    [day] = read_day(team.vault, actor, team.account_id).accounts
    return [item.turn for item in (*day.own, *day.nobodys)]


def test_duties_go_to_the_deputy_and_come_back(team: Team) -> None:
    team.routine(deputy=team.kim)
    absences.enter(team.vault, team.ada, team.account_id, Away(team.ada.id, FIRST, LAST))
    assert turns(team, team.ada) == [Turn(team.ada.id, Why.OWNER)]
    for _ in range(3):
        team.later()
        assert turns(team, team.ada) == []
        assert turns(team, team.kim) == [Turn(team.kim.id, Why.OWNER_AWAY)]
    team.later()
    assert turns(team, team.ada) == [Turn(team.ada.id, Why.OWNER)]
    assert turns(team, team.kim) == []


def test_where_the_deputy_is_away_too_the_owner_of_the_account_is_told(team: Team) -> None:
    team.routine(deputy=team.kim)
    for person in (team.ada, team.kim):
        absences.enter(team.vault, team.ada, team.account_id, Away(person.id, team.day, LAST))
    assert turns(team, team.ada) == [Turn(None, Why.ALL_AWAY)]
    assert turns(team, team.bo) == []


def test_one_enters_ones_own_and_who_manages_enters_everybodys(team: Team) -> None:
    absences.enter(team.vault, team.kim, team.account_id, Away(team.kim.id, FIRST, LAST))
    absences.enter(team.vault, team.bo, team.account_id, Away(team.ada.id, FIRST, LAST))
    with pytest.raises(Forbidden):
        absences.enter(team.vault, team.kim, team.account_id, Away(team.bo.id, FIRST, LAST))
    with pytest.raises(NotFound):
        absences.enter(team.vault, Actor("s", "S"), team.account_id, Away("s", FIRST, LAST))
    [bos, kims] = absences.list_absences(team.vault, team.kim, team.account_id)
    assert {(row.name, row.may_remove) for row in (bos, kims)} == {("Ada Marchand", False), ("Kim", True)}


def test_entering_twice_notes_it_once(team: Team) -> None:
    absences.enter(team.vault, team.kim, team.account_id, Away(team.kim.id, FIRST, LAST))
    before = team.shop.journal()
    absences.enter(team.vault, team.bo, team.account_id, Away(team.kim.id, FIRST, LAST))
    assert team.shop.journal() == before


def test_an_absence_that_cannot_be_is_refused(team: Team) -> None:
    for first, last in ((LAST, FIRST), (date(2026, 10, 1), date(2026, 10, 2)), (FIRST, FIRST + timedelta(days=900))):
        with pytest.raises(Invalid):
            absences.enter(team.vault, team.kim, team.account_id, Away(team.kim.id, first, last))
    with pytest.raises(Invalid):
        absences.enter(team.vault, team.bo, team.account_id, Away("0" * 26, FIRST, LAST))


def test_back_earlier_the_turn_is_ones_own_again(team: Team) -> None:
    team.routine(deputy=team.kim)
    absences.enter(team.vault, team.ada, team.account_id, Away(team.ada.id, team.day, LAST))
    [row] = absences.list_absences(team.vault, team.ada, team.account_id)
    with pytest.raises(Forbidden):
        absences.remove(team.vault, team.kim, team.account_id, row.absence.id)
    absences.remove(team.vault, team.ada, team.account_id, row.absence.id)
    assert turns(team, team.ada) == [Turn(team.ada.id, Why.OWNER)]


def test_who_is_away_is_away_everywhere_but_a_manager_speaks_for_one_account_only(team: Team) -> None:
    details = AccountDetails("Second", "Second SARL", PostalAddress(street="1 rue", city="Lyon", country="FR"))
    second = accounts.open_account(team.vault, team.ada, details).id
    ada = Actor(team.ada.id, team.ada.name, {team.account_id: Role.OWNER, second: Role.OWNER})
    absences.enter(team.vault, team.bo, team.account_id, Away(ada.id, FIRST, LAST), everywhere=True)
    assert absences.list_absences(team.vault, ada, second) == []
    absences.enter(team.vault, ada, team.account_id, Away(ada.id, FIRST, LAST + timedelta(days=1)), everywhere=True)
    assert len(absences.list_absences(team.vault, ada, second)) == 1
    assert len(absences.list_absences(team.vault, ada, team.account_id)) == 2
