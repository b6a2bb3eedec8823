"""Making as many files of a bundle as the channel needs, none of them larger than it takes."""

from collections.abc import Callable, Sequence

from vault.composing.splitting import Channel, Item, Part, fit, too_large
from vault.domain.errors import Conflict
from vault.domain.message import N_
from vault.rules.channels import ChannelRule, Takes
from vault.services.bundles.assembling import Assembly, Made
from vault.services.bundles.briefs import Brief
from vault.services.bundles.contents import Contents
from vault.services.bundles.files import Copied

# What a part needs beside its documents: cover, index, pages of ours, checksums. A guess, and at most a fifth of it.
_OWN_PAGES = 150_000
# A copy in a combined PDF needs about as much again as by itself.
_BOUND = 1.1

_Key = tuple[str, str]


class NothingGoesIn(Conflict):
    """Of none of the documents there is anything to send."""

    code = "nothing_goes_in"


def pack(brief: Brief, copied: Copied, assembly: Assembly) -> list[Made]:
    """The files of the bundle in their order. For a channel that takes PDFs the first is the archive for one's own records.

    Raises DoesNotFit, NothingGoesIn; as `Assembly` does.
    """
    contents, channel, without_prices = brief.contents, brief.channel, brief.options.without_prices
    is_pdf = channel.takes is Takes.PDF
    if not copied.files and (without_prices or is_pdf):
        raise NothingGoesIn(
            N_("No copy could be made of any document, so that nothing would be sent. Look at what is said of each.")
        )
    if is_pdf:
        archive = assembly.archive(contents)
        return [archive, *_parted(brief, copied, assembly.book)]
    require_room(contents, channel, without_prices=without_prices)
    return _parted(brief, copied, assembly.archive)


def require_room(contents: Contents, channel: ChannelRule, *, without_prices: bool) -> None:
    """Raises DoesNotFit where an original alone is too large for a channel that takes it."""
    if channel.takes is Takes.PDF or without_prices or not channel.file_bytes:
        return
    if large := [each.name for each in contents.enclosed if each.size > channel.file_bytes]:
        raise too_large(large, Channel(channel.file_bytes))


def room_to_pack(brief: Brief, copies: int) -> int:
    """The bytes that `pack` and keeping the result take on the disk beside the copies, which have `copies` bytes.

    A combined PDF, and twice what is made: where it is put together, and in the store. A store elsewhere sends from a
    spool on this disk, so that it is the same there.
    """
    originals = 0 if brief.options.without_prices else sum(each.size for each in brief.contents.enclosed)
    combined = round(copies * _BOUND)
    sent = combined if brief.channel.takes is Takes.PDF else 0
    return combined + 2 * (originals + copies + combined + sent)


def _parted(brief: Brief, copied: Copied, make: Callable[[Contents, int, int], Made]) -> list[Made]:
    contents, rule = brief.contents, brief.channel
    if not rule.file_bytes:
        return [make(contents, 1, 1)]
    items = _items(brief, copied)
    made: list[Made] = []

    def make_all(parts: Sequence[Part]) -> list[int]:
        for each in made:
            each.path.unlink()
        made.clear()
        for part in parts:
            wanted = {items[item.name][0] for item in part.items}
            is_whole = len(parts) == 1
            within = contents if is_whole else contents.only(wanted, with_letter=part.number == 1)
            made.append(make(within, part.number, len(parts)))
        return [each.size for each in made]

    overhead = min(_OWN_PAGES, rule.file_bytes // 5)
    fit([item for _, item in items.values()], Channel(rule.file_bytes, rule.files or None, overhead), make_all)
    return made


def _items(brief: Brief, copied: Copied) -> dict[str, tuple[_Key, Item]]:
    """What cannot be divided: a document under a heading, with its copies and original. By its name for people."""
    contents, sizes = brief.contents, {each.key: each.path.stat().st_size for each in copied.files}
    with_originals = brief.channel.takes is Takes.ZIP and not brief.options.without_prices
    found = {}
    for section, all_shown in contents.sections:
        for shown in all_shown:
            document, key = contents.by_id[shown.document_id], (section, shown.document_id)
            size = sizes.get(key, 0) * (_BOUND + (brief.channel.takes is Takes.ZIP))
            size += document.size if with_originals else 0
            name = f"{section}/{document.name}"
            found[name] = (key, Item(name, round(size), section))
    return found
