"""Is this journal whole? Works on what it is given, without a database or a network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vault.domain.message import N_, Message
from vault.journal.entry import NO_HASH, Head, Recorded


@dataclass(frozen=True, slots=True)
class Broken:
    """Something at `where` that should be an entry and is none; `reason` says why, for experts."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was recorded: its name, and what is wrong with it."""

    name: str
    message: Message


def verify_chain(found: Iterable[Recorded | Broken | Head], earlier: Head | None = None) -> Iterator[Difference]:
    """Everything that is wrong with a journal: its entries in order, then its head.

    `earlier`: a head that was kept elsewhere. With it, a journal that was cut off or rewritten since then is found
    even if it is consistent in itself.
    """
    links, last, stated = {NO_HASH}, 0, None
    for item in found:
        if isinstance(item, Head):
            stated = item
            continue
        if isinstance(item, Broken):
            message = Message(N_("This is not a journal entry (%(reason)s)."), {"reason": item.reason})
            yield Difference(item.where, message)
            links, last = set(), last + 1
            continue
        yield from _check_entry(item, links, last)
        yield from _check_fork(item, earlier)
        # An entry whose contents and hash disagree is named once: its follower may rest on either.
        links, last = {item.hash, item.entry.hash()}, item.entry.seq
    yield from _check_end(stated, links, last)
    if earlier and earlier.seq > last:
        params = {"last": str(last), "seq": str(earlier.seq)}
        yield Difference("journal", Message(N_("Cut off after entry %(last)s: it once had %(seq)s entries."), params))


def _check_entry(item: Recorded, links: set[str], last: int) -> Iterator[Difference]:
    entry = item.entry
    name = f"journal entry {entry.seq}"
    if entry.seq != last + 1:
        text = N_("Does not follow entry %(last)s: entries are missing, added or out of order.")
        yield Difference(name, Message(text, {"last": str(last)}))
    if entry.hash() != item.hash:
        yield Difference(name, Message(N_("Altered: its contents do not have the hash that was recorded.")))
    elif links and entry.previous not in links:
        yield Difference(name, Message(N_("Does not continue the entry before it: one of the two was replaced.")))


def _check_fork(item: Recorded, earlier: Head | None) -> Iterator[Difference]:
    if earlier and item.entry.seq == earlier.seq and item.hash != earlier.hash:
        message = Message(N_("Forked: an earlier head has another hash for this entry, so the history was rewritten."))
        yield Difference(f"journal entry {earlier.seq}", message)


def _check_end(stated: Head | None, links: set[str], last: int) -> Iterator[Difference]:
    if stated is None:
        yield Difference("journal head", Message(N_("Missing: the journal was cut off at its end.")))
    elif stated.seq != last or (links and stated.hash not in links):
        text = N_("The head stands for %(seq)s entries with another end; the journal ends at entry %(last)s.")
        yield Difference("journal head", Message(text, {"seq": str(stated.seq), "last": str(last)}))
