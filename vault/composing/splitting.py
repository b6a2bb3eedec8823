"""Fitting what is sent into a channel that takes so many files of such a size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vault.domain.errors import Invalid
from vault.domain.message import N_

# So often parts are filled anew after their real size is known, before each item goes alone.
_FILLINGS = 5
# How much more than it was an item is taken to need after its part came out too large.
_MARGIN = 1.02


@dataclass(frozen=True, slots=True)
class Channel:
    """`file_bytes`: the most that one file may have; `files`: how many may be sent, None where that is not limited.

    `overhead`: bytes that each part needs for itself (cover, index, the container's own records).
    """

    file_bytes: int
    files: int | None = None
    overhead: int = 0

    @property
    def room(self) -> int:
        return self.file_bytes - self.overhead


@dataclass(frozen=True, slots=True)
class Item:
    """Something that cannot be divided; each has a name of its own. `section`: items of one stay together as long as they fit."""

    name: str
    size: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One file to send. `number` counts from 1."""

    number: int
    items: tuple[Item, ...]

    @property
    def size(self) -> int:
        return sum(item.size for item in self.items)


class DoesNotFit(Invalid):
    """`too_large` are the names of items that no part can hold; empty where there are just too many parts."""

    code = "does_not_fit"

    def __init__(self, text: str, /, too_large: Sequence[str] = (), **params: str) -> None:
        super().__init__(text, None, **params)
        self.too_large = tuple(too_large)


def split(items: Sequence[Item], channel: Channel) -> tuple[Part, ...]:
    """Every item in exactly one part, in the order given; sections are only broken where they are too large for a part.

    Raises DoesNotFit, and then nothing may be sent: an item larger than a part, or more parts than the channel takes.
    """
    if large := [item.name for item in items if item.size > channel.room]:
        raise too_large(large, channel)
    parts = tuple(Part(number, tuple(held)) for number, held in enumerate(_filled(items, channel.room), start=1))
    if channel.files is not None and len(parts) > channel.files:
        raise DoesNotFit(
            N_(
                "This makes %(parts)s files, and %(most)s can be sent. Leave out what is not asked for, "
                "or send the rest in another message."
            ),
            parts=str(len(parts)),
            most=str(channel.files),
        )
    return parts


def fit(items: Sequence[Item], channel: Channel, make: Callable[[Sequence[Part]], Sequence[int]]) -> tuple[Part, ...]:
    """As `split`, where the size of a part is only known once it is made: sizes of items are guesses.

    `make` makes all parts, anew each time, and tells their sizes in bytes. Those of the last call fit.
    Raises DoesNotFit; as `make` does.
    """
    needs = {item.name: float(item.size) for item in items}
    for filling in range(_FILLINGS + 1):
        guessed = [replace(item, size=min(round(needs[item.name]), channel.room)) for item in items]
        if filling == _FILLINGS:
            guessed = [replace(item, size=channel.room) for item in items]
        parts = split(guessed, channel)
        over = [(part, size) for part, size in zip(parts, make(parts), strict=True) if size > channel.file_bytes]
        if not over:
            return parts
        if alone := [part.items[0].name for part, _ in over if len(part.items) == 1]:
            raise too_large(alone, channel)
        for part, size in over:
            share = _MARGIN * size / (part.size + channel.overhead)
            needs |= {item.name: max(item.size, 1) * share for item in part.items}
    raise AssertionError("parts of one item fit, or are refused")


def too_large(names: Sequence[str], channel: Channel) -> DoesNotFit:
    """The refusal of items that no part can hold."""
    return DoesNotFit(
        N_(
            "These files are larger than %(megabytes)s MB, which is the most that can be sent at once: %(names)s. "
            "Send them another way, or scan them again with fewer dots per inch."
        ),
        names,
        megabytes=_megabytes(channel.file_bytes),
        names=", ".join(names),
    )


def _filled(items: Sequence[Item], room: int) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    left = room
    for group in _groups(items):
        if sum(item.size for item in group) > left and parts[-1]:
            parts.append([])
            left = room
        for item in group:  # a section too large for one part goes on in the next ones
            if item.size > left:
                parts.append([])
                left = room
            parts[-1].append(item)
            left -= item.size
    return [part for part in parts if part]


def _groups(items: Sequence[Item]) -> list[list[Item]]:
    """Neighbours of the same section; what belongs to no section stands alone."""
    groups: list[list[Item]] = []
    for item in items:
        if groups and item.section and groups[-1][-1].section == item.section:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g}"
