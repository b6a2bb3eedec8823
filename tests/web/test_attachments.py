"""Names of downloads are harmless, whatever a stranger called the file."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.web.attachments import attachment, safe_name


@given(st.text())
def test_a_header_is_one_line_of_plain_letters_with_two_names(filename: str) -> None:
    header = attachment(filename)
    assert re.fullmatch(r"attachment; filename=\"[A-Za-z0-9._ ()+-]+\"; filename\*=UTF-8''[A-Za-z0-9._~%-]+", header)


@pytest.mark.parametrize(
    ("filename", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\invoices\\a.pdf", "C__invoices_a.pdf"),
        (".hidden", "hidden"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("invoice\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "invoicefdp.exe"),
        ("", "document"),
        ("...", "document"),
        ("Überweisung 1.pdf", "Überweisung 1.pdf"),
    ],
)
def test_what_could_mislead_is_taken_out(filename: str, kept: str) -> None:
    assert safe_name(filename) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("x" * 400 + ".pdf")
    assert len(name) == 150
    assert name.endswith("x.pdf")
