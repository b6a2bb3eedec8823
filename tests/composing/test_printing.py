"""The vault's own pages: nothing is fetched for them, and what strangers wrote does nothing on them."""

import http.server
import threading
from datetime import date
from pathlib import Path

import pytest

from tests.composing.papers import everything_in, texts
from vault.composing.composer import Composer
from vault.composing.pages import Pages
from vault.composing.papers import (
    Cover,
    Enclosure,
    MonthSales,
    Paper,
    ReaderNote,
    SalesRecord,
    Sheet,
    SupplierContact,
    SupplierSheet,
)
from vault.composing.press.printing import printed

COVER = Cover("Invoices", "Nordlicht GmbH", "Nordlicht", "amazon.de", "18273645", date(2026, 11, 22), parts=2)
PAPERS: dict[str, Paper] = {
    "Part 1 of 2": COVER,
    "Sales record": SalesRecord(
        "B0C1D2E3F4",
        "Lamp",
        date(2025, 1, 1),
        date(2025, 1, 31),
        (MonthSales(date(2025, 1, 1), 1234),),
        ("orders.txt",),
    ),
    "Suppliers": SupplierSheet((SupplierContact("Harbour Lamps", ("14 Quay Street", "Bristol"), "+44 1"),)),
    "Please read this first": ReaderNote(COVER, (Enclosure("data/", "Papers"),), "Anna Nord", redacted=True),
}


@pytest.mark.parametrize("title", PAPERS)
@pytest.mark.parametrize("sheet", Sheet)
def test_papers_are_printed_on_one_page_that_conforms(composer: Composer, title: str, sheet: Sheet) -> None:
    copy = composer.printed(Pages("en", sheet).paper(PAPERS[title]), title, "en")
    assert copy.pages == 1
    assert all(title in text for text in texts(copy.content))
    assert composer.check(copy.content) == ()


def test_numbers_and_days_are_written_the_readers_way() -> None:
    record = PAPERS["Sales record"]
    assert "1.234" in Pages("de", Sheet.A4).paper(record)
    assert "1,234" in Pages("en", Sheet.A4).paper(record)
    assert "31.01.2025" in Pages("de", Sheet.A4).paper(record)


def test_what_strangers_wrote_is_text() -> None:
    contact = SupplierContact("<img src=x onerror=1>{{ 7*7 }}", ("<script>",))
    html = Pages("en", Sheet.A4).paper(SupplierSheet((contact,)))
    assert "<script>" not in html
    assert "<img" not in html
    assert "{{ 7*7 }}" in html


def test_nothing_is_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>do-not-tell</text></svg>', encoding="utf-8")
    with http.server.HTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        wanted = f'<img src="{address}/a.png"><img src="{secret.as_uri()}"><link rel=stylesheet href="{address}/b.css">'
        made = printed(f"<p>Seen{wanted}<style>@import url({address}/c.css);</style>")
        server.shutdown()
    assert not asked
    assert b"do-not-tell" not in everything_in(made.content)


def test_the_same_page_gives_the_same_bytes(composer: Composer) -> None:
    html = Pages("en", Sheet.A4).paper(COVER)
    assert composer.printed(html, "Cover", "en") == composer.printed(html, "Cover", "en")


def test_a_character_that_no_font_has_is_told(composer: Composer) -> None:
    assert composer.printed("<p>Harbour Lamps 深圳市灯具有限公司 Ωmega").flaws == ()
    assert composer.printed("<p>\U000f1234").flaws == ("missing_glyph",)
