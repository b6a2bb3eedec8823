"""A catalogue file, whichever way it comes: an all-listings report as downloaded, or JSON Lines."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from vault.domain.errors import Unreadable
from vault.domain.message import N_
from vault.domain.products import Product
from vault.reading.amazon.listings import read_listings

# A million products with long titles fit; what a few kilobytes can unpack to does not.
_MOST_UNPACKED = 512 * 1024 * 1024
# The names under which catalogues give what a product has a place for; everything else becomes an attribute.
_NAMES = MappingProxyType(
    {
        "title": ("title", "text", "name", "item-name", "item_name", "product_name"),
        "asin": ("asin", "asin1"),
        "fnsku": ("fnsku",),
        "skus": ("sku", "skus", "seller-sku", "seller_sku"),
        "gtins": ("gtin", "gtins", "ean", "upc", "barcode", "isbn"),
        "brand": ("brand", "manufacturer", "brand_name"),
        "model": ("model", "modelno", "model_number", "mpn", "part_number"),
    }
)
_PLACES = MappingProxyType({alias: place for place, aliases in _NAMES.items() for alias in aliases})


def read_catalogue(data: bytes) -> tuple[Product, ...]:
    """The products of a catalogue file, gzip-packed or not.

    Raises Unreadable for a file of another kind and for a JSON line that is not an object with an id and a title.
    """
    plain = unpacked(data)
    if plain.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return tuple(product_of(row, number) for number, row in json_rows(plain))
    return read_listings(plain).products()


def json_rows(data: bytes) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of a JSON Lines file with their line numbers. Raises Unreadable, naming the line."""
    for number, line in enumerate(unpacked(data).removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):  # the latter for a line that only opens brackets
            row = None
        if not isinstance(row, dict):
            raise Unreadable(
                "not_json_lines",
                N_("Line %(line)s is not a JSON object. Write one object on each line."),
                line=str(number),
            )
        yield number, row


def product_of(row: Mapping[str, object], line: int) -> Product:
    """The product that a JSON object with `id` and `title` (or `text`) describes. Raises Unreadable without an id."""
    if row.get("id") in (None, ""):
        raise Unreadable("no_id", N_("Line %(line)s has no “id”. Give every object one."), line=str(line))
    return described(str(row["id"]), row)


def described(product_id: str, row: Mapping[str, object]) -> Product:
    """The product that the fields of `row` describe, whatever names they have."""
    places: dict[str, list[str]] = {place: [] for place in _NAMES}
    attributes: dict[str, str] = {}
    for name, value in row.items():
        texts = _texts(value)
        if name.casefold() in _PLACES:
            places[_PLACES[name.casefold()]].extend(texts)
        elif name != "id" and texts:
            attributes[name] = " ".join(texts)
    return Product(
        id=product_id,
        title=" ".join(places["title"][:1]),
        asin="".join(places["asin"][:1]),
        fnsku="".join(places["fnsku"][:1]),
        skus=tuple(places["skus"]),
        gtins=tuple(places["gtins"]),
        brand="".join(places["brand"][:1]),
        model="".join(places["model"][:1]),
        attributes=attributes,
    )


def unpacked(data: bytes, limit: int = _MOST_UNPACKED) -> bytes:
    """`data`, unpacked when it is gzip. Raises Unreadable when the packing is broken or hides more than `limit` bytes."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            plain = packed.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable("damaged", N_("The packed file is damaged. Pack it again.")) from error
    if len(plain) > limit:
        raise Unreadable("too_large", N_("Unpacked, this file is larger than any catalogue. Send it in several parts."))
    return plain


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [str(item).strip() for item in items if isinstance(item, (str, int, float)) and str(item).strip()]
