"""Lists of pairs: a page at a time, the worst first, counted by the database, for who sees both sides."""

from dataclasses import replace

import pytest

from tests.services.links.crowd import open_crowd
from vault.db.entities.links import Link
from vault.domain.errors import Invalid, NotFound
from vault.domain.links import LinkKind, Risk
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.links import pair_lists
from vault.services.links.links import Pair
from vault.services.links.pair_lists import PairFilter
from vault.services.vault import Vault

# Of 20 accounts there are 190 pairs: 100 of each score once, 90 of them twice.
_ACCOUNTS, _PAIRS = 20, 190


def read_all(vault: Vault, actor: Actor, wanted: PairFilter) -> list[Pair]:
    found, token = [], None
    while True:
        page = pair_lists.list_pairs(vault, actor, wanted, token).page
        found += page.rows
        token = page.next
        if token is None:
            return found


def test_every_pair_stands_on_one_page_and_the_worst_come_first(vault: Vault) -> None:
    actor, _ = open_crowd(vault, _ACCOUNTS)
    found = read_all(vault, actor, PairFilter())
    assert len({pair.id for pair in found}) == len(found) == _PAIRS
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)


def test_one_goes_back_to_the_page_one_came_from(vault: Vault) -> None:
    actor, _ = open_crowd(vault, _ACCOUNTS)
    first = pair_lists.list_pairs(vault, actor, PairFilter()).page
    second = pair_lists.list_pairs(vault, actor, PairFilter(), first.next).page
    assert pair_lists.list_pairs(vault, actor, PairFilter(), second.previous).page.rows == first.rows


def test_a_page_of_another_list_does_not_exist(vault: Vault) -> None:
    actor, _ = open_crowd(vault, 2)
    with pytest.raises(Invalid):
        pair_lists.list_pairs(vault, actor, PairFilter(), "WyJhIiwiYiIsZmFsc2Vd")


def test_pairs_are_counted_by_risk_and_by_what_they_share(vault: Vault) -> None:
    actor, _ = open_crowd(vault, _ACCOUNTS)
    pairs = read_all(vault, actor, PairFilter())
    found = pair_lists.list_pairs(vault, actor, PairFilter(risk=Risk.WARN))
    assert found.by_risk == {
        Risk.LOW: _PAIRS,
        Risk.WARN: sum(pair.risk in (Risk.WARN, Risk.FAIL) for pair in pairs),
        Risk.FAIL: sum(pair.risk is Risk.FAIL for pair in pairs),
    }
    assert found.count == found.by_risk[Risk.WARN] == len(read_all(vault, actor, PairFilter(risk=Risk.WARN)))
    shared = pair_lists.kinds_shared(vault, actor, PairFilter(kind=LinkKind.PHONE))
    assert list(shared.items()) == [(LinkKind.PHONE, 114), (LinkKind.BANK_ACCOUNT, 38), (LinkKind.IP_NETWORK, 38)]
    assert pair_lists.list_pairs(vault, actor, PairFilter(kind=LinkKind.PHONE)).count == 114


def test_a_pair_with_two_phones_in_common_counts_once(vault: Vault) -> None:
    actor, _ = open_crowd(vault, 2)
    with vault.database.transaction() as session:
        link = session.get_one(Link, pair_lists.list_pairs(vault, actor, PairFilter()).page.rows[0].id)
        link.contributions = [{**link.contributions[0], "kind": "phone"}] * 2
    assert pair_lists.kinds_shared(vault, actor, PairFilter()) == {LinkKind.PHONE: 1}


def test_nothing_is_counted_of_pairs_one_side_of_which_one_does_not_see(vault: Vault) -> None:
    actor, ids = open_crowd(vault, _ACCOUNTS)
    some = replace(actor, roles=dict.fromkeys(ids[:3], Role.MANAGER))
    assert pair_lists.list_pairs(vault, some, PairFilter()).count == 3
    assert sum(pair_lists.kinds_shared(vault, some, PairFilter()).values()) == 3
    assert len(pair_lists.gravest_pairs(vault, some, PairFilter(), 100)) == 3
    assert len(pair_lists.pairs_among(vault, some, PairFilter(), ids)) == 3
    (own,) = pair_lists.pairs_of_account(vault, some, ids[0])
    assert (own.pairs.count, len(own.pairs.page.rows)) == (2, 2)


def test_a_part_of_either_name_is_enough(vault: Vault) -> None:
    actor, _ = open_crowd(vault, _ACCOUNTS)
    assert pair_lists.list_pairs(vault, actor, PairFilter(name="sHOP 007")).count == _ACCOUNTS - 1
    assert pair_lists.list_pairs(vault, actor, PairFilter(name="nobody")).count == 0


def test_the_gravest_are_the_first_of_the_list(vault: Vault) -> None:
    actor, _ = open_crowd(vault, _ACCOUNTS)
    listed = [pair.id for pair in read_all(vault, actor, PairFilter())]
    assert [pair.id for pair in pair_lists.gravest_pairs(vault, actor, PairFilter(), 60)] == listed[:60]


def test_the_pairs_among_some_accounts_are_all_of_them(vault: Vault) -> None:
    actor, ids = open_crowd(vault, _ACCOUNTS)
    found = pair_lists.pairs_among(vault, actor, PairFilter(), ids[:5])
    assert len(found) == 10
    assert {each for pair in found for each in (pair.low.id, pair.high.id)} == set(ids[:5])


def test_an_account_with_many_pairs_shows_them_a_page_at_a_time(vault: Vault) -> None:
    actor, ids = open_crowd(vault, 30)
    (first,) = pair_lists.pairs_of_account(vault, actor, ids[0])
    (second,) = pair_lists.pairs_of_account(vault, actor, ids[0], ids[0], first.pairs.page.next)
    rows = (*first.pairs.page.rows, *second.pairs.page.rows)
    assert {pair.beside(ids[0]).id for pair in rows} == set(ids[1:])
    assert len(rows) == first.pairs.count == 29


def test_what_is_no_account_of_this_one_has_no_page(vault: Vault) -> None:
    actor, ids = open_crowd(vault, 3)
    for other in (ids[1], "nothing"):
        with pytest.raises(NotFound):
            pair_lists.pairs_of_account(vault, actor, ids[0], other)
