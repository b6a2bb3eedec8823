"""Where accounts and links are drawn: readable, on a phone too, and always in the same way."""

from itertools import combinations
from math import hypot

import pytest

from vault.web.graph_layout import LINE, Edge, Picture, clusters_of, draw, name_lines


def ring(count: int) -> list[Edge]:
    """Every account is linked with the next."""
    return [Edge(f"n{place:02}", f"n{(place + 1) % count:02}", 50 + place) for place in range(count)]


def everybody(count: int) -> list[Edge]:
    names = [f"n{place:03}" for place in range(count)]
    return [Edge(low, high, 1 + (place * 37) % 100) for place, (low, high) in enumerate(combinations(names, 2))]


def closest(picture: Picture) -> float:
    return min(hypot(x0 - x1, y0 - y1) for (x0, y0), (x1, y1) in combinations(picture.dots.values(), 2))


def test_accounts_that_hang_together_are_one_cluster_the_worst_first() -> None:
    found = clusters_of([Edge("a", "b", 10), Edge("x", "y", 90), Edge("b", "c", 40)])
    assert [[(edge.low, edge.high) for edge in cluster] for cluster in found] == [
        [("x", "y")],
        [("b", "c"), ("a", "b")],
    ]


def test_the_order_of_the_links_does_not_matter() -> None:
    edges = everybody(12)
    assert clusters_of(edges) == clusters_of(reversed(edges))
    assert draw(clusters_of(edges)[0]) == draw(clusters_of(edges[::-1])[0])


@pytest.mark.parametrize("count", [2, 3, 4, 6, 9, 24])
def test_no_name_covers_another_and_nothing_is_cut_off(count: int) -> None:
    picture = draw(clusters_of(everybody(count))[0])
    assert len(picture.dots) == count
    assert closest(picture) >= 120
    for x, y in (*picture.dots.values(), *picture.labels):
        assert 18 <= x <= picture.width - 18
        assert 18 <= y <= picture.height - 18


def test_a_small_cluster_fits_a_phone() -> None:
    assert draw(clusters_of(ring(5))[0]).width <= 340


def test_numbers_stand_apart() -> None:
    picture = draw(clusters_of(everybody(6))[0])
    assert min(hypot(x0 - x1, y0 - y1) for (x0, y0), (x1, y1) in combinations(picture.labels, 2)) >= 18


def test_a_large_cluster_shows_those_who_share_most_and_says_how_many_are_missing() -> None:
    picture = draw(clusters_of(everybody(60))[0], most_accounts=10, most_links=20)
    assert len(picture.edges) == 20
    assert len(picture.dots) + picture.left_out == 60


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Kolmen", ("Kolmen",)),
        ("Kolmen Retail Europe", ("Kolmen Retail", "Europe")),
        ("Kolmenretaileuropelimited", ("Kolmenretaileur", "opelimited")),
        ("Kolmen Retail Europe and Overseas", ("Kolmen Retail", "Europe and Ove…")),
        ("", ("",)),
    ],
)
def test_long_names_take_two_lines(name: str, lines: tuple[str, ...]) -> None:
    assert name_lines(name) == lines
    assert all(len(line) <= LINE for line in lines)
