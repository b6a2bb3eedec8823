"""The end of a combined PDF: its tree of pages, bookmarks, and the places that links lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from vault.composing import metadata
from vault.composing.associated import Attachment, attach
from vault.composing.pdf_objects import PdfFile, text_string


@dataclass(frozen=True, slots=True)
class Bookmark:
    """`name` is the place's, for links; `page` the number of the page's object; those `below` it are shown folded."""

    name: str
    title: str
    page: int
    below: tuple["Bookmark", ...] = ()


def close(
    file: PdfFile,
    tree: int,
    title: str,
    language: str,
    bookmarks: Sequence[Bookmark] = (),
    attachments: Sequence[Attachment] = (),
    *,
    conforms: bool = False,
) -> int:
    """Write the catalogue and what belongs to it, then close the file; its size. `tree` is the number of the page tree.

    `conforms`: that the file is PDF/A-2b was checked; with attachments it says that it is PDF/A-3b, which differs in
    nothing else.
    """
    profile, packet, root, info = (file.reserve() for _ in range(4))
    part = (3 if attachments else 2) if conforms else None
    belonging, names = attach(file, attachments)
    file.stream(profile, "/N 3", metadata.colour_profile())
    file.stream(packet, metadata.METADATA, metadata.packet(title, language, part))
    entries = f"/Pages {tree} 0 R/Metadata {packet} 0 R/OutputIntents[{metadata.output_intent(profile)}]{belonging}"
    entries += "/ViewerPreferences<</DisplayDocTitle true>>"
    if language:
        entries += f"/Lang {text_string(language)}"
    if bookmarks:
        entries += f"/PageMode/UseOutlines/Outlines {_outline(file, bookmarks)} 0 R"
        names += f"/Dests<</Names[{_places(bookmarks)}]>>"
    if names:
        entries += f"/Names<<{names}>>"
    file.put(root, f"<</Type/Catalog{entries}>>")
    file.put(info, metadata.information(title))
    return file.close({"Root": root, "Info": info})


def _places(bookmarks: Sequence[Bookmark]) -> str:
    """Name and destination, sorted as a name tree has to be (ISO 32000-1, 7.9.6)."""
    named = {mark.name: mark.page for top in bookmarks for mark in (top, *top.below)}
    return "".join(f"{text_string(name)}[{named[name]} 0 R/XYZ null null null]" for name in sorted(named))


def _outline(file: PdfFile, bookmarks: Sequence[Bookmark]) -> int:
    root = file.reserve()
    numbers = [file.reserve() for _ in bookmarks]
    for position, mark in enumerate(bookmarks):
        below = [file.reserve() for _ in mark.below]
        for place, leaf in enumerate(mark.below):
            file.put(below[place], f"<<{_item(leaf, numbers[position], below, place)}>>")
        family = f"/First {below[0]} 0 R/Last {below[-1]} 0 R/Count -{len(below)}" if below else ""
        file.put(numbers[position], f"<<{_item(mark, root, numbers, position)}{family}>>")
    ends = f"/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count {len(numbers)}"
    file.put(root, f"<</Type/Outlines{ends}>>")
    return root


def _item(mark: Bookmark, parent: int, siblings: Sequence[int], position: int) -> str:
    before = f"/Prev {siblings[position - 1]} 0 R" if position else ""
    after = f"/Next {siblings[position + 1]} 0 R" if position + 1 < len(siblings) else ""
    where = f"/Dest[{mark.page} 0 R/XYZ null null null]"
    return f"/Title {text_string(mark.title)}/Parent {parent} 0 R{before}{after}{where}"
