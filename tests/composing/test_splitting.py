"""What is sent fits into the channel, and nothing is lost on the way."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.composing.splitting import Channel, DoesNotFit, Item, Part, fit, split

MEGABYTE = 1_000_000


def names(parts: tuple[Part, ...]) -> list[list[str]]:
    return [[item.name for item in part.items] for part in parts]


def test_what_fits_stays_together() -> None:
    items = [Item("letter.pdf", 2), Item("a.pdf", 3, "A"), Item("b.pdf", 4, "B")]
    assert names(split(items, Channel(10))) == [["letter.pdf", "a.pdf", "b.pdf"]]


def test_a_section_is_not_torn_apart_where_it_fits_whole() -> None:
    items = [Item("1", 6, "A"), Item("2", 3, "B"), Item("3", 3, "B"), Item("4", 4, "C")]
    assert names(split(items, Channel(10))) == [["1"], ["2", "3", "4"]]


def test_a_section_larger_than_a_part_goes_on_in_the_next() -> None:
    items = [Item(str(number), 4, "A") for number in range(5)]
    assert names(split(items, Channel(10))) == [["0", "1"], ["2", "3"], ["4"]]


def test_parts_keep_room_for_themselves() -> None:
    items = [Item("1", 5), Item("2", 5)]
    assert len(split(items, Channel(10))) == 1
    assert len(split(items, Channel(10, overhead=1))) == 2


def test_a_file_too_large_for_any_part_is_named() -> None:
    with pytest.raises(DoesNotFit) as refused:
        split([Item("small.pdf", 1), Item("huge.pdf", 11 * MEGABYTE)], Channel(10 * MEGABYTE))
    assert refused.value.too_large == ("huge.pdf",)
    assert "10 MB" in str(refused.value.message)


def test_more_parts_than_can_be_sent_are_refused() -> None:
    with pytest.raises(DoesNotFit):
        split([Item(str(number), 6) for number in range(3)], Channel(10, files=2))


SIZES = st.lists(st.tuples(st.integers(0, 10), st.sampled_from(["", "A", "B", "C"])), max_size=60)


@given(SIZES)
def test_every_item_is_in_exactly_one_part_in_order(sizes: list[tuple[int, str]]) -> None:
    items = [Item(f"{number}.pdf", size, section) for number, (size, section) in enumerate(sizes)]
    parts = split(items, Channel(10))
    assert [item for part in parts for item in part.items] == items
    assert all(part.size <= 10 and part.items for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))


def made_of(real: dict[str, int], own: int) -> Callable[[Sequence[Part]], list[int]]:
    """What making parts tells: the real sizes of their items, and what each part needs for itself."""
    return lambda parts: [own + sum(real[item.name] for item in part.items) for part in parts]


@given(
    guesses=st.lists(st.integers(0, 3000), min_size=1, max_size=25),
    share=st.floats(0.2, 6),
    own=st.integers(0, 300),
)
def test_whatever_was_guessed_no_part_is_too_large_in_the_end(guesses: list[int], share: float, own: int) -> None:
    items = [Item(str(number), size, str(number // 4)) for number, size in enumerate(guesses)]
    real = {item.name: round(item.size * share) for item in items}
    channel = Channel(1000, overhead=100)
    make = made_of(real, own)
    if any(size + own > 1000 for size in real.values()):
        with pytest.raises(DoesNotFit) as refused:
            fit(items, channel, make)
        assert all(real[name] + own > 1000 for name in refused.value.too_large)
        return
    parts = fit(items, channel, make)
    assert all(size <= 1000 for size in make(parts))
    assert [item.name for part in parts for item in part.items] == [item.name for item in items]
