"""Looks at copies without prices by means of their own: what stands there, what is black, what OCR reads."""

import re
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
import pytesseract
from PIL import Image

from tests.composing.papers import look, texts
from tests.invoices.locales import LOCALES
from tests.invoices.model import Invoice
from vault.domain.readings import Box, Reading, Word

_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_MODELS = {"de": "deu", "fr": "fra", "it": "ita", "es": "spa", "en": "eng"}


def amounts_of(invoice: Invoice) -> set[str]:
    """Every amount as it is printed, without blanks."""
    lines = [amount for line in invoice.lines for amount in (line.unit_price, line.amount)]
    sums = [invoice.lines_total, invoice.net, invoice.tax, invoice.total, *(share.tax for share in invoice.tax_shares)]
    others = [item.amount for item in invoice.adjustments]
    return {squeezed(LOCALES[invoice.locale].number(abs(each))) for each in (*lines, *sums, *others)}


def found_in(amounts: Iterable[str], text: str) -> list[str]:
    """Those that can be found in a text, wherever it has blanks."""
    plain = squeezed(text)
    return [each for each in amounts if re.search(rf"(?<![\d.,]){re.escape(each)}(?!\d)", plain)]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def said_in(pdf: bytes) -> str:
    """What pdfium and Poppler find."""
    return "\n".join(texts(pdf))


def seen_in(pdf: bytes, invoice: Invoice) -> str:
    """What OCR reads from all pages, row by row, the bars made white."""
    model = _MODELS[LOCALES[invoice.locale].language]
    return "\n".join(_read(look(pdf, page + 1, dpi=200), model) for page in range(len(pdfium.PdfDocument(pdf))))


def _read(page: Image.Image, model: str) -> str:
    grey = page.convert("L").point([255 if level < 8 else level for level in range(256)])
    return str(pytesseract.image_to_string(grey, lang=model, config="--psm 4 --dpi 200"))


def staying(invoice: Invoice) -> set[str]:
    """The words that Amazon has to read: who, what, when, which numbers."""
    parties = (invoice.supplier, invoice.buyer)
    said = [part for party in parties for part in (party.name, *(party.address.lines if party.address else ()))]
    said += [part for party in parties for part in (party.phone, party.email, party.vat, party.iban) if part]
    said += [part for line in invoice.lines for part in (line.description, line.sku, line.gtin) if part]
    said += [part for part in (invoice.number, invoice.order_number, invoice.customer_number) if part]
    return {word for part in said for word in re.findall(r"[\w-]{2,}", part)}


def stays(word: Word, wanted: set[str]) -> bool:
    plain = word.text.strip(".,:;()")
    return plain in wanted or _DAY.fullmatch(plain) is not None


def kept(copy: bytes, reading: Reading, wanted: set[str]) -> tuple[int, int]:
    """How many of the wanted words and quantities of the original still show on the copy, and how many there are."""
    shown = total = 0
    for page in reading.pages:
        picture = look(copy, page.number, dpi=100).convert("L")
        height = round(picture.width * page.height / page.width)
        quantities = [line.quantity for line in reading.lines if line.quantity and line.quantity.page == page.number]
        boxes = [each.box for each in quantities if each.box]
        boxes += [word.box for word in page.words if stays(word, wanted)]
        total += len(boxes)
        shown += sum(not is_black(picture, height, [box]) for box in boxes)
    return shown, total


def is_black(picture: Image.Image, height: int, boxes: Sequence[Box]) -> bool:
    """Whether there is nothing but black within the boxes of a grey picture; `height` is the original's in it."""
    for box in boxes:
        sides = (box.x0 * picture.width, box.y0 * height, box.x1 * picture.width, box.y1 * height)
        left, top, right, bottom = map(round, sides)
        inside = picture.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
        if any(inside.histogram()[61:]):
            return False
    return True
