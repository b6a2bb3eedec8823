"""All signs of editing in one document, the gravest first and no more than a person would look at."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vault.domain.readings import Box, Extracted, Sign, SignKind
from vault.reading import schema
from vault.reading.understand.understand import Understood

_OF_ONE_KIND = 5
_KEY_FIELDS = ("number", "issue_date", "net", "tax", "total")
_ORDER = tuple(SignKind)


def gathered(signs: Iterable[Sign], seen: Understood) -> tuple[Sign, ...]:
    """What of the signs counts. `seen`: what was understood of the pages; boxes are those of the displayed pages."""
    kept: list[Sign] = []
    for sign in sorted(_that_matter(signs, seen), key=lambda sign: (_ORDER.index(sign.kind), sign.page or 0)):
        if sum(other.kind is sign.kind for other in kept) < _OF_ONE_KIND:
            kept.append(_bounded(sign))
    return tuple(kept[: schema.MOST_SIGNS])


def _that_matter(signs: Iterable[Sign], seen: Understood) -> Iterator[Sign]:
    """Archives write their own marks in white: what is not shown matters only where it was read as a value."""
    values = list(_values(seen))
    for sign in signs:
        if sign.kind is not SignKind.INVISIBLE or any(_is_at(sign, value) for value in values):
            yield sign


def _values(seen: Understood) -> Iterator[Extracted[object]]:
    found = (getattr(seen.fields, name) for name in _KEY_FIELDS)
    return (value for value in found if value is not None)


def _is_at(sign: Sign, value: Extracted[object]) -> bool:
    return value.page == sign.page and value.box is not None and sign.box is not None and _meet(value.box, sign.box)


def _meet(one: Box, other: Box) -> bool:
    x, y = other.middle
    return one.x0 <= x <= one.x1 and one.y0 <= y <= one.y1


def _bounded(sign: Sign) -> Sign:
    longest = schema.LONGEST_SIGN
    box = sign.box and Box(*(min(1.0, max(0.0, side)) for side in (sign.box.x0, sign.box.y0, sign.box.x1, sign.box.y1)))
    return replace(sign, raw=sign.raw[:longest], compared=sign.compared[:longest], box=box)
