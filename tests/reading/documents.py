"""Small real documents, made on the spot."""

import io

from PIL import Image
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from vault.reading.pdf import PdfFile

LETTER = """
<style>@page {{ size: A4; margin: 20mm }} body {{ margin: 0; font: 12pt/1.5 'DejaVu Sans', sans-serif }} {style}</style>
<p>Harbour Lamps Ltd<br>14 Quay Street<br>Bristol BS1 4DJ</p>
<h2>Invoice 2041</h2>
<p>Invoice date: 31 January 2026</p>
<p>Thank you for your order. Please pay the amount within thirty days of the date of this invoice,
and quote the number of the invoice with your payment. The goods were sent on the day before.</p>
<table><tr><td>Desk lamp, brass</td><td>3</td><td>19.50</td><td>58.50</td></tr></table>
<p>Total due: 58.50 GBP</p>
{more}
"""


def pdf_of(html: str) -> bytes:
    """HTML as a PDF with a text layer."""
    return bytes(HTML(string=html).write_pdf())


def letter(style: str = "", more: str = "") -> bytes:
    return pdf_of(LETTER.format(style=style, more=more))


def picture_of(pdf: bytes, dpi: float = 200, page: int = 1) -> Image.Image:
    """A page of a PDF as a grey picture."""
    with PdfFile(pdf) as opened:
        return opened.page(page).render(dpi=dpi, most_pixels=50_000_000).convert("L")


def as_bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def scan_of(image: Image.Image, dpi: float = 200) -> bytes:
    """A PDF that holds nothing but the picture, as a scanner makes it."""
    return as_bytes(image, "PDF", resolution=dpi)


def joined(*pdfs: bytes) -> bytes:
    """The pages of several PDFs in one."""
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(PdfReader(io.BytesIO(pdf)))
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def encrypted(pdf: bytes, user_password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt(user_password, "owner", algorithm="AES-256")
    return written(writer)
