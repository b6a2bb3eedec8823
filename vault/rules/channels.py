"""The ways in which a bundle can be sent, and what each of them takes."""

from dataclasses import dataclass
from enum import StrEnum

from marshmallow import Schema, fields, validate

# The channel of who chooses none: everything in one file.
NO_LIMIT = "no_limit"


class Takes(StrEnum):
    """What kind of file a channel takes: whole archives, or PDFs alone."""

    ZIP = "zip"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """One channel. `file_bytes`: the most that one file may have; `files`: how many may be sent; 0 where nothing limits it."""

    name: str
    label: str
    takes: Takes
    file_bytes: int
    files: int
    source: str


class ChannelSchema(Schema):
    """One channel in a rule book file."""

    label = fields.String(required=True, validate=validate.Length(min=1, max=100))
    takes = fields.Enum(Takes, by_value=True, required=True)
    file_bytes = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    files = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=1000))
    source = fields.String(required=True, validate=validate.Length(min=5))
