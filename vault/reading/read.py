"""One document, from bytes to a reading."""

import time
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from vault.domain.readings import Adjustment, DocumentKind, Extracted, Fields, LineItem, Problem, Reading, Sign
from vault.reading import schema
from vault.reading.einvoice.attached import attached_invoice
from vault.reading.einvoice.einvoice import EInvoice
from vault.reading.pages import Loaded, Progress, load
from vault.reading.signs.found import Found
from vault.reading.signs.gather import gathered
from vault.reading.signs.pictures import signs_in_picture
from vault.reading.signs.revisions import signs_of_revisions
from vault.reading.signs.told import differences
from vault.reading.understand.understand import Understood, understand
from vault.reading.version import READER
from vault.sandbox.limits import Limits
from vault.sandbox.sniff import PDF

T = TypeVar("T")


def _no_progress(done: int, total: int) -> None:
    pass


def read_document(
    data: bytes, *, use_xml: bool = True, limits: Limits | None = None, progress: Progress = _no_progress
) -> Reading:
    """Read a document: kind, pages with words, fields and line items. To be called in the sandbox only.

    An embedded e-invoice speaks for its fields unless `use_xml` is False; what it leaves out is taken from the
    pages. `progress` is called with (pages done, pages in all).
    Raises Unreadable with one of `refusals.REASONS`.
    """
    bounds = limits or Limits()
    until = time.monotonic() + bounds.search_seconds
    loaded = load(data, bounds, progress)
    understood = _as_displayed(understand(loaded.pages), loaded)
    invoice = attached_invoice(data) if use_xml and loaded.media_type == PDF else None
    found = [*loaded.signs, *_signs_of_file(data, loaded, understood, invoice, until)]
    signs = gathered((each for each in found if isinstance(each, Sign)), understood)
    problems = (*loaded.problems, *dict.fromkeys(each for each in found if isinstance(each, Problem)))
    if invoice is not None:
        understood = _told_by(invoice, understood)
    return _reading(loaded, understood, signs, problems)


def _signs_of_file(
    data: bytes, loaded: Loaded, seen: Understood, invoice: EInvoice | None, until: float
) -> Iterator[Found]:
    """The signs that no page shows by itself, and the pages that were not searched for them."""
    if loaded.media_type != PDF:
        yield from signs_in_picture(data)
        return
    yield from signs_of_revisions(data, until=until)
    if invoice is not None:
        yield from differences(invoice.fields, seen.fields, loaded.pages)


def _reading(loaded: Loaded, understood: Understood, signs: tuple[Sign, ...], problems: tuple[Problem, ...]) -> Reading:
    placed = zip(loaded.pages, loaded.placements, strict=True)
    return Reading(
        kind=_trimmed(understood.kind),
        pages=tuple(placement.page(page) for page, placement in placed),
        fields=_each_field(understood.fields, _trimmed),
        lines=tuple(_each_field(line, _trimmed) for line in understood.lines[: schema.MOST_LINES]),
        adjustments=tuple(_each_field(item, _trimmed) for item in understood.adjustments[: schema.MOST_LINES]),
        problems=problems,
        media_type=loaded.media_type,
        reader=READER,
        signs=signs,
    )


def _as_displayed(understood: Understood, loaded: Loaded) -> Understood:
    """Boxes found on the straightened pages, put where they are on the displayed ones."""
    placements = {page.number: place for page, place in zip(loaded.pages, loaded.placements, strict=True)}

    def displayed(item: Extracted[T]) -> Extracted[T]:
        if item.box is None or item.page not in placements:
            return item
        return replace(item, box=placements[item.page].box(item.box))

    return replace(
        understood,
        kind=displayed(understood.kind),
        fields=_each_field(understood.fields, displayed),
        lines=tuple(_each_field(line, displayed) for line in understood.lines),
        adjustments=tuple(_each_field(item, displayed) for item in understood.adjustments),
    )


def _told_by(invoice: EInvoice, seen: Understood) -> Understood:
    """The XML's values, completed by what only the pages show."""
    chosen = {name: getattr(invoice.fields, name) or getattr(seen.fields, name) for name in Fields.names()}
    if not invoice.lines:
        return replace(seen, kind=invoice.kind, fields=Fields(**chosen))
    return Understood(invoice.kind, Fields(**chosen), invoice.lines, invoice.adjustments)


R = TypeVar("R", Fields, LineItem, Adjustment)


def _each_field(record: R, change: Any) -> R:
    """`record` with `change` applied to every value in it that was extracted."""
    values = {item.name: getattr(record, item.name) for item in fields(record)}
    changed = {name: change(value) for name, value in values.items() if isinstance(value, Extracted)}
    return replace(record, **changed)


def _trimmed(item: Extracted[T]) -> Extracted[T]:
    """Within the bounds of the schema, however long a stranger's text is."""
    value: Any = item.value
    if isinstance(value, str) and not isinstance(value, DocumentKind):
        value = value[: schema.LONGEST_VALUE]
    return replace(item, value=value, raw=item.raw[: schema.LONGEST_RAW])
