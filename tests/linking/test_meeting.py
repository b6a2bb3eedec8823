"""What two accounts have in common, from what each of them has."""

from datetime import date, timedelta

import pytest

from tests.linking.link_things import TODAY, WEIGHTS, keys_of, shared, thing
from vault.domain.links import How, LinkKind
from vault.linking.keys import Thing
from vault.linking.meeting import meetings

PAIR = ("a", "b")


def hows(one: tuple[LinkKind, str], other: tuple[LinkKind, str]) -> list[tuple[LinkKind, How]]:
    found = shared(thing("a", *one), thing("b", *other))
    return [(match.kind, match.how) for match in found.get(PAIR, [])]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("203.0.113.7", "203.0.113.7", How.SAME),
        ("203.0.113.7", "203.0.113.99", How.NEIGHBOUR),
        ("203.0.113.7", "203.0.114.7", None),
        ("2001:db8:1:2::7", "2001:db8:1:2::8", How.NEIGHBOUR),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", None),
    ],
)
def test_ip_addresses_are_compared_by_their_networks(one: str, other: str, how: How | None) -> None:
    kind = LinkKind.IP_ADDRESS
    assert hows((kind, one), (kind, other)) == ([(kind, how)] if how else [])


@pytest.mark.parametrize(
    ("network", "address", "is_within"),
    [
        ("203.0.112.0/20", "203.0.113.7", True),
        ("203.0.112.0/20", "203.0.128.7", False),
        ("203.0.0.0/16", "203.0.255.1", True),
        ("2001:db8::/32", "2001:db8:ffff::1", True),
        ("203.0.113.0/24", "2001:db8::1", False),
    ],
)
def test_an_address_within_the_others_network_is_shared(network: str, address: str, is_within: bool) -> None:
    expected = [(LinkKind.IP_ADDRESS, How.WITHIN)] if is_within else []
    assert hows((LinkKind.IP_NETWORK, network), (LinkKind.IP_ADDRESS, address)) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        ("rue des lilas 12|75020|paris|FR", "rue de lilas 12|75020|paris|FR", True),
        ("rue des lilas 12|75020|paris|FR", "batiment b rue des lilas 12|75020|paris|", True),
        ("rue des lilas 12|75020|paris|FR", "rue des lilas 14|75020|paris|FR", False),
        ("rue des lilas 12|75020|paris|FR", "rue des lilas 12|69001|lyon|FR", False),
        ("rue des lilas 12|75020|paris|FR", "avenue foch 12|75020|paris|FR", False),
        ("rue des lilas 12|75020|paris|FR", "rue des lilas|75020|paris|FR", False),
    ],
)
def test_addresses_are_alike_when_house_and_postcode_agree(one: str, other: str, is_shared: bool) -> None:
    kind = LinkKind.ADDRESS
    assert hows((kind, one), (kind, other)) == ([(kind, How.SIMILAR)] if is_shared else [])


def test_one_accounts_address_can_be_the_others_warehouse() -> None:
    place = "rue des lilas 12|75020|paris|FR"
    assert hows((LinkKind.WAREHOUSE, place), (LinkKind.ADDRESS, place)) == [(LinkKind.ADDRESS, How.ACROSS)]


def test_names_that_are_almost_the_same_are_similar() -> None:
    owner = LinkKind.OWNER
    assert hows((owner, "ada marchand"), (owner, "ada marchant")) == [(owner, How.SIMILAR)]
    assert hows((owner, "ada marchand"), (owner, "adele moulin")) == []


def test_mail_addresses_of_one_domain_are_shared_but_for_free_mail() -> None:
    mail = LinkKind.EMAIL
    assert hows((mail, "ada@lavandine.example"), (mail, "bob@lavandine.example")) == [(mail, How.DOMAIN)]
    assert hows((mail, "ada@gmail.com"), (mail, "bob@gmail.com")) == []
    assert hows((mail, "ada@gmail.com"), (mail, "ada@gmail.com")) == [(mail, How.SAME)]


def test_what_one_of_the_two_gave_up_is_shared_still_as_something_ended() -> None:
    gone = date(2026, 1, 1)
    found = shared(thing("a", LinkKind.DEVICE, "SN1", gone), thing("b", LinkKind.DEVICE, "SN1"))
    assert [match.ended for match in found[PAIR]] == [True]


def test_the_last_day_is_one_on_which_a_value_is_in_use() -> None:
    for days, is_ended in ((0, False), (1, True)):
        last = TODAY - timedelta(days=days)
        found = shared(thing("a", LinkKind.DEVICE, "SN1", last), thing("b", LinkKind.DEVICE, "SN1"))
        assert [match.ended for match in found[PAIR]] == [is_ended]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("203.0.113.7", "203.0.113.8"), ("203.0.113.99", "203.0.113.98"), [(How.NEIGHBOUR, "203.0.113.7")]),
        (("203.0.113.7", "203.0.113.8"), ("203.0.112.0/20",), [(How.WITHIN, "203.0.112.0/20")]),
        (("203.0.113.7", "203.0.114.7"), ("203.0.113.9", "203.0.114.9"), [How.NEIGHBOUR, How.NEIGHBOUR]),
        (("203.0.113.0/28",), ("203.0.113.5",), [(How.WITHIN, "203.0.113.0/28")]),
    ],
)
def test_a_network_is_shared_once_however_many_addresses_of_it_the_two_have(
    ours: tuple[str, ...], theirs: tuple[str, ...], expected: list[object]
) -> None:
    def network(holder_id: str, text: str) -> Thing:
        return thing(holder_id, LinkKind.IP_NETWORK if "/" in text else LinkKind.IP_ADDRESS, text)

    found = shared(*(network("a", text) for text in ours), *(network("b", text) for text in theirs))[PAIR]
    fitting = [
        match.how if isinstance(want, How) else (match.how, match.shown)
        for match, want in zip(found, expected, strict=True)
    ]
    assert fitting == expected
    assert found == shared(*(network("b", text) for text in theirs), *(network("a", text) for text in ours[::-1]))[PAIR]


def test_a_value_keeps_its_key_under_whatever_kind_it_is_known() -> None:
    place = "rue des lilas 12|75020|paris|FR"
    across = [thing("a", LinkKind.RETURN_ADDRESS, place), thing("b", LinkKind.WAREHOUSE, place)]
    (first,) = shared(*across)[PAIR]
    (second,) = shared(*across, thing("a", LinkKind.WAREHOUSE, place), thing("b", LinkKind.ADDRESS, place))[PAIR]
    assert (first.kind is second.kind, first.key) == (False, second.key)


def test_one_value_counts_once_however_many_kinds_know_it() -> None:
    place = "rue des lilas 12|75020|paris|FR"
    found = shared(
        thing("a", LinkKind.ADDRESS, place),
        thing("a", LinkKind.RETURN_ADDRESS, place),
        thing("b", LinkKind.ADDRESS, place),
        thing("b", LinkKind.WAREHOUSE, place),
    )
    assert [(match.kind, match.how) for match in found[PAIR]] == [(LinkKind.ADDRESS, How.SAME)]


def test_only_pairs_that_were_asked_about_are_looked_at() -> None:
    keys = keys_of(thing(holder_id, LinkKind.CARD, "1") for holder_id in "abc")
    assert set(meetings(keys, WEIGHTS, TODAY, ["b"])) == {("a", "b"), ("b", "c")}
