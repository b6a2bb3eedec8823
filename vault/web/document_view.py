"""What the document page shows, worked out from a dossier: places on the pages, fields, lines, the checklist."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vault.db.entities.documents import Correction
from vault.db.queries.products import ProductRow
from vault.db.queries.tasks import TaskRow
from vault.domain.findings import Finding, Outcome
from vault.domain.papers import PaperKind
from vault.domain.products import LineMatch
from vault.domain.readings import Box, Extracted, LineItem, Reading, Source
from vault.services.documents.dossiers import Dossier
from vault.services.documents.values import dump_value

# Below this a value is marked as doubtful.
DOUBTFUL = 0.6
_LINE_VALUES = ("description", "quantity", "unit_price", "amount")
_GROUPS = (
    ("invoice", ("kind", "number", "issue_date", "due_date", "net", "tax", "total", "currency")),
    (
        "supplier",
        (
            "supplier_name",
            "supplier_address",
            "supplier_country",
            "supplier_vat",
            "supplier_phone",
            "supplier_email",
            "supplier_website",
        ),
    ),
    ("buyer", ("buyer_name", "buyer_address")),
)
_KIND_CHANGES = ("document.kind_chosen", "document.kind_implied")
_ORDER = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN)


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page, named so that rows and boxes find each other. `label` is a path, or a check."""

    name: str
    label: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `width` and `height` are points."""

    number: int
    width: int
    height: int
    source: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it counts, with what the machine read beside it where a person said otherwise.

    `text` is the contract's string, empty when nothing is known. `place` is empty where the page shows none.
    """

    path: str
    name: str
    text: str
    machine: str
    source: Source | None
    confidence: float | None
    page: int | None
    place: str
    correction: Correction | None

    @property
    def is_doubtful(self) -> bool:
        return self.confidence is not None and self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Choice:
    """A product that a line may mean. `percent` is how sure the machine is."""

    product: ProductRow
    percent: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line item. `product` is what counts; `choices` are the others that come close, best first."""

    position: int
    values: Mapping[str, Value]
    decision: str
    by_person: bool
    product: ProductRow | None
    percent: int | None
    reasons: tuple[str, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One finding of the checklist, with its task where it is a gap."""

    finding: Finding
    place: str
    page: int | None
    task: TaskRow | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """`gaps` need somebody, the worst first; `fine` does not."""

    sheets: tuple[Sheet, ...]
    groups: tuple[tuple[str, tuple[Value, ...]], ...]
    lines: tuple[Line, ...]
    gaps: tuple[Item, ...]
    fine: tuple[Item, ...]


def view_of(dossier: Dossier) -> DocumentView:
    """Everything the page needs, in its order. Values stand where the machine saw them, corrected or not.

    Of a paper that is no supplier invoice there are neither values nor lines: they would mean nothing.
    """
    values = {value.path: value for value in _head_values(dossier)}
    lines = tuple(_lines(dossier))
    items = tuple(_items(dossier, {**values, **_by_path(lines)}))
    gaps = sorted((item for item in items if item.finding.is_gap), key=lambda item: _ORDER.index(item.finding.outcome))
    groups = tuple((name, tuple(values[path] for path in paths if path in values)) for name, paths in _GROUPS)
    return DocumentView(
        sheets=tuple(_sheets(dossier, items)),
        groups=groups,
        lines=lines,
        gaps=tuple(gaps),
        fine=tuple(item for item in items if not item.finding.is_gap),
    )


def former_kind(dossier: Dossier) -> PaperKind | None:
    """What the document was before somebody said last what it is; None where nobody has."""
    changes = (event.details for event in dossier.history if event.action in _KIND_CHANGES)
    last = next(changes, None)
    return PaperKind(last["before"]) if last and last["after"] == dossier.document.paper else None


def place_of(path: str) -> str:
    """The name of a value's place: ``lines.0.quantity`` → ``lines-0-quantity``."""
    return path.replace(".", "-")


def _by_path(lines: Sequence[Line]) -> dict[str, Value]:
    found = {value.path: value for line in lines for value in line.values.values()}
    # Picking a product is asked for where the description stands.
    found.update({f"lines.{line.position}.product": line.values["description"] for line in lines})
    return found


def _head_values(dossier: Dossier) -> Iterator[Value]:
    if dossier.reading is None or dossier.machine is None or not dossier.document.is_invoice:
        return
    yield _value(dossier, "kind", dossier.reading.kind, dossier.machine.kind)
    for path in dossier.reading.fields.names():
        yield _value(dossier, path, getattr(dossier.reading.fields, path), getattr(dossier.machine.fields, path))


def _value(dossier: Dossier, path: str, current: Extracted[Any] | None, machine: Extracted[Any] | None) -> Value:
    correction = dossier.corrections.get(path)
    return Value(
        path=path,
        name=path.rsplit(".", 1)[-1],
        text=_text(current),
        machine=_text(machine) if correction else "",
        source=current.source if current else None,
        confidence=current.confidence if current and current.source is not Source.PERSON else None,
        page=machine.page if machine else None,
        place=place_of(path) if machine and machine.box and machine.page else "",
        correction=correction,
    )


def _text(extracted: Extracted[Any] | None) -> str:
    return dump_value(extracted.value) if extracted is not None else ""


def _lines(dossier: Dossier) -> Iterator[Line]:
    if dossier.reading is None or dossier.machine is None or not dossier.document.is_invoice:
        return
    for position, line in enumerate(dossier.reading.lines):
        machine = dossier.machine.lines[position] if position < len(dossier.machine.lines) else LineItem()
        match = dossier.matches[position] if position < len(dossier.matches) else None
        values = {
            name: _value(dossier, f"lines.{position}.{name}", getattr(line, name), getattr(machine, name))
            for name in _LINE_VALUES
        }
        yield _line(position, values, match, dossier.products)


def _line(
    position: int, values: Mapping[str, Value], match: LineMatch | None, products: Mapping[str, ProductRow]
) -> Line:
    choices = tuple(_choices(match, products))
    chosen = next((choice for choice in choices if match and choice.product.id == match.product_id), None)
    return Line(
        position=position,
        values=values,
        decision=match.decision if match else "",
        by_person=match.by_person if match else False,
        product=products.get(match.product_id or "") if match else None,
        percent=chosen.percent if chosen else None,
        reasons=chosen.reasons if chosen else (),
        choices=tuple(choice for choice in choices if choice is not chosen),
    )


def _choices(match: LineMatch | None, products: Mapping[str, ProductRow]) -> Iterator[Choice]:
    for candidate in match.candidates if match else ():
        if product := products.get(candidate.product_id):
            yield Choice(product, round(100 * candidate.score), candidate.reasons)


def _items(dossier: Dossier, values: Mapping[str, Value]) -> Iterator[Item]:
    if dossier.judged is None:
        return
    tasks = {(task.check_id, task.item): task for task in dossier.tasks if task.state != "done"}
    for number, finding in enumerate(dossier.judged.findings):
        evidence, value = finding.evidence, values.get(finding.path)
        task = tasks.get((finding.check, finding.item[:60]))
        if value is not None and value.place:
            yield Item(finding, value.place, value.page, task)
        elif evidence is not None and evidence.box and evidence.page:
            yield Item(finding, f"finding-{number}", evidence.page, task)
        else:
            yield Item(finding, "", evidence.page if evidence else None, task)


def _sheets(dossier: Dossier, items: Sequence[Item]) -> Iterator[Sheet]:
    is_shown = dossier.document.is_invoice
    places = dict(_reading_places(dossier.machine)) if dossier.machine and is_shown else {}
    by_page: dict[int, list[Place]] = {}
    for name, (number, label, box) in places.items():
        by_page.setdefault(number, []).append(Place(name, label, box))
    for item in items:
        evidence = item.finding.evidence
        if item.place and item.place not in places and evidence and evidence.box and evidence.page:
            by_page.setdefault(evidence.page, []).append(Place(item.place, item.finding.check, evidence.box))
    for page in dossier.machine.pages if dossier.machine else ():
        found = tuple(by_page.get(page.number, ()))
        yield Sheet(page.number, round(page.width) or 1, round(page.height) or 1, page.source, found)


def _reading_places(reading: Reading) -> Iterator[tuple[str, tuple[int, str, Box]]]:
    """Every value of the reading that stands somewhere: its name, page, path and box."""
    seen: list[tuple[str, Extracted[Any] | None]] = [("kind", reading.kind)]
    seen += [(path, getattr(reading.fields, path)) for path in reading.fields.names()]
    for position, line in enumerate(reading.lines):
        seen += [(f"lines.{position}.{name}", getattr(line, name)) for name in _LINE_VALUES]
    for path, extracted in seen:
        if extracted is not None and extracted.page and extracted.box:
            yield place_of(path), (extracted.page, path, extracted.box)
