"""Whom invoices must be made out to, from a JSON file."""

import json
from pathlib import Path

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from vault.checks.facts import Buyer
from vault.domain.addresses import parse_address
from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.domain.values import PostalAddress


class _BuyerSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    name = fields.String(validate=validate.Length(min=1))
    legal_name = fields.String(validate=validate.Length(min=1))
    address = fields.String(load_default="")
    street = fields.String(load_default="")
    postcode = fields.String(load_default="")
    city = fields.String(load_default="")
    country = fields.String(load_default="")
    vat_number = fields.String(load_default="")


def read_buyer(path: Path) -> Buyer:
    """The buyer in `path`: ``{"name": …}``, with its address as text or in parts, and its ``vat_number``.

    Raises Invalid for a file that says something else.
    """
    try:
        given = _BuyerSchema().load(json.loads(path.read_text(encoding="utf-8-sig")))
        name = given.get("legal_name") or given["name"]
    except (ValueError, KeyError, RecursionError, ValidationError):
        raise Invalid(
            N_('%(path)s names no buyer. Write one JSON object in UTF-8: {"name": "…", "address": "…"}.'),
            path=str(path),
        ) from None
    parts = PostalAddress(given["street"], given["postcode"], given["city"], country=given["country"])
    address = parse_address(given["address"], given["country"]) if given["address"] else parts
    return Buyer(name, address, given["vat_number"])
