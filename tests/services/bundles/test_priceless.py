"""Copies without prices, made from real papers: no amount is left to read, and what Amazon asks for is."""

import base64
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.composing.papers import look
from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.locales import LOCALES
from tests.invoices.render import Layout, render
from tests.reading.documents import as_bytes, pdf_of, picture_of, scan_of
from tests.services.bundles.redacting import amounts_of, found_in, is_black, kept, said_in, seen_in, squeezed, staying
from vault.composing.composer import Composer
from vault.composing.copies import Boxes, Copy, Words
from vault.domain.errors import Unreadable
from vault.domain.readings import DocumentKind, Reading
from vault.reading.prices.find import find_prices
from vault.reading.read import read_document
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.bundles.priceless import Priceless

NOTE = "Copy without prices"


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedReader]:
    with SandboxedReader() as started:
        yield started


@pytest.fixture(scope="module")
def priceless(reader: SandboxedReader) -> Iterator[Priceless]:
    with Composer() as composer:
        yield Priceless(composer, reader)


@pytest.mark.parametrize(
    ("locale", "layout", "kind"),
    [
        ("de", Layout.LETTERHEAD, DocumentKind.INVOICE),
        ("fr", Layout.DENSE, DocumentKind.INVOICE),
        ("it", Layout.SIDEBAR, DocumentKind.CREDIT_NOTE),
        ("es", Layout.TILL, DocumentKind.INVOICE),
        ("en_us", Layout.CONTINUED, DocumentKind.INVOICE),
    ],
)
def test_no_amount_is_left_in_text_or_picture(
    priceless: Priceless, reader: SandboxedReader, locale: str, layout: Layout, kind: DocumentKind
) -> None:
    invoice = make_invoice(41, locale, kind=kind, line_count=22 if layout is Layout.CONTINUED else None)
    original = render(invoice, layout)
    reading = reader.read(original)
    copy = priceless.redacted(original, reading, NOTE)
    assert found_in(amounts_of(invoice), said_in(original)), "the original tells them"
    assert found_in(amounts_of(invoice), said_in(copy)) == []
    assert found_in(amounts_of(invoice), seen_in(copy, invoice)) == []
    shown, there = kept(copy, reading, staying(invoice))
    assert shown >= 0.95 * there > 20


@pytest.mark.parametrize(
    ("recipe", "locale", "layout"),
    [("scan", "de", Layout.LETTERHEAD), ("skewed", "fr", Layout.SIMPLE)],
)
def test_no_amount_is_left_on_a_scan(
    priceless: Priceless, reader: SandboxedReader, recipe: str, locale: str, layout: Layout
) -> None:
    invoice = make_invoice(43, locale, line_count=4)
    original = as_scan(render(invoice, layout), RECIPES[recipe], 7)
    reading = reader.read(original)
    copy = priceless.redacted(original, reading, NOTE)
    assert found_in(amounts_of(invoice), seen_in(original, invoice)), "the original shows them"
    assert found_in(amounts_of(invoice), seen_in(copy, invoice) + said_in(copy)) == []
    shown, there = kept(copy, reading, staying(invoice))
    assert shown >= 0.9 * there > 20


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.sampled_from(sorted(LOCALES)), st.sampled_from(Layout))
def test_of_any_invoice_every_amount_goes_and_what_has_to_stay_stays(seed: int, locale: str, layout: Layout) -> None:
    invoice = make_invoice(seed, locale)
    reading = read_document(render(invoice, layout))
    boxes = find_prices(reading).boxes
    wanted, left, lost, there = staying(invoice), [], [], 0
    for page in reading.pages:
        for word in page.words:
            x, y = word.box.middle
            goes = any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes.get(page.number, ()))
            if not goes:
                left.append(word.text)
            plain = word.text.strip(".,:;()")
            there += plain in wanted and not plain.isdigit()
            lost += [plain] if goes and plain in wanted and not plain.isdigit() else []
    assert found_in(amounts_of(invoice), "|".join(left)) == []
    assert len(lost) <= 0.05 * there


def test_a_price_that_only_a_picture_shows_goes(priceless: Priceless, reader: SandboxedReader) -> None:
    shown = picture_of(pdf_of("<p style='font: 30px sans-serif'>Special price 19,90 €</p>")).crop((100, 180, 1000, 340))
    picture = base64.b64encode(as_bytes(shown)).decode()
    rows = "".join(f"<p>Kettle Norvik RA-66{place}, 4 pieces, 12,50 €</p>" for place in range(8))
    original = pdf_of(f"<h1>Invoice 2026-0815</h1>{rows}<img style='width: 45%' src='data:image/png;base64,{picture}'>")
    reading = reader.read(original)
    assert "19,90" not in reading.text
    invoice = make_invoice(1, "en_gb")
    assert "19,90" in squeezed(seen_in(original, invoice))
    copy = priceless.redacted(original, reading, NOTE)
    assert "19,90" not in squeezed(seen_in(copy, invoice))


def test_ink_that_nobody_could_read_goes_where_prices_stand(priceless: Priceless, reader: SandboxedReader) -> None:
    invoice = make_invoice(43, "de", line_count=4)
    page = picture_of(render(invoice, Layout.LETTERHEAD)).convert("L")
    clean = reader.read(scan_of(page))
    amount = next(line.amount for line in clean.lines if line.amount)
    assert amount.box is not None
    sides = (
        amount.box.x0 * page.width,
        amount.box.y0 * page.height,
        amount.box.x1 * page.width,
        amount.box.y1 * page.height,
    )
    left, top, right, bottom = map(round, sides)
    # A figure in a hand that OCR does not know: what was printed there, upside down.
    page.paste(page.crop((left, top, right, bottom)).rotate(180), (left, top))
    original = scan_of(page)
    copy = look(priceless.redacted(original, reader.read(original), NOTE), dpi=150).convert("L")
    assert is_black(copy, round(copy.width * page.height / page.width), [amount.box])


def test_a_paper_of_which_too_little_was_read_is_refused(priceless: Priceless, reader: SandboxedReader) -> None:
    original = as_scan(render(make_invoice(43, "de"), Layout.DENSE), RECIPES["illegible"], 7)
    assert reason(priceless, original, reader.read(original)) == "prices_unread"


def test_an_invoice_on_which_no_price_was_found_is_refused(priceless: Priceless, reader: SandboxedReader) -> None:
    original = pdf_of("<h1>Invoice 2026-0815</h1><p>Kettle Norvik, four pieces, as agreed</p><p>Thank you</p>")
    reading = reader.read(original)
    assert reading.kind.value is DocumentKind.INVOICE
    assert reason(priceless, original, reading) == "prices_unseen"


def test_what_is_kept_as_an_invoice_is_refused_too_where_its_kind_was_not_read(
    priceless: Priceless, reader: SandboxedReader
) -> None:
    original = pdf_of("<h1>Kettle Norvik</h1><p>Four pieces, as agreed</p><p>Thank you</p>")
    reading = reader.read(original)
    assert reading.kind.value is DocumentKind.OTHER
    with pytest.raises(Unreadable) as refused:
        priceless.redacted(original, reading, NOTE, is_invoice=True)
    assert refused.value.reason == "prices_unseen"


def test_an_order_confirmation_on_which_no_price_was_found_is_refused(
    priceless: Priceless, reader: SandboxedReader
) -> None:
    original = pdf_of(
        "<h1>Order confirmation 2026-0815</h1><p>Kettle Norvik, four pieces, as agreed</p><p>Thank you</p>"
    )
    reading = reader.read(original)
    assert reading.kind.value is DocumentKind.ORDER_CONFIRMATION
    assert reason(priceless, original, reading) == "prices_unseen"


class _Forgetful(Composer):
    """Draws the pages and covers nothing."""

    def redacted(self, original: object, boxes: Boxes, note: str, words: Words | None = None) -> Copy:
        return super().redacted(original, {}, note, words)  # type: ignore[arg-type]


def test_bars_that_are_not_black_are_noticed(reader: SandboxedReader) -> None:
    original = render(make_invoice(41, "de"), Layout.LETTERHEAD)
    with _Forgetful() as composer:
        assert reason(Priceless(composer, reader), original, reader.read(original)) == "prices_left"


def reason(priceless: Priceless, original: bytes, reading: Reading) -> str:
    with pytest.raises(Unreadable) as refused:
        priceless.redacted(original, reading, NOTE)
    return refused.value.reason
