"""Nobody learns of a pair unless he sees both of its accounts; other accounts are seen by the people of their own."""

import pytest

from tests.services.links.conftest import IBANS, Agency
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.links import ExplanationKind, How, LinkKind, Risk
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.journal import journal
from vault.services.journal.journal import JournalFilter
from vault.services.links import links
from vault.services.links.explanations import NewExplanation, explain
from vault.services.links.pair_lists import pairs_of_account
from vault.services.links.what_if import what_if
from vault.services.register import other_accounts

BANK = AttributeKind.BANK_ACCOUNT


def test_a_pair_is_shown_to_who_sees_both_accounts_alone(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, BANK, IBANS[0])
    (shown,) = links.pairs(agency.vault, agency.actor)
    assert shown.risk is Risk.FAIL
    assert shown.kinds == (LinkKind.BANK_ACCOUNT,)
    (of_one,) = pairs_of_account(agency.vault, agency.actor, pair[0])
    assert (of_one.holder.id, of_one.pairs.page.rows, of_one.pairs.count) == (pair[0], (shown,), 1)
    stranger = agency.alone(pair[0])
    assert links.pairs(agency.vault, stranger) == []
    (of_one,) = pairs_of_account(agency.vault, stranger, pair[0])
    assert (of_one.pairs.page.rows, of_one.pairs.count, set(of_one.pairs.by_risk.values())) == ((), 0, {0})
    for ask in (links.show, links.separating):
        with pytest.raises(NotFound):
            ask(agency.vault, stranger, shown.id)
    with pytest.raises(NotFound):
        pairs_of_account(agency.vault, stranger, pair[1])


def test_an_administrator_who_sees_neither_account_does_not_learn_of_a_pair(
    agency: Agency, pair: tuple[str, str]
) -> None:
    for holder_id in pair:
        agency.give(holder_id, BANK, IBANS[0])
    (shown,) = links.pairs(agency.vault, agency.actor)
    given = NewExplanation(ExplanationKind.APPROVAL, "Case 123", kinds=(LinkKind.BANK_ACCOUNT,))
    explain(agency.vault, agency.actor, shown.id, given)
    administrator = Actor("a", "A", is_administrator=True)
    told = journal.list_entries(agency.vault, administrator, None, JournalFilter()).rows
    assert not [row.action for row in told if row.action.startswith("link")]


def test_the_journal_counts_nothing_for_who_does_not_see_every_account(agency: Agency, pair: tuple[str, str]) -> None:
    """One number too many after a value was added would tell that another account has it."""
    agency.give(pair[0], BANK, IBANS[0])
    agency.give(pair[1], BANK, IBANS[0])
    everything, part = (
        journal.list_entries(agency.vault, actor, pair[1], JournalFilter())
        for actor in (agency.actor, agency.alone(pair[1]))
    )
    assert everything.head is not None
    assert everything.head.seq > len(everything.rows)
    assert part.head is None
    assert {row.seq for row in part.rows} == {None}


def test_a_known_other_account_is_paired_with_ones_own_and_never_with_another_other_one(agency: Agency) -> None:
    own = agency.open("Lavandine")
    partner, cousin = agency.other(own, "A former partner"), agency.other(own, "A cousin")
    for holder_id in (own, partner, cousin):
        agency.give(holder_id, BANK, IBANS[0])
    assert agency.score(own, partner) == agency.score(own, cousin) == 90
    assert agency.link(partner, cousin) is None
    (task,) = agency.tasks(own, partner).values()
    assert (task.account_id, task.other_account_id) == (own, None)


def test_another_account_known_by_a_second_account_is_a_pair_for_who_sees_both(
    agency: Agency, pair: tuple[str, str]
) -> None:
    partner = agency.other(pair[1], "A former partner")
    for holder_id in (pair[0], partner):
        agency.give(holder_id, BANK, IBANS[0])
    (task,) = agency.tasks(pair[0], partner).values()
    assert (task.account_id, task.other_account_id) == pair
    assert links.pairs(agency.vault, agency.alone(pair[0])) == []


def test_another_account_that_is_no_longer_watched_is_linked_no_longer(agency: Agency) -> None:
    own = agency.open("Lavandine")
    partner = agency.other(own, "A former partner")
    for holder_id in (own, partner):
        agency.give(holder_id, BANK, IBANS[0])
    other_accounts.remove_other(agency.vault, agency.actor, partner)
    assert (agency.score(own, partner), agency.tasks(own, partner)) == (0, {})
    assert links.pairs(agency.vault, agency.actor) == []


def test_what_a_value_would_change_is_said_and_not_kept(agency: Agency, pair: tuple[str, str]) -> None:
    agency.give(pair[0], BANK, IBANS[0])
    (change,) = what_if(agency.vault, agency.actor, pair[1], BANK, IBANS[0])
    assert (change.other.id, change.before, change.after, change.risk_after) == (pair[0], 0, 90, Risk.FAIL)
    assert [(item.kind, item.how) for item in change.added] == [(LinkKind.BANK_ACCOUNT, How.SAME)]
    assert agency.link(*pair) is None
    assert what_if(agency.vault, agency.actor, pair[1], BANK, IBANS[1]) == ()


def test_what_if_says_nothing_of_accounts_that_one_does_not_see(agency: Agency, pair: tuple[str, str]) -> None:
    agency.give(pair[0], BANK, IBANS[0])
    assert what_if(agency.vault, agency.alone(pair[1]), pair[1], BANK, IBANS[0]) == ()
    with pytest.raises(NotFound):
        what_if(agency.vault, agency.alone(pair[1]), pair[0], BANK, IBANS[0])
    with pytest.raises(Forbidden):
        what_if(agency.vault, agency.alone(*pair, role=Role.ASSISTANT), pair[1], BANK, IBANS[0])


def test_what_if_refuses_what_is_no_value_without_repeating_it(agency: Agency, pair: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        what_if(agency.vault, agency.actor, pair[0], BANK, IBANS[0][:-1] + "1")
    assert IBANS[0][:-1] not in str(refused.value) + str(refused.value.problems["value"])
