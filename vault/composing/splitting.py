"""Fitting what is sent into a channel that takes so many files of such a size."""

from collections.abc import Sequence
from dataclasses import dataclass

from vault.domain.errors import Invalid
from vault.domain.message import N_


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
    """Something that cannot be divided. `section`: items of one section stay together as long as they fit."""

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
    if too_large := [item.name for item in items if item.size > channel.room]:
        raise DoesNotFit(
            N_(
                "These files are larger than %(megabytes)s MB, which is the most that can be sent at once: %(names)s. "
                "Send them another way, or scan them again with fewer dots per inch."
            ),
            too_large,
            megabytes=_megabytes(channel.file_bytes),
            names=", ".join(too_large),
        )
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
