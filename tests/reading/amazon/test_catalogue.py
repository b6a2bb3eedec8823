"""A catalogue file, whichever way it comes."""

import gzip
import json
import tracemalloc

import pytest

from vault.domain.errors import Unreadable
from vault.reading.amazon.catalogue import json_rows, read_catalogue, unpacked

ROW = {
    "id": 7,
    "title": "Lamp",
    "brand": "Lumora",
    "modelno": "LX-200",
    "price": 12.5,
    "ean": ["4006381333931"],
    "color": "red",
}


def json_lines(*rows: object) -> bytes:
    return b"\n".join(json.dumps(row).encode() for row in rows)


def test_json_lines_become_products() -> None:
    (product,) = read_catalogue(json_lines(ROW))
    assert (product.id, product.title, product.brand, product.model) == ("7", "Lamp", "Lumora", "LX-200")
    assert product.gtins == ("4006381333931",)
    assert product.attributes == {"price": "12.5", "color": "red"}


def test_a_packed_file_is_unpacked() -> None:
    assert read_catalogue(gzip.compress(json_lines(ROW))) == read_catalogue(json_lines(ROW))


def test_a_packed_file_that_hides_more_than_a_catalogue_is_refused_without_unpacking_it() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as refused:
            unpacked(bomb, limit=1_000_000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.reason == "too_large"
    assert most < 10_000_000


def test_a_packed_file_that_is_damaged_inside_is_refused() -> None:
    packed = bytearray(
        gzip.compress(json_lines(*({**ROW, "id": number, "text": str(number**9)} for number in range(500))))
    )
    for place in range(100, len(packed) - 100):
        packed[place] ^= 0x5A
    with pytest.raises(Unreadable) as refused:
        unpacked(bytes(packed))
    assert refused.value.reason == "damaged"


def test_a_byte_order_mark_and_empty_lines_do_not_matter() -> None:
    assert read_catalogue(b"\xef\xbb\xbf" + json_lines(ROW) + b"\r\n\n") == read_catalogue(json_lines(ROW))


def test_a_report_is_recognised(report, lamp) -> None:
    (product,) = read_catalogue(gzip.compress(report(lamp, encoding="cp1252")))
    assert (product.id, product.skus) == ("B0LAMPBLK1", ("LMP-1",))


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (json_lines(ROW) + b"\n{broken", "not_json_lines", "Line 2"),
        (json_lines(ROW) + b"\n[1]", "not_json_lines", "Line 2"),
        (json_lines(ROW, {"title": "Lamp"}), "no_id", "Line 2"),
        (b'{"a":' * 100_000, "not_json_lines", "Line 1"),
        (b'{"id": "\xff\xfe"}', "not_json_lines", "Line 1"),
        (gzip.compress(b"{}", mtime=0)[:12], "damaged", "packed"),
    ],
)
def test_a_broken_file_is_refused_naming_the_line(data: bytes, reason: str, line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_catalogue(data)
    assert refused.value.reason == reason
    assert line in str(refused.value)


def test_rows_keep_their_line_numbers() -> None:
    assert [number for number, _ in json_rows(b'{"id": 1}\n\n{"id": 2}\n')] == [1, 3]
