"""Properties of scores: within bounds, the same from both sides, lowered by explanations; and of what they ask for."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.linking.link_things import TODAY, WEIGHTS, shared, thing
from vault.checks.account import link_shared
from vault.checks.account.link_facts import GivenExplanation, LinkFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding, Severity
from vault.domain.links import Contribution, ExplanationKind, How, LinkKind, Risk
from vault.linking.catalogue import Overlap, Title, overlap_matches, prices_alike, titles_alike
from vault.linking.keys import Thing
from vault.linking.scoring import Explained, score_of, weigh
from vault.linking.separation import separate
from vault.linking.weights import SHARED
from vault.rules.loader import load_rules

RULE = next(rule for rule in load_rules().profiles["links"].rules if rule.check == SHARED)
KINDS = tuple(
    kind for kind in LinkKind if "ip_" not in kind and kind.value not in ("address", "return_address", "warehouse")
)
# What two catalogues have in common is a share of them and no thing that each of them has.
OF_CATALOGUES = (LinkKind.CATALOGUE, LinkKind.PRICES, LinkKind.TITLES, LinkKind.MIXED_INVENTORY)
KINDS_OF_THINGS = tuple(kind for kind in KINDS if kind not in OF_CATALOGUES)
# Explanations that are about some of the values only.
KEYS_OF_SOME = frozenset(
    match.key
    for matches in shared(*(thing(holder, LinkKind.CARD, text) for holder in "ab" for text in ("bob", "x1"))).values()
    for match in matches
)
things = st.builds(
    thing,
    st.sampled_from("ab"),
    st.sampled_from(KINDS_OF_THINGS),
    st.sampled_from(("ada marchand", "ada marchant", "bob", "x1", "x2")),
    st.sampled_from((None, None, date(2026, 1, 1), date(2027, 1, 1))),
)
explanations = st.builds(
    Explained,
    st.sampled_from(("1", "2")),
    st.sampled_from(ExplanationKind),
    st.frozensets(st.sampled_from(KINDS), max_size=3),
    st.booleans(),
    st.sampled_from((None, TODAY, TODAY - timedelta(days=1))),
    st.sampled_from((None, frozenset(), frozenset({"catalogue"}), KEYS_OF_SOME)),
)


def weighed(found: list[Thing], why: list[Explained]) -> tuple[Contribution, ...]:
    return weigh(shared(*found).get(("a", "b"), []), WEIGHTS, why, TODAY)


@given(st.lists(things, max_size=12), st.lists(explanations, max_size=3))
@settings(max_examples=150, deadline=None)
def test_a_score_is_a_percentage_and_the_same_from_both_sides(found: list[Thing], why: list[Explained]) -> None:
    contributions = weighed(found, why)
    assert 0 <= score_of(contributions) <= 100
    assert (score_of(contributions) == 0) == (not any(item.counted for item in contributions))
    assert weighed(found[::-1], why[::-1]) == contributions
    swapped = [Thing("ba"["ab".index(each.holder_id)], *_rest(each)) for each in found]
    assert [(item.kind, item.counted) for item in weighed(swapped, why)] == [
        (item.kind, item.counted) for item in contributions
    ]


def _rest(each: Thing) -> tuple[LinkKind, str, str, str, date | None]:
    return each.kind, each.ref, each.masked, each.text, each.until


@given(st.lists(things, max_size=12), st.lists(explanations, max_size=2), explanations)
@settings(max_examples=150, deadline=None)
def test_an_explanation_never_raises_a_score(found: list[Thing], why: list[Explained], more: Explained) -> None:
    assert score_of(weighed(found, [*why, more])) <= score_of(weighed(found, why))


@given(st.lists(things, max_size=10), st.lists(things, max_size=4), st.lists(explanations, max_size=2))
@settings(max_examples=150, deadline=None)
def test_what_comes_to_be_shared_closes_no_task_of_another_thing_and_lowers_none(
    found: list[Thing], more: list[Thing], why: list[Explained]
) -> None:
    of_all_kinds = [replace(item, kinds=frozenset()) for item in why]
    before, after = (gaps(each, of_all_kinds) for each in (found, [*found, *more]))
    assert set(before) <= set(after)
    order = list(Severity)
    for key, finding in before.items():
        assert order.index(after[key].severity) <= order.index(finding.severity)
        if after[key].why == finding.why and after[key].message == finding.message:
            assert after[key] == finding


def gaps(found: list[Thing], why: list[Explained]) -> dict[str, Finding]:
    """What the check of shared things asks somebody to do, by key."""
    contributions = weighed(found, why)
    given_ = tuple(GivenExplanation(item.id, item.kind, item.valid_until, 1) for item in why)
    facts = LinkFacts("A", "B", score_of(contributions), Risk.LOW, Risk.LOW, contributions, given_, TODAY)
    findings = link_shared.check(facts, Answer(RULE, "links/1"))
    return {finding.item: finding for finding in findings if finding.is_gap}


@given(st.lists(things, max_size=12), st.lists(explanations, max_size=2))
@settings(max_examples=100, deadline=None)
def test_each_shared_thing_has_a_key_of_its_own_that_tells_nothing(found: list[Thing], why: list[Explained]) -> None:
    keys = [item.key for item in weighed(found, why)]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch("[0-9a-f]{32}", key) or key in list(LinkKind) for key in keys)


@given(st.lists(things, max_size=12), st.lists(explanations, max_size=2))
@settings(max_examples=100, deadline=None)
def test_what_has_to_go_brings_the_score_below_the_bound(found: list[Thing], why: list[Explained]) -> None:
    contributions = weighed(found, why)
    apart = separate(contributions, WEIGHTS.warn)
    assert apart.score < WEIGHTS.warn
    if apart.must_go:
        kept = apart.must_go[-1]
        assert score_of([*(item for item in contributions if item not in apart.must_go), kept]) >= WEIGHTS.warn


@given(st.lists(things, max_size=12))
@settings(max_examples=100, deadline=None)
def test_accounts_with_nothing_in_common_score_nothing(found: list[Thing]) -> None:
    own = [Thing(each.holder_id, each.kind, f"{each.holder_id} {each.ref}", each.masked, "") for each in found]
    assert weighed(own, []) == ()


def test_a_second_value_of_a_kind_adds_little_and_weighs_the_same_alone() -> None:
    one, other = (thing(holder, LinkKind.CARD, "1") for holder in "ab")
    more = [thing(holder, LinkKind.CARD, "2") for holder in "ab"]
    found = weighed([one, other, *more], [])
    assert [(item.weight, item.alone, item.counted) for item in found] == [(80, 80, 80), (80, 80, 20)]


def test_of_two_values_of_a_kind_the_one_that_is_not_explained_counts_in_full() -> None:
    cards = [thing(holder, LinkKind.CARD, text) for holder in "ab" for text in "12"]
    first = weighed(cards[::2], [])[0].key
    why = Explained("1", ExplanationKind.LICENCE, frozenset({LinkKind.CARD}), True, None, frozenset({first}))
    assert [(item.key == first, item.counted, item.awaits) for item in weighed(cards, [why])] == [
        (False, 80, "1"),
        (True, 2, ""),
    ]


def test_risks_begin_where_the_rule_book_says() -> None:
    scores = (0, 1, WEIGHTS.warn - 1, WEIGHTS.warn, WEIGHTS.fail - 1, WEIGHTS.fail, 100)
    risks = [WEIGHTS.risk(score) for score in scores]
    assert risks == [Risk.NONE, Risk.LOW, Risk.LOW, Risk.WARN, Risk.WARN, Risk.FAIL, Risk.FAIL]


def test_catalogues_weigh_by_their_share_of_the_smaller_one() -> None:
    found = list(overlap_matches(Overlap(smaller=10, shared=5, priced=5, priced_alike=2, mixed=1), WEIGHTS))
    assert [(item.kind, item.how, item.share) for item in found] == [
        (LinkKind.CATALOGUE, How.SHARE, 50),
        (LinkKind.MIXED_INVENTORY, How.SAME, 100),
    ]
    assert list(overlap_matches(Overlap(smaller=500, shared=2), WEIGHTS)) == []


def test_prices_hardly_differ_within_one_percent() -> None:
    assert prices_alike("10.00", "10.05") is True
    assert prices_alike("10.00", "11.00") is False
    assert prices_alike("10.00", "") is None


def test_titles_of_different_products_in_the_same_words_are_alike() -> None:
    text = "Lampe de bureau LED Norvik pliable blanche avec variateur"
    titles = [
        Title("a", "B000000001", text),
        Title("b", "B000000002", "LED Lampe de bureau Norvik pliable blanche avec variateur"),
        Title("b", "B000000003", "Chaise longue de jardin en rotin tresse brun"),
        Title("c", "B000000001", text),
    ]
    assert titles_alike(titles) == {("a", "b"): {"B000000001"}, ("b", "c"): {"B000000002"}}
    assert titles_alike(titles, "c") == {("b", "c"): {"B000000002"}}


WORDS = (
    "Norvik Lampe de bureau LED pliable orientable avec variateur tactile et port USB pour chevet ou atelier blanche"
)


@pytest.mark.parametrize(
    "other",
    [
        " ".join(reversed(WORDS.split())),
        WORDS.replace("orientable", "inclinable"),  # the longest word, one of those that tell most
        WORDS.replace("Norvik", "Norwik"),
        f"{WORDS} 2026",
        WORDS.replace(" tactile", ""),
    ],
)
def test_a_title_is_found_again_with_one_word_changed_and_in_any_order(other: str) -> None:
    """Beside titles in which its words are common, so that others than before are the rare ones."""
    crowd = [Title("c", f"C{number:09}", f"Lampe de bureau LED blanche modele {number}") for number in range(30)]
    titles = [Title("a", "B000000001", WORDS), Title("b", "B000000002", other), *crowd]
    assert titles_alike(titles, "a") == {("a", "b"): {"B000000001"}}
