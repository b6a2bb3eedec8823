"""Readings as JSON: what the sandboxed reader answers and what the database keeps.

Strict and bounded: whatever does not fit exactly is refused, since a reader that was taken over may say anything.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from vault.domain.errors import Damaged
from vault.domain.message import N_
from vault.domain.readings import (
    Adjustment,
    Box,
    DocumentKind,
    Extracted,
    Fields,
    Identifiers,
    LineItem,
    Page,
    PageSource,
    Problem,
    Reading,
    Sign,
    SignKind,
    Source,
    Word,
)
from vault.reading.look import Look

FORMAT = 1
MOST_PAGES, MOST_WORDS, MOST_LINES, MOST_PROBLEMS, MOST_SIGNS = 5_000, 50_000, 5_000, 20_000, 20
LONGEST_WORD, LONGEST_VALUE, LONGEST_RAW, LONGEST_CODE, LONGEST_SIGN = 300, 2_000, 4_000, 64, 200
_fraction = validate.Range(0.0, 1.0)
_side = validate.Range(0.0, 1e7)


def dump_reading(reading: Reading) -> dict[str, Any]:
    """Plain dicts, lists, strings and numbers, ready for `json`; `load_reading` gives an equal reading back."""
    dumped: dict[str, Any] = _schema().dump(reading)
    return {"format": FORMAT, **dumped}


def load_reading(data: object) -> Reading:
    """The reading that `dump_reading` was given. Raises Damaged when `data` is anything else."""
    try:
        if not isinstance(data, Mapping) or data.get("format") != FORMAT:
            raise ValidationError("not a reading of a known format")
        reading: Reading = _schema().load({key: value for key, value in data.items() if key != "format"})
    except (ValidationError, RecursionError) as error:
        raise Damaged(N_("A stored reading is not in a known form. Read the document again.")) from error
    return reading


def dump_look(look: Look) -> dict[str, Any]:
    """As `dump_reading`, for `load_look`."""
    dumped: dict[str, Any] = _LookSchema().dump(look)
    return dumped


def load_look(data: object) -> Look:
    """Raises Damaged when `data` is no look."""
    try:
        if not isinstance(data, Mapping):
            raise ValidationError("not a look")
        look: Look = _LookSchema().load(data)
    except (ValidationError, RecursionError) as error:
        raise Damaged(N_("A stored reading is not in a known form. Read the document again.")) from error
    return look


@cache
def _schema() -> "ReadingSchema":
    # Made once: putting it together takes longer than using it, and it keeps nothing of what passes through.
    return ReadingSchema()


def _amount(value: Decimal) -> None:
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15 or -int(value.as_tuple().exponent) > 12:
        raise ValidationError("not an amount")


class _BoxField(fields.Field[Box]):
    """[x0, y0, x1, y1]"""

    def _serialize(self, value: Box | None, attr: str | None, obj: Any, **kwargs: Any) -> list[float] | None:
        return None if value is None else [value.x0, value.y0, value.x1, value.y1]

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Box:
        if not isinstance(value, list) or len(value) != 4 or not all(_is_fraction(side) for side in value):
            raise ValidationError("not a box")
        return Box(*value)


class _WordsField(fields.Field[tuple[Word, ...]]):
    """[[text, x0, y0, x1, y1, confidence], …]: thousands a document, so they are checked in one tight loop."""

    def _serialize(self, value: tuple[Word, ...] | None, attr: str | None, obj: Any, **kwargs: Any) -> list[list[Any]]:
        return [[word.text, *_sides(word.box), word.confidence] for word in value or ()]

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[Word, ...]:
        if not isinstance(value, list) or len(value) > MOST_WORDS or not all(_is_word(row) for row in value):
            raise ValidationError("not words")
        return tuple(Word(row[0], Box(row[1], row[2], row[3], row[4]), row[5]) for row in value)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _is_fraction(value: object) -> bool:
    return type(value) in (float, int) and 0.0 <= value <= 1.0  # type: ignore[operator]


def _is_word(row: object) -> bool:
    if not isinstance(row, list) or len(row) != 6 or not all(_is_fraction(value) for value in row[1:]):
        return False
    return isinstance(row[0], str) and 0 < len(row[0]) <= LONGEST_WORD and _is_clean(row[0])


def _is_clean(text: str) -> bool:
    """No NUL and no half of a surrogate pair: neither databases nor terminals take them."""
    return "\x00" not in text and (text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text))


def _clean(text: str) -> None:
    if not _is_clean(text):
        raise ValidationError("not text")


def _text(longest: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(max=longest), _clean])


class _ExtractedSchema(Schema):
    confidence = fields.Float(required=True, validate=_fraction)
    source = fields.Enum(Source, by_value=True, required=True)
    raw = _text(LONGEST_RAW)
    page = fields.Integer(required=True, allow_none=True, strict=True, validate=validate.Range(1, MOST_PAGES))
    box = _BoxField(required=True, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Extracted[Any]:
        return Extracted(**data)


class _TextSchema(_ExtractedSchema):
    value = _text(LONGEST_VALUE)


class _DateSchema(_ExtractedSchema):
    value = fields.Date(required=True, format="iso")


class _AmountSchema(_ExtractedSchema):
    value = fields.Decimal(required=True, as_string=True, validate=_amount)


class _KindSchema(_ExtractedSchema):
    value = fields.Enum(DocumentKind, by_value=True, required=True)


_SCHEMAS: Mapping[str, type[_ExtractedSchema]] = {
    **dict.fromkeys(("issue_date", "due_date"), _DateSchema),
    **dict.fromkeys(("net", "tax", "total", "quantity", "unit_price", "amount"), _AmountSchema),
}


def _extracted(name: str) -> fields.Nested:
    return fields.Nested(_SCHEMAS.get(name, _TextSchema), required=True, allow_none=True)


class _FieldsSchema(Schema.from_dict({name: _extracted(name) for name in Fields.names()})):  # type: ignore[misc]
    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Fields:
        return Fields(**data)


class _IdentifiersSchema(Schema):
    asin = fields.String(required=True, allow_none=True, validate=[validate.Length(max=10), _clean])
    gtin = fields.String(required=True, allow_none=True, validate=validate.Regexp(r"[0-9]{8,14}\Z"))
    sku = fields.String(required=True, allow_none=True, validate=[validate.Length(max=LONGEST_VALUE), _clean])
    model = fields.String(required=True, allow_none=True, validate=[validate.Length(max=LONGEST_VALUE), _clean])

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Identifiers:
        return Identifiers(**data)


class _LineSchema(Schema):
    description = _extracted("description")
    quantity = _extracted("quantity")
    unit_price = _extracted("unit_price")
    amount = _extracted("amount")
    identifiers = fields.Nested(_IdentifiersSchema, required=True)
    discount = fields.Nested(_AmountSchema, load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> LineItem:
        return LineItem(**data)


class _AdjustmentSchema(Schema):
    label = _text(LONGEST_VALUE)
    amount = fields.Nested(_AmountSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Adjustment:
        return Adjustment(**data)


class _PageSchema(Schema):
    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_PAGES))
    source = fields.Enum(PageSource, by_value=True, required=True)
    words = _WordsField(required=True)
    width = fields.Float(required=True, validate=_side)
    height = fields.Float(required=True, validate=_side)
    language = fields.String(required=True, validate=validate.Regexp(r"(?:[a-z]{2})?\Z"))
    confidence = fields.Float(required=True, validate=_fraction)
    dpi = fields.Float(required=True, allow_none=True, validate=_side)

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Page:
        return Page(**data)


class _ProblemSchema(Schema):
    code = fields.String(required=True, validate=validate.Regexp(rf"[a-z][a-z0-9_]{{0,{LONGEST_CODE}}}\Z"))
    page = fields.Integer(required=True, allow_none=True, strict=True, validate=validate.Range(1, MOST_PAGES))

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Problem:
        return Problem(**data)


class _SignSchema(Schema):
    kind = fields.Enum(SignKind, by_value=True, required=True)
    raw = _text(LONGEST_SIGN)
    compared = _text(LONGEST_SIGN)
    page = fields.Integer(required=True, allow_none=True, strict=True, validate=validate.Range(1, MOST_PAGES))
    box = _BoxField(required=True, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Sign:
        return Sign(**data)


class ReadingSchema(Schema):
    """A whole reading, without its format version."""

    kind = fields.Nested(_KindSchema, required=True)
    pages = fields.List(fields.Nested(_PageSchema), required=True, validate=validate.Length(max=MOST_PAGES))
    fields_ = fields.Nested(_FieldsSchema, required=True, attribute="fields", data_key="fields")
    lines = fields.List(fields.Nested(_LineSchema), required=True, validate=validate.Length(max=MOST_LINES))
    adjustments = fields.List(fields.Nested(_AdjustmentSchema), required=True, validate=validate.Length(max=MOST_LINES))
    problems = fields.List(fields.Nested(_ProblemSchema), required=True, validate=validate.Length(max=MOST_PROBLEMS))
    media_type = _text(LONGEST_CODE)
    reader = _text(LONGEST_CODE)
    # Readings of the first reader have none, and are good all the same.
    signs = fields.List(
        fields.Nested(_SignSchema), load_default=None, allow_none=True, validate=validate.Length(max=MOST_SIGNS)
    )

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Reading:
        for name in ("pages", "lines", "adjustments", "problems"):
            data[name] = tuple(data[name])
        data["signs"] = None if data["signs"] is None else tuple(data["signs"])
        return Reading(**data)


class _LookSchema(Schema):
    seen = fields.Nested(_PageSchema, required=True)
    said = fields.Nested(_PageSchema, required=True)
    unread = fields.List(_BoxField(), required=True, validate=validate.Length(max=MOST_WORDS))
    is_black = fields.Boolean(required=True, truthy={True}, falsy={False})

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Look:
        return Look(**{**data, "unread": tuple(data["unread"])})
