import pytest
from PIL import Image

from tests.reading.documents import as_bytes
from vault.domain.errors import Unreadable
from vault.sandbox.sniff import require_known, sniff


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("GIF", "image/gif"),
        ("TIFF", "image/tiff"),
        ("WEBP", "image/webp"),
        ("HEIF", "image/heic"),
        ("PDF", "application/pdf"),
    ],
)
def test_knows_each_kind_by_its_content(kind: str, media_type: str) -> None:
    assert sniff(as_bytes(Image.new("RGB", (64, 64), "white"), kind)) == media_type


def test_tolerates_a_kibibyte_of_junk_before_a_pdf(text_pdf: bytes) -> None:
    assert sniff(b"\x00scanner says hello\r\n" * 40 + text_pdf) == "application/pdf"


def test_refuses_a_pdf_that_begins_later(text_pdf: bytes) -> None:
    assert sniff(b"x" * 2000 + text_pdf) is None


@pytest.mark.parametrize(
    "content",
    [b"x", b"<html><body>Invoice</body></html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04", b"MZ"],
)
def test_refuses_anything_else(content: bytes) -> None:
    assert sniff(content) is None
    with pytest.raises(Unreadable) as refused:
        require_known(content)
    assert refused.value.reason == "unsupported_type"


def test_says_that_an_empty_file_is_empty() -> None:
    with pytest.raises(Unreadable) as refused:
        require_known(b"")
    assert refused.value.reason == "empty"
